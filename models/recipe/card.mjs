/** A model's card: where it comes from, what it takes and gives, how exact, large and fast it is. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { facts } from './facts.mjs';

const registries = { pypi: 'PyPI', npm: 'npm' };

const digits = (number) => (number === 0 ? '0' : Number(number.toPrecision(2)).toString());
const percent = (share) => `${(Math.floor(share * 1e5) / 1e3).toFixed(3)} %`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
const span = (range) => (range ? `${range.map((bound) => Number(bound.toFixed(3))).join(' to ')}` : 'any');

/** What was found of one output, in one build. */
function found({ difference, largest, agreement, cosine }) {
  const parts = [`${digits(difference)} of ${digits(largest)}`];
  if (agreement !== undefined) parts.push(`${percent(agreement)} of places alike`);
  if (cosine !== undefined) parts.push(`cosine ${cosine.toFixed(7)}`);
  return parts.join(', ');
}

function speedOf(id) {
  const speed = facts('speed')[id];
  if (!speed) return [];
  const { relaxed, plain, litert, ort, browser, machine } = speed;
  const row = (name, { warm, cold }) => `| ${name} | ${warm.toFixed(2)} ms | ${cold.toFixed(0)} ms |`;
  return [
    '## Speed',
    '',
    `One thread, ${browser}, ${machine}; \`npm run bench -- models ${id} --keep\` measures again. Cold is from the first import to the`,
    'first answer, files coming from the same machine.',
    '',
    '| | a run | cold |',
    '| --- | --- | --- |',
    row('this plan, relaxed SIMD', relaxed),
    row('this plan, plain SIMD', plain),
    row('LiteRT.js, original model', litert),
    row('ONNX Runtime, converted model', ort),
    '',
  ];
}

/** The card's text. @param {import('./list.mjs').Model} model */
export function cardOf(model) {
  const { id, title, source, file, sha256, input, outputs, length, round, convert, picture } = model;
  const { bytes, multiplyAdds, arena, steps, shapes, accuracy } = facts('made')[id];
  const original =
    convert === 'tflite' ? 'the original, run by LiteRT' : 'the published weights, not rounded, in ONNX’s reference';
  const rounding =
    round || convert !== 'tflite'
      ? 'rounded to half floats'
      : 'half floats where the original’s are half floats, else single precision';
  return [
    `# ${id}`,
    '',
    `${title}.`,
    '',
    '| | |',
    '| --- | --- |',
    `| source | ${registries[source.registry]} \`${source.package}\` ${source.version}, \`${file}\` |`,
    `| its SHA-256 | \`${sha256}\` |`,
    `| licence | ${source.licence}, ${source.holder} |`,
    `| weights | ${rounding} |`,
    `| plan | ${megabytes(bytes)}, ${steps} steps |`,
    `| work | ${(multiplyAdds / 1e6).toFixed(1)} million multiply-adds${length ? ` at ${length[1]} pieces` : ''} |`,
    `| memory between steps | ${megabytes(arena)} |`,
    '',
    '## Input and outputs',
    '',
    '| name | shape | range | what |',
    '| --- | --- | --- | --- |',
    `| **${input.name}** (input) | ${shapes[input.name].join(' x ')} | ${span(input.range)} | ${input.about} |`,
    ...outputs.map(({ name, about, range }) => `| ${name} | ${shapes[name].join(' x ')} | ${span(range)} | ${about} |`),
    ...(length ? ['', `\`L\` is the number of pieces, ${length[0]} to ${length[1]}.`] : []),
    '',
    '## Accuracy',
    '',
    `Largest difference from ${original}, and the largest number there is, on ${picture ? `\`pictures/${picture}.png\`` : 'nine pieces of text'}:`,
    '',
    '| output | plain SIMD | relaxed SIMD |',
    '| --- | --- | --- |',
    ...outputs.map(({ name }) => `| ${name} | ${found(accuracy.simd[name])} | ${found(accuracy.relaxed[name])} |`),
    '',
    ...speedOf(id),
  ].join('\n');
}

/** Where a model's card lies. */
export const cardFile = ({ id }) => inHouse(`models/cards/${id}.md`);

/** Writes the card of a model that was made. */
export function writeCard(model) {
  mkdirSync(inHouse('models/cards'), { recursive: true });
  writeFileSync(cardFile(model), `${cardOf(model).trimEnd()}\n`);
}
