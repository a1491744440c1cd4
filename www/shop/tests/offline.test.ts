/** The service worker answers from one whole kept version of the shop, keeps pictures as they are seen, and no more. */
import { beforeEach, expect, test, vi } from 'vitest';
import { answerFor, type Kept } from '../src/offline/answer';

const origin = 'https://shop.example';
const kept: Kept = { origin, shell: 'shop-1', pictures: 'shop-pictures', files: new Set(['/', '/assets/app.js']) };

/** The browser's caches, as far as they are used: by name, then by address, oldest first. */
const stored = new Map<string, Map<string, Response>>();
const network = vi.fn<(request: Request) => Promise<Response>>();

beforeEach(() => {
  stored.clear();
  network.mockReset().mockImplementation(async ({ url }) => new Response(`network ${url}`));
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('caches', { open: async (name: string) => cacheOf(name) });
});

function cacheOf(name: string) {
  const entries = stored.get(name) ?? new Map<string, Response>();
  stored.set(name, entries);
  const addressOf = (key: string | Request) => new URL(typeof key === 'string' ? key : key.url, origin).href;
  return {
    match: async (key: string) => entries.get(addressOf(key))?.clone(),
    put: async (key: string, response: Response) => void entries.set(addressOf(key), response),
    keys: async () => [...entries.keys()].map((url) => new Request(url)),
    delete: async (key: Request) => entries.delete(addressOf(key)),
  };
}

/** Keeps a text. */
const keep = (cache: string, path: string, text: string) => cacheOf(cache).put(path, new Response(text));

/** A request as the page makes it; `navigate` is a mode that only browsers can set. */
function request(path: string, { mode, ...options }: { mode?: 'navigate' } & Omit<RequestInit, 'mode'> = {}): Request {
  const made = new Request(new URL(path, origin), options);
  return mode ? Object.defineProperty(made, 'mode', { value: mode }) : made;
}

const answer = async (asked: Request) => (await answerFor(asked, kept))?.text();

test.each(['/', '/item/denim-jacket', '/all/tops?sort=title', '/nowhere'])(
  'going to %s shows the kept shop',
  async (path) => {
    await keep('shop-1', '/', 'the shop');
    expect(await answer(request(path, { mode: 'navigate' }))).toBe('the shop');
    expect(network).not.toHaveBeenCalled();
  },
);

test('a file of this version comes from what is kept, whatever stands behind its question mark', async () => {
  await keep('shop-1', '/assets/app.js', 'kept');
  expect(await answer(request('/assets/app.js?v=2'))).toBe('kept');
  expect(network).not.toHaveBeenCalled();
});

test('a file of another version that is kept too is not mixed in', async () => {
  await keep('shop-0', '/assets/app.js', 'old');
  expect(await answer(request('/assets/app.js'))).toBe(`network ${origin}/assets/app.js`);
});

test('a file that is asked for anew comes from the network and takes the kept one’s place', async () => {
  await keep('shop-1', '/assets/app.js', 'damaged');
  expect(await answer(request('/assets/app.js', { cache: 'reload' }))).toBe(`network ${origin}/assets/app.js`);
  expect(await answer(request('/assets/app.js'))).toBe(`network ${origin}/assets/app.js`);
});

test('a failure is handed on, and keeps what is kept', async () => {
  await keep('shop-1', '/assets/app.js', 'kept');
  network.mockResolvedValueOnce(new Response('no', { status: 500 }));
  expect(await answer(request('/assets/app.js', { cache: 'reload' }))).toBe('no');
  expect(await answer(request('/assets/app.js'))).toBe('kept');
});

test('a picture is fetched once', async () => {
  expect(await answer(request('/goods/tee-900.webp'))).toBe(`network ${origin}/goods/tee-900.webp`);
  expect(await answer(request('/goods/tee-900.webp'))).toBe(`network ${origin}/goods/tee-900.webp`);
  expect(network).toHaveBeenCalledOnce();
});

test('a picture that is missing is not kept', async () => {
  network.mockResolvedValueOnce(new Response('no', { status: 404 }));
  await answer(request('/goods/tee-900.webp'));
  expect(stored.get('shop-pictures')?.size).toBe(0);
});

test('of more than 400 pictures the longest kept go', async () => {
  for (let n = 0; n < 403; n += 1) await answer(request(`/goods/${n}.webp`));
  const addresses = [...(stored.get('shop-pictures')?.keys() ?? [])];
  expect(addresses).toHaveLength(400);
  expect(addresses[0]).toBe(`${origin}/goods/3.webp`);
});

test.each([
  ['another server’s files', request('https://elsewhere.example/assets/app.js')],
  ['another server’s pages', request('https://elsewhere.example/', { mode: 'navigate' })],
  ['what is sent', request('/assets/app.js', { method: 'POST', body: 'x' })],
  ['files that are no part of the shop', request('/service-worker.js')],
])('%s are left to the browser', (_, asked) => {
  expect(answerFor(asked, kept)).toBeUndefined();
  expect(network).not.toHaveBeenCalled();
});

test('the console and the worker are left to the network, even where the shop would answer', async () => {
  await keep('shop-1', '/', 'the shop');
  for (const path of ['/console/', '/console/assets/index.js', '/v1/stock/tee', '/healthz', '/settings.json']) {
    expect(await answer(request(path, { mode: 'navigate' })), path).toBeUndefined();
    expect(await answer(request(path)), path).toBeUndefined();
  }
});
