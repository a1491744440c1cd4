/** What `run.mjs` calls in the page. */
import { cold } from './cold';
import { peak } from './peak';
import { warm } from './warm';

declare global {
  var measurements: { cold: typeof cold; warm: typeof warm; peak: typeof peak };
}

globalThis.measurements = { cold, warm, peak };
