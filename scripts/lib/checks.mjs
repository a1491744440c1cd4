/** Every check of the house, in the order in which they run: the quickest to fail first. */
import { readdirSync } from 'node:fs';
import { buildDemo, buildForThings, buildModule, buildPackage, buildShop, hasScript, runScript } from './build.mjs';
import { closingLines } from './closing.mjs';
import { buildDevices } from './demo.mjs';
import { environmentWith } from './environment.mjs';
import { Failure } from './failure.mjs';
import { inHouse } from './house.mjs';
import { hasNextest } from './nextest.mjs';
import { run } from './run.mjs';

/** Crates that end up in a page or in the worker; `clippy-wasm/clippy.toml` holds for them. */
const pageCrates = [
  ...['assistant', 'catalog', 'forecast', 'recommend', 'pack', 'storefront', 'storefront-wasm'],
  ...['model-kernels', 'model-runtime', 'models-wasm', 'vision', 'garments'],
  ...['devices', 'operations', 'api', 'worker'],
].map((name) => `vitrine-${name}`);
const rooms = [
  'www/package',
  'www/look',
  'www/shop',
  'www/console',
  'tests/packaging',
  'tests/browser',
  'tests/worker',
  'tests/things',
];

const cargo = (words, more) => run('cargo', words, { env: environmentWith(more) });
const node = (...words) => run('node', words, { env: environmentWith() });

async function rustTests({ all }) {
  const more = all ? { PROPTEST_CASES: '2000' } : {};
  if (await hasNextest()) {
    return cargo(['nextest', 'run', '--workspace', '--locked', ...(all ? ['--run-ignored', 'all'] : [])], more);
  }
  return cargo(
    ['test', '--workspace', '--locked', '--lib', '--bins', '--tests', ...(all ? ['--', '--include-ignored'] : [])],
    more,
  );
}

async function types() {
  for (const room of rooms.filter((room) => hasScript(room, 'check'))) await runScript(room, 'check');
}

/** Refuses a run that ended before its runner could say how it went: it proves nothing. */
function counted(room, { said }) {
  if (closingLines(said).length > 0) return { said };
  throw Object.assign(new Failure(`The tests of ${room} ended without saying how many passed.`), { said });
}

/** The npm rooms' own tests; `test:long` are those that only `npm run test:all` runs. */
const roomTests =
  (room) =>
  async ({ all }) => {
    const tests = [];
    for (const script of all ? ['test', 'test:long'] : ['test']) {
      if (hasScript(room, script)) tests.push(counted(room, await runScript(room, script)));
    }
    return { said: tests.map(({ said }) => said).join('\n') };
  };

const scriptTests = () =>
  node('--test', ...readdirSync(inHouse('scripts/tests')).map((file) => inHouse(`scripts/tests/${file}`)));

/**
 * @typedef {object} Check
 * @property {string} name for `--only`
 * @property {string} title
 * @property {boolean} [lint] part of `npm run lint`
 * @property {boolean} [slow] left out by `npm run test:quick`
 * @property {boolean} [long] only in `npm run test:all`, or asked for by name
 * @property {boolean} [needed] what comes after cannot run without it
 * @property {'compiles' | 'serves'} [lane] runs after all others, beside those of the other lane
 * @property {(how: { all: boolean }) => Promise<{ said: string } | unknown>} run
 */

/** @type {Check[]} */
export const checks = [
  {
    name: 'rustfmt',
    title: 'Rust is formatted',
    lint: true,
    run: () => cargo(['fmt', '--all', '--check'], { RUSTUP_TOOLCHAIN: process.env.RUSTUP_TOOLCHAIN ?? '' }),
  },
  {
    name: 'biome',
    title: 'TypeScript is formatted and linted',
    lint: true,
    run: () => run('biome', ['check', '--error-on-warnings', '.'], { env: environmentWith() }),
  },
  { name: 'licences', title: 'licences', lint: true, run: () => node(inHouse('scripts/licences.mjs')) },
  { name: 'scripts', title: 'tests of the scripts', run: scriptTests },
  {
    name: 'clippy',
    title: 'clippy',
    lint: true,
    run: () => cargo(['clippy', '--workspace', '--all-targets', '--locked', '--', '-D', 'warnings']),
  },
  {
    name: 'clippy-wasm',
    title: 'clippy for page and worker: no clock, no blocking, no files',
    lint: true,
    run: () =>
      cargo(
        [
          'clippy',
          '--target',
          'wasm32-unknown-unknown',
          '--locked',
          ...pageCrates.flatMap((name) => ['-p', name]),
          '--',
          '-D',
          'warnings',
        ],
        { CLIPPY_CONF_DIR: inHouse('clippy-wasm') },
      ),
  },
  { name: 'rust', title: 'Rust tests', lane: 'compiles', run: rustTests },
  {
    name: 'examples',
    lane: 'compiles',
    title: 'examples in the documentation',
    slow: true,
    run: () => cargo(['test', '--doc', '--workspace', '--locked']),
  },
  {
    name: 'compiler',
    lane: 'compiles',
    title: 'models compile to what tract computes',
    slow: true,
    long: true,
    run: () => cargo(['test', '-p', 'vitrine-model-compiler', '--features', 'onnx', '--locked', '--lib', '--tests']),
  },
  {
    name: 'documentation',
    lane: 'compiles',
    title: 'documentation has no dead links',
    slow: true,
    run: () => cargo(['doc', '--no-deps', '--workspace', '--locked'], { RUSTDOCFLAGS: '-D warnings' }),
  },
  {
    name: 'build',
    title: 'module and package',
    lint: true, // types of what is built are checked where it is used
    needed: true,
    run: async () => {
      await buildModule();
      await buildPackage();
    },
  },
  { name: 'types', title: 'TypeScript types', lint: true, run: types },
  { name: 'package', title: 'tests of the npm package', run: roomTests('www/package') },
  { name: 'shop-unit', title: 'tests of the shop’s parts', run: roomTests('www/shop') },
  { name: 'look-unit', title: 'tests of what the pages share', run: roomTests('www/look') },
  { name: 'console-unit', title: 'tests of the console’s parts', run: roomTests('www/console') },
  {
    name: 'build-shop',
    title: 'demo shop',
    slow: true,
    needed: true,
    run: async () => {
      await buildDemo();
      await buildShop();
    },
  },
  {
    name: 'build-things',
    title: 'worker, console and devices',
    slow: true,
    needed: true,
    run: async () => {
      await buildForThings();
      await buildDevices();
    },
  },
  { name: 'sizes', title: 'sizes', slow: true, run: () => cargo(['xtask', 'sizes']) },
  {
    name: 'browser',
    lane: 'serves',
    title: 'shop and console in Chromium',
    slow: true,
    run: roomTests('tests/browser'),
  },
  {
    name: 'packaging',
    lane: 'serves',
    title: 'the packed package in Vite, Next.js and a plain page',
    slow: true,
    run: roomTests('tests/packaging'),
  },
  { name: 'worker', lane: 'serves', title: 'the worker in workerd', slow: true, run: roomTests('tests/worker') },
  { name: 'things', lane: 'serves', title: 'devices against the worker', slow: true, run: roomTests('tests/things') },
  {
    name: 'kernels',
    lane: 'serves',
    title: 'kernels of models in Chromium, on three instruction sets',
    slow: true,
    run: () => node(inHouse('bench/kernels/check.mjs')),
  },
];
