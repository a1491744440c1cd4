/** Drives the measuring page: peaks first, then each model warm, then cold. */
import { step } from '../../scripts/lib/steps.mjs';
import { gzipped } from './browser.mjs';
import { peaks } from './peak.mjs';

/** Engines in the order of their turns; the first is what the others' outputs are compared with. */
export const engines = ['litert', 'ort'];

const warmUp = { runs: 12, milliseconds: 1500 };

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle - 0.5)] + sorted[Math.floor(middle)]) / 2;
};

async function measureCold(browser, told, repeats) {
  const starts = new Map(engines.map((engine) => [engine, []]));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const engine of engines) starts.get(engine).push(await browser.coldStart(told, engine));
  }
  return Object.fromEntries(
    engines.map((engine) => {
      const [first] = starts.get(engine);
      const cold = median(starts.get(engine).map(({ milliseconds }) => milliseconds));
      return [engine, { cold, raw: first.raw, gzip: gzipped(first.bodies) }];
    }),
  );
}

/** Everything that was measured: the peaks in multiply-adds per second, and each model's times, bytes and differences. */
export async function measure(browser, measured, { rounds, colds }) {
  const reached = {};
  for (const name of peaks) reached[name] = await browser.measure('peak', `/peak-${name}.wasm`);
  const models = [];
  for (const { model, asked, told } of measured) {
    const entry = await step(model.id, async () => {
      const { times, differences, largest } = await browser.measure('warm', told, engines, { warmUp, rounds });
      const cold = await measureCold(browser, told, colds);
      const warm = Object.fromEntries(Object.entries(times).map(([engine, each]) => [engine, median(each)]));
      return { model, asked, warm, cold, differences, largest };
    });
    models.push(entry);
  }
  return { peaks: reached, models };
}
