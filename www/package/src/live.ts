/** What changes in the shop, from its worker: stock above all. Importing this does nothing; listening connects. */
export { VitrineError } from './error.js';
export type { Socket, Surroundings } from './live/connection.js';
export { Live, type LiveOptions } from './live/live.js';
export type { StockListener } from './live/stock.js';
export type * from './live/types.js';
