/** A few numbers of what the original answers, for tests in browsers: small enough to be committed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { reference } from './reference.mjs';

/** Numbers kept of each output, evenly spread. */
const most = 200;

const rounded = (number) => Number(number.toPrecision(7));

/** Writes `tests/models/ID.json`: what goes in, and which numbers have to come out. @param {import('./list.mjs').Model} model */
export async function writeGolden(model) {
  const { id, input, picture } = model;
  const { input: given, outputs } = await reference(model);
  const kept = model.outputs.map(({ name }, at) => {
    const numbers = outputs[at];
    const step = Math.ceil(numbers.length / most);
    const values = Array.from({ length: Math.ceil(numbers.length / step) }, (_, place) =>
      rounded(numbers[place * step]),
    );
    const largest = rounded(numbers.reduce((found, number) => Math.max(found, Math.abs(number)), 0));
    return { name, length: numbers.length, step, largest, values };
  });
  // What a picture becomes is worked out again by whoever tests; numbers that are no picture have to be told.
  const told = picture ? { picture, shape: input.shape, range: input.range } : { numbers: [...given].map(rounded) };
  mkdirSync(inHouse('tests/models'), { recursive: true });
  writeFileSync(
    inHouse(`tests/models/${id}.json`),
    `${JSON.stringify({ input: { name: input.name, ...told }, outputs: kept })}\n`,
  );
}
