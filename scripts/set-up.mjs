/** `node scripts/set-up.mjs`: makes this machine ready to build, serve and test, and does nothing else. */
import { main } from './lib/failure.mjs';
import { setUpTests } from './lib/set-up.mjs';

await main(() => setUpTests({ browser: true }));
