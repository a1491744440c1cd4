/**
 * The peers, installed into the work folder and bundled into `build/bench/models/peers`, from where they run under
 * `/peers/` of any server. They are measured against, never a part of this repository's packages.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { convert } from '../../models/recipe/convert.mjs';
import { original } from '../../models/recipe/originals.mjs';
import { environmentWith } from '../../scripts/lib/environment.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { run } from '../../scripts/lib/run.mjs';

/** What is installed. */
export const versions = { '@litertjs/core': '2.5.3', 'onnxruntime-web': '1.30.0' };

/** Where the bundled peers lie. */
export const peersFolder = inHouse('build/bench/models/peers');

const installed = inHouse('build/bench/models/installed');
const inInstalled = (path) => `${installed}/node_modules/${path}`;

const aliases = {
  '@litertjs/core': inInstalled('@litertjs/core/dist/index.js'),
  '@litertjs/wasm-utils': inInstalled('@litertjs/wasm-utils'),
  // The smallest entry: WebAssembly only, its glue inside.
  'onnxruntime-web': inInstalled('onnxruntime-web/dist/ort.wasm.bundle.min.mjs'),
};

/** What the bundles load by themselves; LiteRT.js chooses by the browser's abilities. */
const modules = {
  litert: ['litert_wasm_internal', 'litert_wasm_compat_internal']
    .flatMap((name) => [`${name}.js`, `${name}.wasm`])
    .map((file) => `@litertjs/core/wasm/${file}`),
  ort: ['onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'],
};

/** Installs them, unless these versions are there. */
async function install() {
  const manifest = JSON.stringify({ private: true, dependencies: versions });
  const file = `${installed}/package.json`;
  const there = existsSync(file) && readFileSync(file, 'utf8') === manifest;
  if (there && Object.values(aliases).every((path) => existsSync(path))) return;
  mkdirSync(installed, { recursive: true });
  writeFileSync(file, manifest);
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  await run('npm', ['install', ...quiet], { cwd: installed, quiet: true, env: environmentWith() });
}

/** Makes the folder: engines, their modules, the models in each engine's own format. */
export async function preparePeers(models) {
  await install();
  rmSync(peersFolder, { recursive: true, force: true });
  await build({
    configFile: false,
    root: inHouse('bench/models/peers'),
    logLevel: 'error',
    resolve: { alias: aliases },
    build: {
      outDir: peersFolder,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        input: ['litert', 'ort'].map((name) => inHouse(`bench/models/peers/${name}.ts`)),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  // The bundler copies what ONNX Runtime would load by default; the bundle is told another place.
  rmSync(`${peersFolder}/assets`, { recursive: true, force: true });
  for (const [engine, files] of Object.entries(modules)) {
    mkdirSync(`${peersFolder}/${engine}`, { recursive: true });
    for (const file of files) cpSync(inInstalled(file), `${peersFolder}/${engine}/${file.split('/').at(-1)}`);
  }
  mkdirSync(`${peersFolder}/models`, { recursive: true });
  for (const model of models) {
    cpSync(await original(model), `${peersFolder}/models/${model.id}.tflite`);
    cpSync(inHouse(await convert(model)), `${peersFolder}/models/${model.id}.onnx`);
  }
  writeFileSync(`${peersFolder}/peers.json`, JSON.stringify({ versions }));
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
