/** From ONNX to a plan, with `vitrine compile`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inHouse } from '../../scripts/lib/house.mjs';
import { ask, run } from '../../scripts/lib/run.mjs';
import { onnxOf } from './convert.mjs';

/** Compiles the command with its compiler in it, and gives its path. Not optimized: that would take longer than all models. */
export async function buildCompiler() {
  await run('cargo', ['build', '--locked', '--package', 'vitrine-cli', '--features', 'compile']);
  const metadata = await ask('cargo', ['metadata', '--no-deps', '--format-version', '1']);
  return join(JSON.parse(metadata ?? '{}').target_directory, 'debug/vitrine');
}

/** Where a model's plan lies, from the root: among the sources where it is committed. */
export const planOf = ({ id, committed }) => (committed ? `models/${id}.plan` : `build/models/plans/${id}.plan`);

/** Compiles a model; gives the compiler's summary. @param {import('./list.mjs').Model} model */
export async function compile(vitrine, model) {
  const { id, input, outputs, length } = model;
  mkdirSync(inHouse('build/models/plans'), { recursive: true });
  const ranges = [input, ...outputs].filter(({ range }) => range);
  const { printed } = await run(
    vitrine,
    [
      ...['compile', inHouse(onnxOf(model)), '--output', inHouse(planOf(model)), '--name', id, '--json'],
      ...(length ? ['--length', length.join('..')] : []),
      ...ranges.flatMap(({ name, range }) => ['--range', `${name}=${range.join('..')}`]),
    ],
    { quiet: true },
  );
  return JSON.parse(printed);
}
