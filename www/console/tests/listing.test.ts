/** A list follows what is told, and an answer that was on its way does not undo it. */
import type { LiveListener } from '@vitrine/storefront/live';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Api } from '../src/api/client';
import type { Device } from '../src/api/types';
import { Devices } from '../src/state/devices';
import type { SignedIn } from '../src/state/session';
import { StockList } from '../src/state/stock';

let tell: LiveListener;
let answers: ((body: unknown, status?: number) => void)[];
let stopped: number;

beforeEach(() => {
  answers = [];
  stopped = 0;
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((resolve) =>
        answers.push((body, status = 200) => resolve(Response.json(body, { status }))),
      ),
  );
});
afterEach(() => void vi.unstubAllGlobals());

function signedIn(): SignedIn {
  const live = {
    subscribe(listener: LiveListener) {
      tell = listener;
      return () => (stopped += 1);
    },
  };
  return { is: 'in', api: new Api('t'), live, me: { id: 'a', role: 'owner', label: '' } } as unknown as SignedIn;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const device = (id: string, version: number, more: Partial<Device> = {}) =>
  ({ id, version, state: 'live', site: 'shop', name: `Name of ${id}`, ...more }) as Device;
const frame = (body: object) =>
  ({ what: 'frame', frame: { id: 1, topic: 'device', at: '', body } }) as Parameters<LiveListener>[0];

test('what is told is laid over what is known, and an older word is not', async () => {
  const devices = new Devices();
  devices.follow(signedIn());
  answers[0]?.({ items: [device('a', 5)] });
  await settle();
  tell(frame({ id: 'a', version: 6, state: 'alarm' }));
  tell(frame({ id: 'a', version: 4, state: 'silent' }));
  expect(devices.all).toEqual([device('a', 6, { state: 'alarm' })]);
});

test('what was told before the list came is laid over it, and nothing is asked for by itself', async () => {
  const devices = new Devices();
  devices.follow(signedIn());
  tell(frame({ id: 'a', version: 6, state: 'alarm' }));
  tell(frame({ id: 'a', version: 7, state: 'silent' }));
  expect(answers).toHaveLength(1);
  answers[0]?.({ items: [device('a', 5), device('b', 1)] });
  await settle();
  expect(devices.all).toEqual([device('a', 7, { state: 'silent' }), device('b', 1)]);
});

test('a device that is new is asked for, once', async () => {
  const devices = new Devices();
  devices.follow(signedIn());
  answers[0]?.({ items: [] });
  await settle();
  tell(frame({ id: 'b', version: 1 }));
  tell(frame({ id: 'b', version: 2 }));
  expect(answers).toHaveLength(2);
  answers[1]?.(device('b', 2));
  await settle();
  expect(devices.all.map(({ id }) => id)).toEqual(['b']);
});

test('an answer that was on its way does not overwrite what was told in the meantime', async () => {
  const list = new StockList();
  list.follow(signedIn());
  const entry = (units: number) => ({ sku: 'tee', site: 'shop', units, sources: [], agreed: true, spread: 0 });
  tell({ what: 'frame', frame: { id: 1, topic: 'stock', at: '', body: entry(3) } });
  answers[0]?.({ items: [entry(9), { ...entry(4), sku: 'cap' }] });
  await settle();
  expect([...list.entries.values()].map(({ sku, units }) => `${sku} ${units}`)).toEqual(['tee 3', 'cap 4']);
});

test('after a reset all is asked for anew, and what is gone goes', async () => {
  const devices = new Devices();
  devices.follow(signedIn());
  answers[0]?.({ items: [device('a', 1), device('b', 1)] });
  await settle();
  tell({ what: 'reset' });
  answers[1]?.({ items: [device('b', 2)] });
  await settle();
  expect(devices.all.map(({ id, version }) => `${id} ${version}`)).toEqual(['b 2']);
});

test('a list that does not come says why, and keeps what it had', async () => {
  const devices = new Devices();
  devices.follow(signedIn());
  answers[0]?.({ items: [device('a', 1)] });
  await settle();
  void devices.load();
  answers[1]?.({ detail: 'Something failed.' }, 500);
  await settle();
  expect(devices.problem?.status).toBe(500);
  expect(devices.all).toHaveLength(1);
});

test('it is followed once for any number of pages, and let go with the last', () => {
  const devices = new Devices();
  const who = signedIn();
  const [first, second] = [devices.follow(who), devices.follow(who)];
  expect(answers).toHaveLength(1);
  first();
  expect(stopped).toBe(0);
  second();
  expect(stopped).toBe(1);
});
