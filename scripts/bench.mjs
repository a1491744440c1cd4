/** `npm run bench -- NAME [...]`: measures one thing; each measurement is a folder of bench/. */
import { existsSync, readdirSync } from 'node:fs';
import { environmentWith } from './lib/environment.mjs';
import { Failure, main } from './lib/failure.mjs';
import { inHouse } from './lib/house.mjs';
import { run } from './lib/run.mjs';
import { setUpTests } from './lib/set-up.mjs';

await main(async () => {
  const [name, ...words] = process.argv.slice(2);
  const names = readdirSync(inHouse('bench')).filter((folder) => existsSync(inHouse(`bench/${folder}/run.mjs`)));
  if (!name || !names.includes(name)) {
    throw new Failure(
      name ? `There is no measurement "${name}".` : 'Which measurement?',
      `There are: ${names.join(', ')}.`,
    );
  }
  await setUpTests({ browser: true });
  await run('node', [inHouse(`bench/${name}/run.mjs`), ...words], { env: environmentWith() });
});
