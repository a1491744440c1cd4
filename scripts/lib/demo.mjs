/** The demo shop's own access and things: an owner token, a storefront key, and devices that are alive. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { environmentWith } from './environment.mjs';
import { Failure } from './failure.mjs';
import { inHouse } from './house.mjs';
import { run, start } from './run.mjs';
import { newToken } from './token.mjs';

const folder = inHouse('build/demo');
const tokenFile = 'build/demo/owner-token';
const keyFile = 'build/demo/storefront-key.json';
/** What is true of the invented demand that was sent so far. */
const demandFile = 'build/demo/demand.json';
/** The expression in wrangler.toml on which forecasts are computed; nothing strikes it locally. */
const forecasting = '2-59/5 * * * *';
const program = `target/debug/vitrine${process.platform === 'win32' ? '.exe' : ''}`;

/** Writes a file that only its owner can read. */
function keep(file, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(inHouse(file), text, { mode: 0o600 });
}

/** The owner's token of the local worker, the same at each start. */
export function ownerToken() {
  if (!existsSync(inHouse(tokenFile))) keep(tokenFile, `${newToken()}\n`);
  return readFileSync(inHouse(tokenFile), 'utf8').trim();
}

/** Asks the local worker as its owner. */
async function ask(url, path, { method = 'GET', body, kind = 'application/json' } = {}) {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${ownerToken()}`, ...(body && { 'content-type': kind }) },
    ...(body && { body: kind === 'application/json' ? JSON.stringify(body) : body }),
  });
  if (answer.ok) return answer.json();
  throw new Failure(
    `The worker answered ${method} ${path} with ${answer.status}: ${(await answer.text()).slice(0, 400)}`,
  );
}

/** The demo shop's storefront key for this address, made once and asked for again where the worker has lost it. */
export async function storefrontKey(url) {
  const origin = new URL(url).origin;
  if (existsSync(inHouse(keyFile))) {
    const kept = JSON.parse(readFileSync(inHouse(keyFile), 'utf8'));
    const lives = await fetch(`${url}v1/stock/none`, { headers: { authorization: `Bearer ${kept.key}`, origin } });
    if (kept.origin === origin && lives.status !== 401 && lives.status !== 403) return kept.key;
  }
  const { key } = await ask(url, 'v1/storefront-keys', { method: 'POST', body: { label: 'demo', origins: [origin] } });
  keep(keyFile, JSON.stringify({ origin, key }));
  return key;
}

/** Gives the assistant the demo's goods and policies, and the worker two orders to ask about. */
export async function tellAssistant(url) {
  const catalogue = readFileSync(inHouse('demo/catalogue.jsonl'));
  await ask(url, 'v1/catalogue', { method: 'PUT', body: catalogue, kind: 'application/jsonl' });
  for (const language of ['en', 'zh']) {
    for (const file of readdirSync(inHouse(`demo/policies/${language}`))) {
      const body = readFileSync(inHouse(`demo/policies/${language}/${file}`));
      const path = `v1/policies/${language}/${file.replace(/\.md$/, '')}`;
      await ask(url, path, { method: 'PUT', body, kind: 'text/markdown' });
    }
  }
  for (const order of JSON.parse(readFileSync(inHouse('demo/orders.json'), 'utf8'))) {
    await ask(url, 'v1/orders', { method: 'POST', body: order });
  }
}

/** Compiles the `vitrine` command with what speaks to a worker. */
export const buildDevices = () =>
  run('cargo', ['build', '--package', 'vitrine-cli', '--bin', 'vitrine', '--quiet'], { env: environmentWith() });

/** Starts the demo's devices: they post until the script ends. */
export function startDevices(url) {
  const words = [
    'simulate',
    'devices',
    '--forever',
    '--fleet',
    'demo/fleet.json',
    '--state',
    'build/demo/devices.json',
  ];
  return start(inHouse(program), [...words, '--url', url], { env: environmentWith({ VITRINE_TOKEN: ownerToken() }) });
}

/** What the demo's devices count: its stock line is theirs alone, and moves as they do. */
function countedByDevices() {
  const { devices } = JSON.parse(readFileSync(inHouse('demo/fleet.json'), 'utf8'));
  return devices.flatMap(({ behaviour: { sku, items = {} } }) => [...(sku ? [sku] : []), ...Object.keys(items)]);
}

/**
 * Gives the demo shop a past, and has the worker forecast from it: at the first start two years of invented orders, later
 * the days since. Gives the number of products with a forecast.
 */
export async function sendDemand(url) {
  const { items: orders } = await ask(url, 'v1/orders?limit=1');
  const sent = orders.length > 0 && existsSync(inHouse(demandFile)) && JSON.parse(readFileSync(inHouse(demandFile)));
  const more = sent ? ['--anchor', sent.anchor, '--since', sent.until] : ['--stocktake'];
  const without = ['--without', countedByDevices().join()];
  const words = ['--catalogue', 'demo/catalogue.jsonl', '--weighed', 'harbour-street', '--truth', demandFile];
  await run(inHouse(program), ['simulate', 'demand', '--url', url, ...words, ...without, ...more], {
    env: environmentWith({ VITRINE_TOKEN: ownerToken() }),
    quiet: true,
  });
  for (let before = -1; ; ) {
    const answer = await fetch(`${url}cdn-cgi/handler/scheduled?cron=${encodeURIComponent(forecasting)}`);
    if (!answer.ok) throw new Failure(`The worker's clock answered ${answer.status}.`);
    const { items } = await ask(url, 'v1/forecasts?limit=200');
    if (items.length === before) return before;
    before = items.length;
  }
}
