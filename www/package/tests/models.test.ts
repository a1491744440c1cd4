/** A model runs on what it is given by name, at the length of it, and says what it cannot run on. */
import { afterEach, expect, test, vi } from 'vitest';
import { Model, simdOfThisBrowser } from '../src/models.js';
import { rejection } from './lib/corner-shop.js';
import { convnetRun, distance, modelsWasm, openPlan, planOf, transformerRun } from './lib/fixture-plans.js';

afterEach(() => vi.unstubAllGlobals());

test('gives every output by its name, with the numbers that tract gave', async () => {
  const { image, mask, classes } = convnetRun();
  const model = await openPlan(planOf('convnet'));
  const outputs = await model.run({ image });
  expect(Object.keys(outputs)).toEqual(['mask', 'classes']);
  expect(distance(outputs.mask, mask)).toBeLessThan(1e-5);
  expect(distance(outputs.classes, classes)).toBeLessThan(1e-5);
});

test('tells its name, its inputs and outputs, and its thread', async () => {
  const model = await openPlan(planOf('convnet'));
  expect(model.name).toBe('convnet');
  expect(model.inputs).toMatchObject([{ name: 'image', shape: [1, 3, 36, 44] }]);
  expect(model.outputs).toMatchObject([
    { name: 'mask', shape: [1, 5, 36, 44] },
    { name: 'classes', shape: [1, 10] },
  ]);
  expect(model.length).toBeUndefined();
  expect(model.thread).toBe('main');
});

test('runs at the length of its input, shorter and longer again', async () => {
  const { tokens, embedding } = transformerRun();
  const model = await openPlan(planOf('transformer'));
  expect(model.length).toEqual({ name: 'T', least: 1, most: 24 });
  const short = await model.run({ tokens: tokens.slice(0, 5) });
  const whole = await model.run({ tokens });
  expect(distance(whole.embedding, embedding)).toBeLessThan(1e-5);
  expect(distance(short.embedding, embedding)).toBeGreaterThan(1e-3);
  expect(await rejection(model.run({ tokens: new Float32Array(25) }))).toMatchObject({ code: 'request' });
});

test('outputs are copies: a later run does not change them', async () => {
  const { image } = convnetRun();
  const model = await openPlan(planOf('convnet'));
  const [first, second] = await Promise.all([model.run({ image }), model.run({ image: image.map((x) => -x) })]);
  expect(distance(first.mask, second.mask ?? image)).toBeGreaterThan(1e-3);
  expect(await model.run({ image })).toEqual(first);
});

test('two models in one thread do not disturb each other', async () => {
  const [net, block] = [await openPlan(planOf('convnet')), await openPlan(planOf('transformer'))];
  const [{ image, mask }, { tokens, embedding }] = [convnetRun(), transformerRun()];
  const alone = await net.run({ image });
  expect(distance((await block.run({ tokens })).embedding, embedding)).toBeLessThan(1e-5);
  expect(await net.run({ image })).toEqual(alone);
  expect(distance(alone.mask, mask)).toBeLessThan(1e-5);
});

test.each([
  ['of another name', { picture: new Float32Array(4752) }, 'convnet has no input "picture"; it has image.'],
  ['that is missing', {}, 'The input "image" of convnet must be a Float32Array of 1 x 3 x 36 x 44 numbers.'],
  ['of another type', { image: [1, 2, 3] }, 'must be a Float32Array'],
  ['of another size', { image: new Float32Array(7) }, 'input `image` was given 7 numbers; it needs 4752'],
])('refuses an input %s', async (_, inputs, message) => {
  const model = await openPlan(planOf('convnet'));
  const refusal = await rejection(model.run(inputs as Record<string, Float32Array>));
  expect(refusal).toMatchObject({ name: 'VitrineError', code: 'request', message: expect.stringContaining(message) });
  const { image, mask } = convnetRun();
  expect(distance((await model.run({ image })).mask, mask), 'it still runs').toBeLessThan(1e-5);
});

test('after closing, runs are refused', async () => {
  const model = await openPlan(planOf('convnet'));
  model.close();
  model.close();
  expect(await rejection(model.run(convnetRun()))).toMatchObject({ code: 'request' });
  expect(await rejection(model.run({ image: convnetRun().image }))).toMatchObject({ code: 'closed' });
});

test('takes fused instructions where the browser has them, else plain ones, and says so where there are none', () => {
  const validate = vi.spyOn(WebAssembly, 'validate');
  validate.mockReturnValueOnce(true);
  expect(simdOfThisBrowser()).toBe('relaxed');
  validate.mockReturnValueOnce(false).mockReturnValueOnce(true);
  expect(simdOfThisBrowser()).toBe('plain');
  validate.mockReturnValue(false);
  expect(simdOfThisBrowser).toThrow(expect.objectContaining({ code: 'simd' }));
  validate.mockRestore();
  const chosen = simdOfThisBrowser() === 'relaxed' ? 'relaxed' : 'simd';
  expect(WebAssembly.validate(modelsWasm(chosen))).toBe(true);
});

test('a module that is none is refused before the plan is looked at', async () => {
  const refusal = await rejection(Model.open(planOf('convnet'), { wasm: new Uint8Array([1, 2, 3]) }));
  expect(refusal).toMatchObject({ code: 'wasm' });
});
