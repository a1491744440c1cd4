/** `npm run build`: sets up and builds everything; unchanged parts are left alone. */
import { buildAll } from './lib/build.mjs';
import { main } from './lib/failure.mjs';
import { setUp } from './lib/set-up.mjs';

await main(async () => {
  await setUp();
  await buildAll();
});
