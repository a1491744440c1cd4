/**
 * Measures `vitrine forecast` on public competitions' series: one command, no settings for any of them.
 *
 * npm run bench -- forecast [--data ../shared/data] [--without-peer]
 *
 * Every set is written as dated CSV without its test part; `vitrine forecast FILE --horizon H --json` says the rest.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { main } from '../../scripts/lib/failure.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { ask, run } from '../../scripts/lib/run.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { Report } from '../lib/report.mjs';
import { forecast } from './command.mjs';
import { measureDaily } from './daily.mjs';
import { comparePeer } from './peer.mjs';
import { scoreSlow, scoreSmooth } from './score.mjs';
import { sets, table } from './sets.mjs';
import { measureInWorkerd } from './worker.mjs';

/** Compiles the command as its users would run it, and gives its path. */
async function compileCommand() {
  await run('cargo', ['build', '--release', '--locked', '--package', 'vitrine-cli']);
  const metadata = await ask('cargo', ['metadata', '--no-deps', '--format-version', '1']);
  return join(JSON.parse(metadata ?? '{}').target_directory, 'release/vitrine');
}

async function measureSet(report, vitrine, data, work, set) {
  if (!existsSync(join(data, set.file))) {
    report.note(set.name, `left out: there is no ${set.file} in ${data}`);
    return;
  }
  const series = set.read(join(data, set.file));
  const file = join(work, `${set.key}.csv`);
  writeFileSync(file, table(series, set.every));
  const levels = set.slow ? Array.from({ length: 99 }, (_, at) => (at + 1) / 100) : [0.05, 0.95];
  const { answers, seconds } = await forecast(vitrine, file, set.horizon, levels);
  console.log(`\n${set.name}: ${series.length} series, ${set.horizon} ahead, ${seconds.toFixed(1)} s`);
  if (set.slow) scoreSlow(report, set, series, answers, levels);
  else scoreSmooth(report, set, series, answers);
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: inHouse('../shared/data') },
      'without-peer': { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const vitrine = await step('the vitrine command, optimized', compileCommand, { loud: true });
  const data = resolve(values.data, 'forecast');
  const work = inHouse('build/forecast-bench');
  mkdirSync(work, { recursive: true });
  const report = new Report();
  for (const set of sets) {
    if (!values.only || values.only.split(',').includes(set.key)) await measureSet(report, vitrine, data, work, set);
  }
  if (!values.only || values.only.split(',').includes('daily')) await measureDaily(report);
  if (!values.only || values.only.split(',').includes('workerd')) await measureInWorkerd(report);
  const monthly = join(data, sets[0].file);
  if (values['without-peer'] || (values.only && !values.only.split(',').includes('peer')))
    report.note('beside statsforecast', 'left out, as asked');
  else if (!existsSync(monthly))
    report.note('beside statsforecast', `left out: there is no ${sets[0].file} in ${data}`);
  else await comparePeer(report, vitrine, work, sets[0].read(monthly).slice(0, 1000));
  process.exitCode = report.close();
});
