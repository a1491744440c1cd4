/** `npm start`: from a bare machine to the demo shop in a browser. PORT chooses the port. */
import { buildAll } from './lib/build.mjs';
import { Failure, main } from './lib/failure.mjs';
import { checkPort, wantedPort } from './lib/port.mjs';
import { serve } from './lib/serve.mjs';
import { setUp } from './lib/set-up.mjs';
import { elapsed, say, step } from './lib/steps.mjs';

await main(async () => {
  const port = wantedPort();
  await step('port', () => checkPort(port));
  await setUp();
  await buildAll();
  const { url, ended } = await step('server', () => serve(port), { loud: true });
  say(`\nThe shop is at ${url} (ready after ${elapsed()} s; Ctrl-C ends it)`);
  const { how } = await ended;
  throw new Failure(`The server ${how}.`);
});
