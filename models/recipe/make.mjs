/**
 * `npm run models [-- ID ...]`: makes the models again from the registries' packages, the committed ones or those named;
 * `npm run models -- --cards` only writes the cards again.
 */
import { parseArgs } from 'node:util';
import { buildModule, buildPackage } from '../../scripts/lib/build.mjs';
import { main } from '../../scripts/lib/failure.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { accuracy } from './accuracy.mjs';
import { writeCard } from './card.mjs';
import { buildCompiler, compile, planOf } from './compile.mjs';
import { convert } from './convert.mjs';
import { keep } from './facts.mjs';
import { writeGolden } from './golden.mjs';
import { chosen } from './list.mjs';
import { setUpPython } from './python.mjs';

/** Axes of inputs and outputs by name, as the compiler found them. */
const shapesOf = ({ inputs, outputs }) =>
  Object.fromEntries([...inputs, ...outputs].map(({ name, shape }) => [name, shape]));

async function make(models) {
  await step('Python for converting', setUpPython);
  for (const model of models) await step(`converting ${model.id}`, () => convert(model).then(() => {}));
  const vitrine = await step('the compiler', () => buildCompiler(), { loud: true });
  const summaries = new Map();
  for (const model of models) {
    await step(planOf(model), async () => {
      const summary = await compile(vitrine, model);
      summaries.set(model.id, summary);
      return `${(summary.bytes / 1e6).toFixed(2)} MB, ${(summary.multiplyAdds / 1e6).toFixed(0)} million multiply-adds`;
    });
  }
  await buildModule();
  await buildPackage();
  for (const model of models) {
    await step(`comparing ${model.id} with the original`, async () => {
      const { bytes, multiplyAdds, arena, steps, ...ports } = summaries.get(model.id);
      const measured = { simd: await accuracy(model, 'simd'), relaxed: await accuracy(model, 'relaxed') };
      if (model.committed) await writeGolden(model);
      keep('made', { [model.id]: { bytes, multiplyAdds, arena, steps, shapes: shapesOf(ports), accuracy: measured } });
    });
  }
}

await main(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { cards: { type: 'boolean' } } });
  const models = chosen(positionals);
  if (!values.cards) await make(models);
  for (const model of models.filter(({ committed }) => committed)) writeCard(model);
});
