/** From the first import to the first answer, in a page that has loaded nothing before. */

import { inputOf, loadPicture } from '../../../www/shop/src/bench/input';
import type { Case } from './engine';
import { type EngineName, engines } from './engines';

export async function cold(model: Case, picture: string, name: EngineName): Promise<number> {
  const input = inputOf(await loadPicture(picture), model);
  const start = performance.now();
  const run = await (await engines[name]()).open(model);
  await run(input);
  return performance.now() - start;
}
