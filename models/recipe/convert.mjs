/** From the original to ONNX, which the compiler and ONNX Runtime read. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { unlessUnchanged } from '../../scripts/lib/stamp.mjs';
import { original } from './originals.mjs';
import { python } from './python.mjs';

const ways = {
  none: async (from, to) => copyFileSync(from, to),
  tflite: (from, to, { round }) => python('-m', 'tflite_to_onnx', from, to, ...(round ? ['--round'] : [])),
  efficientnet: (from, to) => python('efficientnet_to_onnx.py', from, to),
  text: (from, to) => python('text_encoder_to_onnx.py', from, to),
};

/** For models that are published as bare weights: the graph with those weights as they are. */
const exactWays = {
  efficientnet: (from, to) => python('efficientnet_to_onnx.py', from, to, '--exact'),
  text: (from, to) => python('text_encoder_to_onnx.py', from, to, '--exact'),
};

/** What converted models depend on. */
export const converters = [
  ...['tflite_to_onnx', 'efficientnet_to_onnx.py', 'text_encoder_to_onnx.py', 'onnx_file.py', 'torch_weights.py'],
  'requirements.txt',
].map((name) => `models/recipe/${name}`);

/** The path of a model as ONNX, from the root. */
export const onnxOf = ({ id }) => `build/models/onnx/${id}.onnx`;

/** Converts a model, unless neither it nor the converter changed. @param {import('./list.mjs').Model} model */
export async function convert(model) {
  const from = await original(model);
  const to = onnxOf(model);
  mkdirSync(inHouse('build/models/onnx'), { recursive: true });
  const inputs = [...converters, from.slice(inHouse('').length), 'models/models.json'];
  await unlessUnchanged(`onnx-${model.id}`, { inputs, outputs: [to] }, () =>
    ways[model.convert](from, inHouse(to), model),
  );
  return to;
}

/** The path of a file that answers as the authors meant it: the original, or its weights in a graph, not rounded. */
export async function exact(model) {
  const from = await original(model);
  const way = exactWays[model.convert];
  if (!way) return from;
  const to = inHouse(`build/models/exact/${model.id}.onnx`);
  mkdirSync(inHouse('build/models/exact'), { recursive: true });
  await way(from, to);
  return to;
}
