/** `npm run build`: sets up and builds everything; unchanged parts are left alone. */
import { buildForShop, buildForThings } from './lib/build.mjs';
import { main } from './lib/failure.mjs';
import { setUp } from './lib/set-up.mjs';

await main(async () => {
  await setUp();
  await buildForShop();
  await buildForThings();
});
