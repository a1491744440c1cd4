/** The package: a shop in the page. Importing it does nothing; `Vitrine.open` does. */
export { VitrineError } from './error.js';
export type {
  FeedFormat,
  FeedOptions,
  FeedProblem,
  FeedProgress,
  FeedReport,
  ImportedFeed,
} from './feed/types.js';
export type { WasmSource } from './loading/wasm.js';
export { formatPrice } from './money.js';
export type { Ledger, Privacy } from './session/privacy.js';
export type * from './types.js';
export { type OpenOptions, Vitrine } from './vitrine.js';
