/**
 * Runs the property tests' cases in Chromium, on the build without SIMD and both builds with it.
 *
 * node bench/kernels/check.mjs [--count 400] [--seed 0]
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from './build.mjs';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '400' }, seed: { type: 'string', default: '0' } },
});

/** In the page: the first failing seed of each kind, -1 where all hold. */
async function check({ module, seed, count }) {
  const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  return [0, 1, 2, 3].map((kind) => Number(instance.exports.first_failure(kind, seed, count)));
}

const browser = await chromium.launch({
  executablePath: process.env.VITRINE_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const kinds = ['pointwise', 'convolution', 'depthwise', 'transposed'];
let failed = false;
for (const set of ['scalar', 'simd128', 'relaxed']) {
  const page = await browser.newPage();
  const found = await page.evaluate(check, { module: build('check', set), seed: +values.seed, count: +values.count });
  for (const [index, seed] of found.entries()) {
    failed ||= seed >= 0;
    console.log(`${set}, ${kinds[index]}: ${seed < 0 ? `${values.count} cases hold` : `seed ${seed} fails`}`);
  }
  await page.close();
}
await browser.close();
if (failed) process.exit(1);
