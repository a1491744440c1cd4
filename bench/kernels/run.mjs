/**
 * Measures every kernel on the shapes that our nets are made of, in Chromium, as a share of what the machine can do:
 * multiply-adds per second beside a loop of nothing else, in the same build, the same page and the same minute.
 *
 * node bench/kernels/run.mjs [--only PART_OF_NAME] [--ms 4] [--rounds 30]
 *
 * The least of many short rounds is taken, so that a busy machine does not count against a kernel.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from './build.mjs';
import { shapes } from './shapes.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    ms: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '30' },
  },
});

/** Runs in the page: seconds per run of each shape and of the peak loop, the least of several rounds. */
async function measure({ module, shapes, ms, rounds }) {
  const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const { prepare_case, run_case, peak } = instance.exports;
  const least = (run) => {
    let times = 1;
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds + 1; round++) {
      const start = performance.now();
      run(times);
      const spent = performance.now() - start;
      if (round > 0) best = Math.min(best, spent / times);
      times = Math.max(1, Math.round(ms / (spent / times)));
    }
    return best / 1000;
  };
  if (!crossOriginIsolated) throw new Error('the clock is too coarse');
  for (let warm = 0; warm < 20; warm++) peak(100000);
  const peaks = [least((times) => peak(times * 10000)) / 10000];
  const seconds = [];
  for (const [, kind, ...shape] of shapes) {
    if (!prepare_case(kind, ...shape)) throw new Error(`refused: ${shape}`);
    const start = performance.now();
    while (performance.now() - start < 60) run_case(1);
    seconds.push(least(run_case));
  }
  peaks.push(least((times) => peak(times * 10000)) / 10000);
  return { peak: 48 / Math.min(...peaks), seconds };
}

/** Multiply-adds of a shape. */
function work([, kind, height, width, channels, outputs, kernel, stride]) {
  const pixels = Math.ceil(height / stride) * Math.ceil(width / stride);
  if (kind % 10 > 3) return height * width * channels * (kind === 5 ? 4 : 1); // numbers, not multiply-adds
  if (kind % 10 === 1) return pixels * channels * kernel * kernel;
  if (kind % 10 === 3) return height * width * channels * outputs * kernel * kernel;
  return pixels * channels * outputs * kernel * kernel;
}

const builds = { simd128: build('bench', 'simd128'), relaxed: build('bench', 'relaxed') };
const chosen = shapes.filter(([name]) => values.only.split(',').some((part) => name.includes(part)));
const browser = await chromium.launch({
  executablePath: process.env.VITRINE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const found = {};
for (const [name, module] of Object.entries(builds)) {
  const page = await browser.newPage();
  // An isolated page has a clock of 5 µs instead of 100.
  await page.route('https://bench.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
      body: '<!doctype html><title>kernels</title>',
    }),
  );
  await page.goto('https://bench.test/');
  found[name] = await page.evaluate(measure, { module, shapes: chosen, ms: +values.ms, rounds: +values.rounds });
  await page.close();
}
await browser.close();
const giga = (number) => (number / 1e9).toFixed(1);
console.log(
  `peak, billion multiply-adds a second: simd128 ${giga(found.simd128.peak)}, relaxed ${giga(found.relaxed.peak)}`,
);
console.log('shape'.padEnd(44), 'million', ' simd128 µs  share', ' relaxed µs  share');
chosen.forEach((shape, index) => {
  const cells = Object.values(found).map(({ peak, seconds }) => {
    const rate = work(shape) / seconds[index];
    return `${(seconds[index] * 1e6).toFixed(0).padStart(11)}  ${`${((rate / peak) * 100).toFixed(0)} %`.padStart(5)}`;
  });
  console.log(shape[0].padEnd(44), (work(shape) / 1e6).toFixed(2).padStart(7), ...cells);
});
