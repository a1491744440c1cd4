/** In a worker a model answers as it does in the page; where there is no worker the page's own thread does. */
import { afterEach, expect, test, vi } from 'vitest';
import { VitrineError } from '../src/error.js';
import { attend, type Scope } from '../src/models/attend.js';
import { rejection } from './lib/corner-shop.js';
import { convnetRun, distance, openPlan, planOf } from './lib/fixture-plans.js';
import { localWorkers } from './lib/local-worker.js';

afterEach(() => {
  vi.unstubAllGlobals();
  started.length = 0;
});

const { LocalWorker, started } = localWorkers((scope) => attend(scope as Scope));

async function openInWorker() {
  vi.stubGlobal('Worker', LocalWorker);
  return openPlan(planOf('convnet'), { thread: 'worker' });
}

test('answers from a worker are those of the page', async () => {
  const { image } = convnetRun();
  const here = await openPlan(planOf('convnet'));
  const there = await openInWorker();
  expect(there.thread).toBe('worker');
  expect(there.inputs).toEqual(here.inputs);
  expect(started[0]?.script.pathname).toMatch(/\/models-worker\.js$/);
  expect(await there.run({ image })).toEqual(await here.run({ image }));
});

test('runs that overlap are answered each by its own', async () => {
  const { image, mask } = convnetRun();
  const model = await openInWorker();
  const inputs = [image, image.map((x) => -x), image.map((x) => x / 2)];
  const together = await Promise.all(inputs.map((each) => model.run({ image: each })));
  for (const [at, each] of inputs.entries()) expect(await model.run({ image: each })).toEqual(together[at]);
  expect(distance(together[0]?.mask, mask)).toBeLessThan(1e-5);
});

test('the caller keeps its input', async () => {
  const { image } = convnetRun();
  const model = await openInWorker();
  await model.run({ image });
  expect(image).toEqual(convnetRun().image);
});

test('what the worker refuses is thrown here, with its code', async () => {
  const model = await openInWorker();
  const refusal = await rejection(model.run({ image: new Float32Array(7) }));
  expect(refusal).toBeInstanceOf(VitrineError);
  expect(refusal).toMatchObject({ code: 'request', message: expect.stringContaining('7 numbers') });
});

test('a plan that the worker refuses ends the worker', async () => {
  vi.stubGlobal('Worker', LocalWorker);
  const plan = planOf('convnet').fill(7, 100, 200);
  expect(await rejection(openPlan(plan, { thread: 'worker' }))).toMatchObject({ code: 'plan-hash' });
  expect(started.map(({ terminated }) => terminated)).toEqual([true]);
});

test('closing ends the worker and what still waits for it', async () => {
  const { image } = convnetRun();
  const model = await openInWorker();
  const waiting = rejection(model.run({ image }));
  model.close();
  expect(await waiting).toMatchObject({ code: 'closed' });
  expect(await rejection(model.run({ image }))).toMatchObject({ code: 'closed' });
  expect(started[0]?.terminated).toBe(true);
});

test('a worker that stops says so, to those who wait and to those who come later', async () => {
  const { image } = convnetRun();
  const model = await openInWorker();
  const waiting = rejection(model.run({ image }));
  const [worker] = started;
  worker?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  expect(await waiting).toMatchObject({ code: 'worker', message: expect.stringContaining('out of memory') });
  expect(await rejection(model.run({ image }))).toMatchObject({ code: 'worker' });
});

class Forbidden {
  constructor() {
    throw new DOMException('forbidden by the policy', 'SecurityError');
  }
}

class Missing extends EventTarget {
  constructor() {
    super();
    setTimeout(() => this.dispatchEvent(new Event('error')));
  }
  terminate() {}
}

test.each([
  ['has no workers', undefined],
  ['forbids workers', Forbidden],
  ["cannot load the worker's script", Missing],
])('computes in the page where the browser %s', async (_, worker) => {
  vi.stubGlobal('Worker', worker);
  const { image, mask } = convnetRun();
  const model = await openPlan(planOf('convnet'), { thread: 'worker' });
  expect(model.thread).toBe('main');
  expect(distance((await model.run({ image })).mask, mask)).toBeLessThan(1e-5);
});
