/** The same series through statsforecast's AutoETS, from PyPI, in a virtual environment under build/. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inHouse } from '../../scripts/lib/house.mjs';
import { ask, run } from '../../scripts/lib/run.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { table } from './sets.mjs';

const folder = inHouse('build/forecast-peers/venv');
const requirements = inHouse('bench/forecast/requirements.txt');
const program = `${folder}/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`;

/** Makes the environment; gives false where there is no Python to make it with. */
async function setUpPython() {
  const stamp = `${folder}/installed.txt`;
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  const check = 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10); print("yes")';
  if ((await ask('python3', ['-c', check])) !== 'yes') return false;
  mkdirSync(folder, { recursive: true });
  await run('python3', ['-m', 'venv', folder], { quiet: true });
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--quiet', 'install', '--requirement', requirements];
  await run(program, pip, { quiet: true });
  writeFileSync(stamp, wanted);
  return true;
}

export async function comparePeer(report, vitrine, work, series) {
  if (!(await step('statsforecast', setUpPython))) {
    report.note('beside statsforecast', 'left out: it needs Python 3.10 with `venv`');
    return;
  }
  const file = join(work, 'm3-peer.csv');
  writeFileSync(file, table(series, 'month'));
  const threads = Object.fromEntries(
    ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'NUMBA_NUM_THREADS'].map((name) => [name, '1']),
  );
  const said = await ask(program, [inHouse('bench/forecast/peer.py'), vitrine, file], {
    env: { ...process.env, ...threads, NIXTLA_ID_AS_COL: '1' },
  });
  const { ours, theirs, version, count } = JSON.parse(said ?? '{}');
  report.note(`vitrine forecast, ${count} series of M3, CPU time of the whole command`, `${ours.toFixed(2)} s`);
  report.note(`statsforecast ${version} AutoETS, the same series, one thread, CPU time`, `${theirs.toFixed(2)} s`);
  report.atMost('vitrine forecast, as a share of AutoETS', ours / theirs, 0.1, 'x', 3);
}
