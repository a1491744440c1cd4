/** A shop opens from a pack in memory or from the folder it is published in, with the module in any of its forms. */
import { afterEach, expect, test, vi } from 'vitest';
import { VitrineError } from '../src/index.js';
import { openCornerShop, packFile, rejection, wasm } from './lib/corner-shop.js';

afterEach(() => vi.unstubAllGlobals());

/** Serves the pack's folder at https://shop.example/packs/corner/ and lists what was asked for. */
function serve(change: (file: string) => Response | undefined = () => undefined) {
  const asked: { address: string; cache: RequestCache | undefined }[] = [];
  vi.stubGlobal('fetch', async (address: string | URL, options?: RequestInit) => {
    const { href, pathname } = new URL(address);
    asked.push({ address: href, cache: options?.cache });
    const file = pathname.replace('/packs/corner/', '');
    return change(file) ?? new Response(packFile(file));
  });
  return asked;
}

test('a pack in memory opens without asking any server', async () => {
  const asked = serve();
  const shop = await openCornerShop();
  const about = await shop.about();
  expect(about).toMatchObject({ id: 'corner-shop', items: 24, currency: 'EUR', hasRules: true, simulated: false });
  expect(about.languages).toEqual(['en', 'zh']);
  expect(asked).toEqual([]);
});

test.each(['https://shop.example/packs/corner/', 'https://shop.example/packs/corner'])(
  '%s opens as a folder',
  async (pack) => {
    const asked = serve();
    const shop = await openCornerShop({ pack });
    expect((await shop.about()).items).toBe(24);
    expect(asked[0]).toEqual({ address: 'https://shop.example/packs/corner/manifest.json', cache: 'no-cache' });
    expect(asked.slice(1).map(({ cache }) => cache)).toEqual(['default', 'default', 'default']);
  },
);

test('an address that starts nowhere is refused where there is no page to start from', async () => {
  const problem = await rejection(openCornerShop({ pack: '/packs/corner/' }));
  expect(problem).toBeInstanceOf(VitrineError);
  expect(problem).toMatchObject({ code: 'pack-missing', message: expect.stringContaining('whole address') });
});

test('a section that the server does not have is named, with its address', async () => {
  serve((file) => (file.startsWith('rules') ? new Response('gone', { status: 404 }) : undefined));
  const problem = await rejection(openCornerShop({ pack: 'https://shop.example/packs/corner/' }));
  expect(problem).toMatchObject({ name: 'VitrineError', code: 'pack-missing', section: 'rules' });
  expect(String(problem)).toMatch(/https:\/\/shop\.example\/packs\/corner\/rules\.\w+\.bin: the server says 404/);
});

test('no connection is an error of the pack, not a bare one of the network', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')));
  const problem = await rejection(openCornerShop({ pack: new URL('https://shop.example/packs/corner/') }));
  expect(problem).toMatchObject({ name: 'VitrineError', code: 'pack-missing' });
  expect(String(problem)).toContain('Failed to fetch');
});

test.each([
  ['no JSON', '<!doctype html>'],
  ['no list of sections', '{"sections": 3}'],
  ['a file name that leads out of the folder', '{"sections": [{"name": "rules", "file": "../secret"}]}'],
])('a manifest with %s is refused before anything else is loaded', async (_, text) => {
  const asked = serve((file) => (file === 'manifest.json' ? new Response(text) : undefined));
  const problem = await rejection(openCornerShop({ pack: 'https://shop.example/packs/corner/' }));
  expect(problem).toMatchObject({ name: 'VitrineError', code: 'pack-manifest' });
  expect(asked).toHaveLength(1);
});

test.each<[string, () => NonNullable<Parameters<typeof openCornerShop>[0]>['wasm']]>([
  ['its bytes', () => wasm],
  ['a buffer', () => wasm.slice().buffer],
  ['a compiled module', () => new WebAssembly.Module(wasm)],
  ['a promise', () => Promise.resolve(wasm)],
  ['a response', () => new Response(wasm, { headers: { 'content-type': 'application/wasm' } })],
  ['a response of no particular type', () => new Response(wasm)],
])('the module may be given as %s', async (_, source) => {
  const given = source();
  const shop = await openCornerShop({ ...(given !== undefined && { wasm: given }) });
  expect((await shop.recommend({ limit: 1 })).items).toHaveLength(1);
});

test.each<[string, () => NonNullable<Parameters<typeof openCornerShop>[0]>['wasm'], RegExp]>([
  ['a response that says it is missing', () => new Response('', { status: 404 }), /the server says 404/],
  ['half of its bytes', () => wasm.slice(0, wasm.length / 2), /wasm-unsafe-eval/],
])('%s is no module, and the error says what to do', async (_, source, said) => {
  const given = source();
  const problem = await rejection(openCornerShop({ ...(given !== undefined && { wasm: given }) }));
  expect(problem).toMatchObject({ name: 'VitrineError', code: 'wasm', message: expect.stringMatching(said) });
});

test('whatever a promised module fails with becomes a VitrineError that keeps its cause', async () => {
  const cause = new RangeError('no such file');
  const problem = await rejection(openCornerShop({ wasm: Promise.reject(cause) }));
  expect(problem).toBeInstanceOf(VitrineError);
  expect(problem).toMatchObject({ message: 'no such file', cause });
});
