/** Runs plans with the package itself, in Node.js, and says how far they are from the original. */

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inHouse } from '../../scripts/lib/house.mjs';
import { planOf } from './compile.mjs';
import { reference } from './reference.mjs';

const wasm = (name) => new Uint8Array(readFileSync(inHouse(`www/package/wasm/vitrine_models_${name}_bg.wasm`)));

/** The largest of some numbers' magnitudes. */
const largest = (numbers) => numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);

const differences = (ours, theirs) => ours.map((number, at) => number - theirs[at]);

const shareOf = (count, holds) => {
  let held = 0;
  for (let at = 0; at < count; at += 1) if (holds(at)) held += 1;
  return held / count;
};

const bestOf = (numbers, from, classes) => {
  let best = from;
  for (let at = from + 1; at < from + classes; at += 1) if (numbers[at] > numbers[best]) best = at;
  return best;
};

/** Measures of a task, beside the largest difference; models.json says which an output is judged by. */
const judges = {
  /** Share of places that are on the same side of the middle of the range. */
  threshold: (ours, theirs) => ({ agreement: shareOf(ours.length, (at) => ours[at] > 0.5 === theirs[at] > 0.5) }),
  /** Share of places whose class is the same, over the last axis. */
  labels: (ours, theirs, classes) => ({
    agreement: shareOf(
      ours.length / classes,
      (at) => bestOf(ours, at * classes, classes) === bestOf(theirs, at * classes, classes),
    ),
  }),
  /** Cosine of the angle between the two. */
  cosine: (ours, theirs) => {
    const dot = (a, b) => a.reduce((sum, number, at) => sum + number * b[at], 0);
    return { cosine: dot(ours, theirs) / Math.sqrt(dot(ours, ours) * dot(theirs, theirs)) };
  },
};

/**
 * How far a plan's outputs are from the original's, by output.
 * @param {import('./list.mjs').Model} model
 * @param {'simd' | 'relaxed'} build
 */
export async function accuracy(model, build) {
  // Each build in a copy of the package of its own: one instance of the module serves all models of a copy.
  const address = `${pathToFileURL(inHouse('www/package/dist/models.node.js'))}?${build}`;
  const { Model } = await import(address);
  const { input, outputs } = await reference(model);
  const opened = await Model.open(readFileSync(inHouse(planOf(model))), { wasm: wasm(build) });
  const answered = await opened.run({ [model.input.name]: input });
  opened.close();
  return Object.fromEntries(
    model.outputs.map(({ name, judge, classes }, at) => {
      const [ours, theirs] = [answered[name], outputs[at]];
      const measured = { difference: largest(differences(ours, theirs)), largest: largest(theirs) };
      return [name, judge ? { ...measured, ...judges[judge](ours, theirs, classes) } : measured];
    }),
  );
}
