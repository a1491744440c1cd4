/** Remembers what an output was made from, so that it is made again only when that changes. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inHouse } from './house.mjs';

/** What tools write beside sources; never an input. */
const notSources = new Set(['node_modules', 'dist', '.wrangler', '.vite']);

/** All files of a folder (or the file itself) in a fixed order; nothing where it does not exist. */
function* files(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory()) {
    const names = readdirSync(path).filter((name) => !notSources.has(name));
    for (const name of names.sort()) yield* files(join(path, name));
  } else if (status) {
    yield path;
  }
}

/** A hash over the names and contents of files and folders of the repository. */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of files(inHouse(path))) {
      const bytes = readFileSync(file);
      hash.update(`${file.slice(inHouse('').length)}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

/**
 * Runs `make` unless `outputs` exist and were made from the very same `inputs`.
 * @param {string} name of the output, for the stamp's file
 * @param {{ inputs: string[], outputs: string[] }} paths files and folders, from the root
 * @param {() => Promise<unknown>} make
 * @returns {Promise<string | undefined>} `unchanged` where it was left out
 */
export async function unlessUnchanged(name, { inputs, outputs }, make) {
  const stamp = inHouse(`build/stamps/${name}`);
  const hash = hashOf(inputs);
  const made = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (made && outputs.every((output) => existsSync(inHouse(output)))) return 'unchanged';
  await make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
