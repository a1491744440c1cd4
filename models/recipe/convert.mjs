/** From the original to ONNX, which the compiler and ONNX Runtime read. */
import { mkdirSync } from 'node:fs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { unlessUnchanged } from '../../scripts/lib/stamp.mjs';
import { original } from './originals.mjs';
import { python } from './python.mjs';

const ways = {
  tflite: (from, to, { round }) => python('-m', 'tflite_to_onnx', from, to, ...(round ? ['--round'] : [])),
  efficientnet: (from, to) => python('efficientnet_to_onnx.py', from, to),
  text: (from, to) => python('text_encoder_to_onnx.py', from, to),
};

/** The path of a model as ONNX, from the root. */
export const onnxOf = ({ id }) => `build/models/onnx/${id}.onnx`;

/** Converts a model, unless neither it nor the converter changed. @param {import('./list.mjs').Model} model */
export async function convert(model) {
  const from = await original(model);
  const to = onnxOf(model);
  mkdirSync(inHouse('build/models/onnx'), { recursive: true });
  const inputs = [from.slice(inHouse('').length), 'models/recipe', 'models/models.json'];
  await unlessUnchanged(`onnx-${model.id}`, { inputs, outputs: [to] }, () =>
    ways[model.convert](from, inHouse(to), model),
  );
  return to;
}
