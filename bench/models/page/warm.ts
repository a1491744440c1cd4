/** Time per run once everything is compiled: the engines take turns, so that whatever else the machine does hits all alike. */

import { inputOf, loadPicture } from '../../../www/shop/src/bench/input';
import type { Case, Run } from './engine';
import { type EngineName, engines } from './engines';

export interface Warm {
  /** Milliseconds of every measured run, by engine. */
  times: Record<string, number[]>;
  /** The largest difference of any output number from the first engine's, by engine, and the largest number there is. */
  differences: Record<string, number>;
  largest: number;
}

/** How long to let the browser optimize an engine's code, and how long to measure it. */
export interface Effort {
  warmUp: { runs: number; milliseconds: number };
  rounds: number;
}

export async function warm(
  model: Case,
  picture: string,
  names: EngineName[],
  { warmUp, rounds }: Effort,
): Promise<Warm> {
  const input = inputOf(await loadPicture(picture), model);
  const runs = new Map<EngineName, Run>();
  for (const name of names) runs.set(name, await (await engines[name]()).open(model));

  const outputs = new Map<EngineName, Float32Array[]>();
  for (const [name, run] of runs) {
    const start = performance.now();
    for (let count = 0; count < warmUp.runs || performance.now() - start < warmUp.milliseconds; count += 1) {
      outputs.set(name, await run(input));
    }
  }

  const times: Warm['times'] = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of runs) {
      const start = performance.now();
      await run(input);
      times[name]?.push(performance.now() - start);
    }
  }
  return { times, ...compare([...outputs]) };
}

function compare(outputs: [EngineName, Float32Array[]][]): Pick<Warm, 'differences' | 'largest'> {
  const [first] = outputs;
  const reference = first?.[1] ?? [];
  const largest = reference.reduce((most, numbers) => numbers.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
  const differences = outputs.map(([name, mine]) => {
    const tensors = reference.map((numbers, at) => furthest(numbers, mine[at] ?? new Float32Array()));
    return [name, Math.max(...tensors)];
  });
  return { largest, differences: Object.fromEntries(differences) };
}

function furthest(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((most, number, at) => Math.max(most, Math.abs(number - (b[at] ?? Number.NaN))), 0);
}
