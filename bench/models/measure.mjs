/** Drives the measuring page: peaks first, then each model warm, then cold. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { facts } from '../../models/recipe/facts.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { peaks } from './peak.mjs';

/** Engines in the order of their turns; the first is what the others' outputs are compared with. */
export const engines = ['litert', 'ort', 'relaxed', 'plain'];

const warmUp = { runs: 12, milliseconds: 1500 };

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle - 0.5)] + sorted[Math.floor(middle)]) / 2;
};

/** What files weigh, as they are and after gzip. */
function weigh(files) {
  const bodies = files.map((file) => readFileSync(file));
  const sum = (lengths) => lengths.reduce((total, length) => total + length, 0);
  return {
    raw: sum(bodies.map((body) => body.length)),
    gzip: sum(bodies.map((body) => gzipSync(body, { level: 9 }).length)),
  };
}

async function measureCold({ browser, folder }, told, picture, repeats) {
  const starts = new Map(engines.map((engine) => [engine, []]));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const engine of engines) starts.get(engine).push(await browser.coldStart(told, picture, engine));
  }
  return Object.fromEntries(
    engines.map((engine) => {
      const [first] = starts.get(engine);
      const cold = median(starts.get(engine).map(({ milliseconds }) => milliseconds));
      return [engine, { cold, ...weigh(first.paths.map((path) => folder + path)) }];
    }),
  );
}

/** Everything that was measured: the peaks in multiply-adds per second, and each model's times, bytes and differences. */
export async function measure({ browser, folder }, measured, { rounds, colds }) {
  const reached = {};
  // The best of several pages: what disturbs one does not disturb all.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    for (const name of peaks) {
      reached[name] = Math.max(reached[name] ?? 0, await browser.measure('peak', `/peak-${name}.wasm`));
    }
  }
  const models = [];
  for (const { model, asked, told, picture } of measured) {
    const entry = await step(model.id, async () => {
      const { times, differences, largest } = await browser.measure('warm', told, picture, engines, { warmUp, rounds });
      const cold = await measureCold({ browser, folder }, told, picture, colds);
      const warm = Object.fromEntries(Object.entries(times).map(([engine, each]) => [engine, median(each)]));
      const { multiplyAdds } = facts('made')[model.id];
      return { model, multiplyAdds, asked, warm, cold, differences, largest };
    });
    models.push(entry);
  }
  return { peaks: reached, models };
}
