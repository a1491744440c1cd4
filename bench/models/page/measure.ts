/** What `run.mjs` calls in the page. */
import { cold } from './cold.js';
import { peak } from './peak.js';
import { warm } from './warm.js';

declare global {
  var measurements: { cold: typeof cold; warm: typeof warm; peak: typeof peak };
}

globalThis.measurements = { cold, warm, peak };
