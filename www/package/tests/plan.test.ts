/** A plan comes from an address, a response or memory, and is refused where it was damaged or does not come. */
import { afterEach, expect, test, vi } from 'vitest';
import { rejection } from './lib/corner-shop.js';
import { openPlan, planOf } from './lib/fixture-plans.js';

afterEach(() => vi.unstubAllGlobals());

const address = 'https://shop.example/convnet.plan';

/** As much of a browser's `XMLHttpRequest` as loading needs; `answer` says what the server does. */
function stubRequest(answer: () => { status: number; body: ArrayBuffer } | undefined): string[] {
  const asked: string[] = [];
  class Request {
    onload?: () => void;
    onerror?: () => void;
    responseType = '';
    status = 0;
    response: unknown;
    open(method: string, place: string | URL) {
      asked.push(`${method} ${place}`);
    }
    send() {
      const answered = answer();
      if (!answered) return this.onerror?.();
      this.status = answered.status;
      this.response = this.responseType === 'arraybuffer' ? answered.body : 'a text';
      this.onload?.();
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request);
  return asked;
}

test.each([
  ['its bytes', () => planOf('convnet')],
  ['a buffer', () => planOf('convnet').buffer],
  [
    'a part of a buffer',
    () => new DataView(new Uint8Array([9, 9, ...planOf('convnet'), 9]).buffer, 2, planOf('convnet').length),
  ],
  ['a response', () => new Response(planOf('convnet'))],
])('opens from %s', async (_, source) => {
  expect((await openPlan(source())).name).toBe('convnet');
});

test('opens from an address, by one request', async () => {
  const asked = stubRequest(() => ({ status: 200, body: planOf('convnet').buffer }));
  vi.stubGlobal('fetch', () => Promise.reject(new Error('not needed')));
  expect((await openPlan(address)).name).toBe('convnet');
  expect((await openPlan(new URL(address))).name).toBe('convnet');
  expect(asked).toEqual([`GET ${address}`, `GET ${address}`]);
});

test('opens from an address where there is only fetch', async () => {
  vi.stubGlobal('fetch', async (place: string) => new Response(place === address ? planOf('convnet') : null));
  expect((await openPlan(address)).name).toBe('convnet');
});

test.each([
  [
    'a request is answered by a refusal',
    () => stubRequest(() => ({ status: 404, body: new ArrayBuffer(9) })),
    'the server says 404',
  ],
  ['no answer comes', () => stubRequest(() => undefined), 'no answer came from the server'],
  [
    'fetch is answered by a refusal',
    () => vi.stubGlobal('fetch', async () => new Response('no', { status: 503 })),
    'the server says 503',
  ],
  ['fetch fails', () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline'))), 'offline'],
])('says where it looked and what it met when %s', async (_, stub, problem) => {
  stub();
  const refusal = await rejection(openPlan(address));
  expect(refusal).toMatchObject({ name: 'VitrineError', code: 'plan-missing' });
  expect(String(refusal)).toContain(`The plan ${address} cannot be loaded`);
  expect(String(refusal)).toContain(problem);
});

/** A plan with one byte of its weights changed. */
function damaged(): Uint8Array<ArrayBuffer> {
  const plan = planOf('convnet');
  const last = plan.length - 1;
  plan[last] = (plan[last] ?? 0) ^ 1;
  return plan;
}

test.each([
  ['the browser hashes', () => {}],
  ['the module hashes, on a page without https', () => vi.stubGlobal('crypto', {})],
])('refuses a plan that was damaged on the way, where %s', async (_, stub) => {
  stub();
  expect(await rejection(openPlan(damaged()))).toMatchObject({ code: 'plan-hash' });
  expect((await openPlan(planOf('convnet'))).name, 'and takes the whole one').toBe('convnet');
});

test('what is damaged is said to be damaged, whatever else is wrong with it', async () => {
  const plan = planOf('convnet');
  plan.fill(0xff, 60, 80);
  expect(await rejection(openPlan(plan))).toMatchObject({ code: 'plan-hash' });
});

test.each([
  ['no plan', () => new TextEncoder().encode('<!doctype html>'.repeat(9)), 'plan'],
  ['shorter than a header', () => planOf('convnet').slice(0, 40), 'plan'],
  ['cut off', () => planOf('convnet').slice(0, 5000), 'plan'],
  ['of another version', () => planOf('convnet').fill(2, 8, 9), 'plan-version'],
])('refuses what is %s', async (_, source, code) => {
  expect(await rejection(openPlan(source()))).toMatchObject({ name: 'VitrineError', code });
});
