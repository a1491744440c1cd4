/** The peers, installed into the work folder: they are measured against, never a part of this repository's packages. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { environmentWith } from '../../scripts/lib/environment.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { run } from '../../scripts/lib/run.mjs';

const versions = { '@litertjs/core': '2.5.3', 'onnxruntime-web': '1.30.0' };
const folder = inHouse('build/bench/models/peers');
const inPeers = (path) => `${folder}/node_modules/${path}`;

/** Where the page's imports of the peers lead. */
export const aliases = {
  '@litertjs/core': inPeers('@litertjs/core/dist/index.js'),
  '@litertjs/wasm-utils': inPeers('@litertjs/wasm-utils'),
  // The smallest entry: WebAssembly only, its glue inside.
  'onnxruntime-web': inPeers('onnxruntime-web/dist/ort.wasm.bundle.min.mjs'),
};

/** Installs them, unless these versions are there. */
export async function installPeers() {
  const manifest = JSON.stringify({ private: true, dependencies: versions });
  const file = `${folder}/package.json`;
  const there = existsSync(file) && readFileSync(file, 'utf8') === manifest;
  if (there && Object.values(aliases).every((path) => existsSync(path))) return 'unchanged';
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, manifest);
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  await run('npm', ['install', ...quiet], { cwd: folder, quiet: true, env: environmentWith() });
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** Puts the peers' own WebAssembly where the page looks for it. */
export function copyPeers(to) {
  cpSync(inPeers('@litertjs/core/wasm'), `${to}/litert`, { recursive: true });
  mkdirSync(`${to}/ort`, { recursive: true });
  const name = 'ort-wasm-simd-threaded.wasm';
  cpSync(inPeers(`onnxruntime-web/dist/${name}`), `${to}/ort/${name}`);
}
