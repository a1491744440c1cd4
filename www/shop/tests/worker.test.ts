/** The shop finds its worker by a settings file, and is a shop without one where that is missing or not one. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ShopWorker } from '../src/shop/worker';

beforeEach(() => void vi.stubGlobal('location', { href: 'https://shop.example/item/tee' }));
afterEach(() => void vi.unstubAllGlobals());

async function look(answer: () => Response | Promise<Response>): Promise<ShopWorker> {
  vi.stubGlobal('fetch', async () => answer());
  const worker = new ShopWorker();
  await worker.look();
  return worker;
}

test('a settings file leads to the worker, and nothing is sent before somebody looks at a product', async () => {
  const sockets = vi.fn();
  vi.stubGlobal('WebSocket', sockets);
  const { live } = await look(() => Response.json({ worker: '/', key: 'vsk_demo' }));
  expect(live?.state).toBe('idle');
  expect(sockets).not.toHaveBeenCalled();
});

test.each<[string, () => Response | Promise<Response>]>([
  ['is missing', () => new Response('', { status: 404 })],
  ['is the shop’s own page', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
  ['cannot be reached', () => Promise.reject(new TypeError('offline'))],
  ['is cut off', () => new Response('{"worker"', { headers: { 'content-type': 'application/json' } })],
  ['names no key', () => Response.json({ worker: '/' })],
  ['names a secret token', () => Response.json({ worker: '/', key: 'vat_secret' })],
  ['names no address', () => Response.json({ worker: 'https://', key: 'vsk_demo' })],
  ['is null', () => Response.json(null)],
])('a settings file that %s is no worker', async (_, answer) => {
  expect((await look(answer)).live).toBeUndefined();
});
