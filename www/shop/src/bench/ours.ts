/** Our engine: a plan on the package's module, in the page's own thread, as the peers are. */
import { Model } from '@vitrine/storefront/models';
import type { Run } from './engines';
import type { BenchModel } from './models';

export async function open({ plan }: BenchModel): Promise<Run> {
  const model = await Model.open(plan);
  const [input] = model.inputs;
  return async (numbers) => Object.values(await model.run({ [input?.name ?? '']: numbers }));
}
