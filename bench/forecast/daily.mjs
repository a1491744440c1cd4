/** One forecast of three years of daily sales: natively, and as WebAssembly in Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, run } from '../../scripts/lib/run.mjs';

const example = ['--package', 'vitrine-forecast', '--example', 'daily', '--locked'];
const most = 10;

export async function measureDaily(report) {
  const metadata = await ask('cargo', ['metadata', '--no-deps', '--format-version', '1']);
  const target = JSON.parse(metadata ?? '{}').target_directory;
  await run('cargo', ['build', '--release', ...example]);
  const native = JSON.parse((await ask(join(target, 'release/examples/daily'), [])) ?? '{}');
  report.note('three years of days, natively, median of 50', `${native.milliseconds} ms, ${native.steps} steps`);
  try {
    await run('cargo', ['build', '--profile', 'wasm', '--target', 'wasm32-unknown-unknown', ...example]);
  } catch {
    report.note('three years of days, as WebAssembly', 'left out: there is no wasm32-unknown-unknown here');
    return;
  }
  const bytes = readFileSync(join(target, 'wasm32-unknown-unknown/wasm/examples/daily.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const code = instance.exports.main(0, 0);
  for (let warm = 0; warm < 20; warm++) instance.exports.main(0, 0);
  const rounds = 50;
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) instance.exports.main(0, 0);
  const spent = process.cpuUsage(before).user / 1000 / rounds;
  report.atMost('three years of days, as WebAssembly, user time', spent, most, 'ms', 2);
  report.holds('WebAssembly and native give the same bits', code === native.code, 'yes');
}
