/** Everything that is built, in order: module, demo pack, package and shop; then worker and console. */
import { readFileSync } from 'node:fs';
import { environmentWith } from './environment.mjs';
import { inHouse } from './house.mjs';
import { run } from './run.mjs';
import { assembleSite } from './site.mjs';
import { unlessUnchanged } from './stamp.mjs';
import { step } from './steps.mjs';
import { besides } from './voice.mjs';

const xtask = (...words) => run('cargo', ['xtask', ...words], { env: environmentWith() });

/** Compiles the module into www/package/wasm. */
export const buildModule = () => step('WebAssembly module', () => xtask('wasm').then(() => {}), { loud: true });

/** Simulates shoppers for the demo catalogue and trains its pack. */
export const buildDemo = () => step('demo pack', () => xtask('demo').then(() => {}), { loud: true });

/** What the JavaScript of both npm rooms is made from, beside their own sources. */
const common = ['package-lock.json', 'tsconfig.base.json', 'messages', 'www/package', 'www/look'];

/** Whether an npm room has a script of that name. */
export function hasScript(room, script) {
  const { scripts = {} } = JSON.parse(readFileSync(inHouse(`${room}/package.json`), 'utf8'));
  return script in scripts;
}

/** Runs a script of an npm room. */
export const runScript = (room, script) =>
  run('npm', ['run', '--silent', script, '--workspace', room], { env: environmentWith() });

const buildRoom = (title, room, inputs) =>
  step(
    title,
    () =>
      unlessUnchanged(room.replace('/', '-'), { inputs, outputs: [`${room}/dist`] }, () => runScript(room, 'build')),
    {
      loud: true,
    },
  );

/** Bundles the npm package into www/package/dist. */
export const buildPackage = () => buildRoom('npm package', 'www/package', common);

/** Bundles the demo shop into www/shop/dist, with the models of its bench, and their peers where the bench has made them. */
export const buildShop = () =>
  buildRoom('shop', 'www/shop', [...common, 'www/shop', 'models', 'build/bench/models/peers']);

/** Compiles the worker into build/worker. */
export const buildWorker = () => step('worker', () => xtask('worker').then(() => {}), { loud: true });

/** Bundles the merchant's console into www/console/dist. */
export const buildConsole = () => buildRoom('console', 'www/console', [...common, 'www/console']);

/** Builds everything that the shop needs to be served. */
export async function buildForShop() {
  // Making the module keeps one core busy for long stretches, compiling for the demo pack the other.
  await besides(buildModule, buildDemo);
  await buildPackage();
  await buildShop();
}

/** Builds everything else: the worker, the console, and the site that holds shop and console. */
export async function buildForThings() {
  await buildWorker();
  await buildConsole();
  assembleSite();
}
