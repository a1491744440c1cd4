/** Serves what is built with wrangler, as Cloudflare would: the shop's files alone, or everything with the worker. */
import { environmentWith } from './environment.mjs';
import { Failure } from './failure.mjs';
import { freePort } from './port.mjs';
import { endOf, run, start, stop } from './run.mjs';

const patience = 60_000;

/** Whether something answers there. */
const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );

/**
 * @typedef {object} Server
 * @property {string} url with a slash at its end
 * @property {Promise<{ how: string }>} ended settles where wrangler ends by itself
 * @property {() => Promise<void>} stop
 */

/** Starts `wrangler dev` and waits until `path` is answered. @returns {Promise<Server>} */
async function dev(port, path, words, what) {
  const inspector = String(await freePort());
  const common = ['dev', '--port', String(port), '--inspector-port', inspector, '--log-level', 'warn'];
  const wrangler = start('wrangler', [...common, '--show-interactive-dev-session=false', ...words], {
    env: environmentWith(),
  });
  const ended = endOf(wrangler);
  let over = false;
  ended.then(() => {
    over = true;
  });
  const url = `http://localhost:${port}/`;
  for (const until = performance.now() + patience; performance.now() < until && !over; ) {
    if (await answers(url + path)) return { url, ended, stop: () => stop(wrangler) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop(wrangler);
  throw new Failure(
    over ? `wrangler ended before ${what} answered.` : `The server does not answer at ${url}${path}.`,
    'See wrangler’s message above.',
  );
}

/** Serves the shop's files, without the worker. */
export const serve = (port) => dev(port, '', ['--config', 'www/shop/wrangler.toml'], 'the shop');

/** Brings the local database to what the worker expects. */
export async function migrate() {
  const words = ['d1', 'migrations', 'apply', 'DB', '--local'];
  await run('wrangler', words, { env: environmentWith({ CI: '1' }), quiet: true });
}

/**
 * Serves everything: shop, console and worker.
 * @param {Record<string, string>} variables of the worker; no secrets, since other programs can read a command line
 */
export const serveWorker = (port, variables) =>
  dev(
    port,
    'healthz',
    Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    'the worker',
  );
