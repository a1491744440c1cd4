/** The Python that converts: a virtual environment under build/, with the packages that the conversion needs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../../scripts/lib/failure.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { ask, run } from '../../scripts/lib/run.mjs';

const folder = inHouse('build/models/python');
const requirements = inHouse('models/recipe/requirements.txt');
const program = `${folder}/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`;
const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet'];

/** Makes the environment, or brings it to what is asked for now. */
export async function setUpPython() {
  const stamp = `${folder}/installed.txt`;
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 'unchanged';
  const python = await findPython();
  mkdirSync(folder, { recursive: true });
  await run(python, ['-m', 'venv', folder], { quiet: true });
  await run(program, [...pip, 'install', '--requirement', requirements], { quiet: true });
  writeFileSync(stamp, wanted);
}

async function findPython() {
  const check = ['-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 11); print("yes")'];
  for (const name of ['python3', 'python']) if ((await ask(name, check)) === 'yes') return name;
  throw new Failure(
    'Converting models needs Python 3.11 or later with `venv`.',
    'Debian: `apt-get install python3-venv`. Nobody who only uses the models needs it.',
  );
}

/** Runs a script of the recipe. */
export const python = (...words) =>
  run(program, words, {
    cwd: inHouse('models/recipe'),
    quiet: true,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }, // the recipe's own files are what decides whether to convert again
  });

/** Runs pip. */
export const runPip = (...words) => run(program, [...pip, ...words], { quiet: true });
