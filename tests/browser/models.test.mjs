/** Every committed plan, run by the package in Chromium, in both builds, on the page and in a worker. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { openTree } from './lib/tree.mjs';

const house = new URL('../../', import.meta.url);
/** As strict as a shop's: nothing may be evaluated, only WebAssembly compiled. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

const goldens = (await readdir(new URL('tests/models/', house))).filter((file) => file.endsWith('.json'));
const ids = goldens.map((file) => file.replace('.json', ''));

let page;
let close;

before(async () => {
  ({ page, close } = await openTree({ start: 'tests/browser/models/page.html', policy }));
});

after(() => close?.());

/** Calls a function of `models/page.js`. */
const inPage = (name, ...words) =>
  page.evaluate(([called, given]) => globalThis.models[called](...given), [name, words]);

// Plain SIMD adds in another order than LiteRT, relaxed SIMD rounds once less: 1e-4 and 1e-3 of the largest number.
// Where weights were rounded to half floats, the original has other weights: see the cards.
const rounded = { selfie_multiclass_256x256: 0.01, efficientnet_lite0: 0.005, use_multilingual: 0.003 };
const builds = [
  { build: 'simd', thread: 'main', within: 1e-4 },
  { build: 'relaxed', thread: 'main', within: 1e-3 },
  { build: 'relaxed', thread: 'worker', within: 1e-3 },
];

for (const { build, thread, within } of builds) {
  describe(`${build}, ${thread}`, () => {
    for (const id of ids) {
      test(`${id} answers what the original does`, async () => {
        const { ran, outputs } = await inPage('compare', id, build, thread);
        assert.equal(ran, thread);
        assert.ok(outputs.length > 0);
        for (const { name, length, expected, compared, difference, largest } of outputs) {
          assert.equal(length, expected, `numbers in ${name}`);
          assert.ok(compared > 0 && largest > 0, `${name} was compared`);
          const most = Math.max(within, rounded[id] ?? 0) * largest;
          assert.ok(difference <= most, `${name} is ${difference} off, at most ${most} allowed`);
        }
      });
    }
  });
}

for (const { build, within } of builds.filter(({ thread }) => thread === 'main')) {
  describe(`layers, ${build}`, () => {
    for (const id of ids) {
      test(`every layer of ${id} computes what tract does with the same weights`, async () => {
        const { found, expected } = await inPage('layers', id, build);
        const compared = found.filter(({ compared: numbers }) => numbers > 0);
        assert.equal(compared.length, expected, 'all layers that tract told of ran');
        for (const { step, name, expected: told, off } of compared) {
          assert.equal(name, told, `step ${step}`);
          assert.ok(off <= within, `step ${step}, ${name}, is ${off} of its largest number off`);
        }
      });
    }
  });
}

test('the build is chosen by what the browser can do', async () => {
  assert.equal(await inPage('chosen'), 'relaxed');
});

test('two runs on the same input give the same numbers, whatever ran in between', async () => {
  assert.equal(await inPage('repeat', 'face_landmark'), 0);
});

test('a text encoder runs at the length of what it is given', async () => {
  const { lengths, whole, alone } = await inPage('textLengths');
  assert.deepEqual(lengths, [512, 512, 512]);
  assert.equal(whole, alone, 'a run at another length in between changes nothing');
});

test('a damaged plan is refused before anything runs', async () => {
  assert.deepEqual(await inPage('damaged', 'face_landmark', 1000), { name: 'VitrineError', code: 'plan-hash' });
  assert.deepEqual(await inPage('damaged', 'face_landmark', 0), { name: 'VitrineError', code: 'plan' });
  assert.deepEqual(await inPage('damaged', 'face_landmark', 8), { name: 'VitrineError', code: 'plan-version' });
});

test('wrong inputs are refused with what the model wants', async () => {
  assert.match(await inPage('refusal', { input_1: 10 }), /input `input_1` was given 10 numbers; it needs 110592/);
  assert.match(await inPage('refusal', { picture: 110592 }), /has no input "picture"; it has input_1/);
  assert.match(await inPage('refusal', {}), /"input_1" of face_landmark must be a Float32Array of 1 x 192 x 192 x 3/);
});

test('a model that was closed says so', async () => {
  for (const thread of ['main', 'worker']) assert.equal(await inPage('closed', thread), 'closed');
});

test('what is not there is named', async () => {
  assert.match(
    await inPage('missing', '/models/nothing.plan'),
    /The plan \/models\/nothing.plan cannot be loaded: the server says 404/,
  );
});
