/** What the original model answers to the model's picture: the truth that a plan is compared with. */
import { mkdirSync, readFileSync } from 'node:fs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { unlessUnchanged } from '../../scripts/lib/stamp.mjs';
import { converters, exact } from './convert.mjs';
import { original } from './originals.mjs';
import { python } from './python.mjs';

const folderOf = ({ id }) => `build/models/reference/${id}`;

const read = (path) => {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

/**
 * Runs the original, unless that was done.
 * @param {import('./list.mjs').Model} model
 * @returns {Promise<{ input: Float32Array, outputs: Float32Array[] }>}
 */
export async function reference(model) {
  const folder = inHouse(folderOf(model));
  const from = await original(model);
  const { input, picture, outputs } = model;
  const words = picture
    ? [
        inHouse(`models/pictures/${picture}.png`),
        folder,
        ...['--shape', ...input.shape, '--range', ...input.range].map(String),
      ]
    : [from, folder];
  const files = ['input', ...outputs.keys()].map((name) => `${folderOf(model)}/${name}.f32`);
  const inputs = [...converters, 'models/recipe/reference.py', 'models/models.json', 'models/pictures'];
  await unlessUnchanged(`reference-${model.id}`, { inputs, outputs: files }, async () => {
    mkdirSync(folder, { recursive: true });
    await python('reference.py', await exact(model), ...words);
  });
  const [given, ...answered] = files.map((file) => read(inHouse(file)));
  return { input: given, outputs: answered };
}
