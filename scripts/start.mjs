/** `npm start`: from a bare machine to shop, console and worker in a browser. PORT chooses the port. */
import { existsSync } from 'node:fs';
import { buildForShop, buildForThings } from './lib/build.mjs';
import { buildDevices, ownerToken, sendDemand, startDevices, storefrontKey, tellAssistant } from './lib/demo.mjs';
import { Failure, main } from './lib/failure.mjs';
import { inHouse } from './lib/house.mjs';
import { checkPort, wantedPort } from './lib/port.mjs';
import { endOf } from './lib/run.mjs';
import { migrate, serve, serveWorker } from './lib/serve.mjs';
import { setUp } from './lib/set-up.mjs';
import { writeSettings } from './lib/site.mjs';
import { elapsed, say, step } from './lib/steps.mjs';
import { tokenHash } from './lib/token.mjs';

/** The shop alone, while the worker is being compiled for the first time. */
async function shopFirst(port) {
  if (existsSync(inHouse('build/worker/shim.js'))) return undefined;
  const server = await step('shop', () => serve(port), { loud: true });
  say(`\nThe shop is at ${server.url} (ready after ${elapsed()} s); worker and console follow\n`);
  return server;
}

await main(async () => {
  const port = wantedPort();
  await step('port', () => checkPort(port));
  await setUp();
  await buildForShop();
  const early = await shopFirst(port);
  await buildForThings();
  await step('devices', buildDevices, { loud: true });
  await early?.stop();

  await step('database', migrate);
  const { url, ended } = await step(
    'server',
    () => serveWorker(port, { OWNER_TOKEN_SHA256: tokenHash(ownerToken()) }),
    {
      loud: true,
    },
  );
  await step('assistant', () => tellAssistant(url));
  writeSettings({ worker: '/', key: await storefrontKey(url) });
  const devices = endOf(startDevices(url));

  say(`\nThe shop is at ${url} (ready after ${elapsed()} s; Ctrl-C ends it)`);
  say(`The console is at ${url}console/; sign in with ${ownerToken()}`);
  sendDemand(url).then(
    (products) => say(`Forecasts of ${products} products are at ${url}console/#/forecasts; their orders are invented.`),
    (error) => say(`There are no forecasts: ${error.message}`),
  );
  devices.then(({ how }) => say(`The demo’s devices are gone: the program ${how}.`));
  const { how } = await ended;
  throw new Failure(`The server ${how}.`);
});
