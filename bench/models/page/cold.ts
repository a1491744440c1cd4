/** From the first import to the first answer, in a page that has loaded nothing before. */

import type { Case } from './engines/engine.js';
import { type EngineName, engines } from './engines/index.js';
import { inputOf } from './input.js';

export async function cold(model: Case, name: EngineName): Promise<number> {
  const input = await inputOf(model);
  const start = performance.now();
  const run = await (await engines[name]()).open(model);
  await run(input);
  return performance.now() - start;
}
