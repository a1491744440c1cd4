/** A project of somebody else: empty but for the tarball of the package, outside of this repository. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inHouse, run } from './house.mjs';

/** A small net, and an input of it with what it must answer: files of `public/models`. */
const net = ['convnet.plan', 'convnet.f32'];

/** Copies `projects/NAME`, installs the tarball there and what the project needs beside it. */
export async function makeProject(name) {
  const folder = await mkdtemp(join(tmpdir(), `vitrine-${name}-`));
  await cp(inHouse(`tests/packaging/projects/${name}`), folder, { recursive: true });
  await cp(inHouse('tests/parity/pack'), join(folder, 'public/pack'), { recursive: true });
  for (const file of net) {
    await cp(inHouse(`crates/model-runtime/tests/plans/${file}`), join(folder, 'public/models', file));
  }
  const tarball = await packPackage(folder);
  const manifest = join(folder, 'package.json');
  const { dependencies, ...rest } = JSON.parse(await readFile(manifest, 'utf8'));
  const all = { ...dependencies, '@vitrine/storefront': `file:${tarball}` };
  await writeFile(manifest, JSON.stringify({ ...rest, dependencies: all }, null, 2));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], folder);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Packs the package as it would be published; gives the path of the tarball. */
export async function packPackage(folder) {
  const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const said = await run('npm', words, inHouse('www/package'));
  const packed = JSON.parse(said.slice(said.search(/^[[{]/m)));
  const { filename } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0];
  return join(folder, filename.replace('@', '').replace('/', '-'));
}

/** Paths of all WebAssembly modules in a folder and below. */
export async function modulesIn(folder) {
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => file.endsWith('.wasm'));
}
