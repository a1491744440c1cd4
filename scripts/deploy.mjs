/** `npm run deploy`: builds everything, brings the database up to date and hands all to Cloudflare. */
import { readFileSync } from 'node:fs';
import { buildForShop, buildForThings } from './lib/build.mjs';
import { environmentWith } from './lib/environment.mjs';
import { Failure, main } from './lib/failure.mjs';
import { inHouse } from './lib/house.mjs';
import { run } from './lib/run.mjs';
import { setUp } from './lib/set-up.mjs';
import { step } from './lib/steps.mjs';

const wrangler = (...words) => run('wrangler', words, { env: environmentWith() });

/** `--dry-run` does everything but hand over. */
const dry = process.argv.includes('--dry-run');

await main(async () => {
  if (!dry && /database_id = "0{8}-/.test(readFileSync(inHouse('wrangler.toml'), 'utf8'))) {
    throw new Failure(
      'wrangler.toml names no database of yours.',
      'Run `npx wrangler d1 create vitrine` and write the id that it prints into `database_id`.',
    );
  }
  await setUp();
  await buildForShop();
  await buildForThings();
  if (!dry) await step('database', () => wrangler('d1', 'migrations', 'apply', 'DB', '--remote'), { loud: true });
  await step('deployment', () => wrangler('deploy', ...(dry ? ['--dry-run'] : [])), { loud: true });
});
