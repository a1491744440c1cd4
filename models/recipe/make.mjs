/** `npm run models [-- ID ...]`: makes the models again from the registries' packages; the committed ones, or those named. */
import { parseArgs } from 'node:util';
import { main } from '../../scripts/lib/failure.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { convert } from './convert.mjs';
import { chosen } from './list.mjs';
import { setUpPython } from './python.mjs';

await main(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  await step('Python for converting', setUpPython);
  for (const model of chosen(positionals)) await step(model.id, () => convert(model));
});
