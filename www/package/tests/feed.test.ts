/** A shop's feed becomes a pack with a report, however it arrives; what cannot be used is told row by row. */
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { type FeedOptions, type ImportedFeed, Vitrine, VitrineError } from '../src/index.js';
import { idsOf, openCornerShop, rejection, wasm } from './lib/corner-shop.js';

const bytesOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../tests/feeds/${name}`, import.meta.url)));
const fileOf = (name: string) => new File([bytesOf(name)], name);
const read = (feed: Blob | ReadableStream<Uint8Array>, options: FeedOptions = {}): Promise<ImportedFeed> =>
  Vitrine.fromFeed(feed, { wasm, created: '2026-01-31', ...options });

/** The bytes in pieces of that many. */
function inPieces(bytes: Uint8Array<ArrayBuffer>, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

test.each([
  ['shopify.json', 'shopify-json', ['harbour-rain-jacket', 'wool-cap'], 4],
  ['shopify-export.csv', 'csv', ['linen-shirt', 'mug'], 1],
  ['google.tsv', 'google-tsv', ['D-1', 'B-7'], 2],
  ['google.xml', 'google-xml', ['MILL', 'BOARD', 'TOWEL'], 0],
  ['fields.jsonl', 'jsonl', ['k1', 'k2', 'wooden-spoon'], 2],
  ['table.csv', 'csv', ['A1', 'A2'], 2],
] as const)('%s becomes a shop, its format told from its content', async (name, format, ids, rejected) => {
  const { pack, report } = await read(fileOf(name), { currency: 'EUR' });
  expect(report).toMatchObject({ format, products: ids.length, rejected });
  expect(report.problems).toHaveLength(rejected);
  const shop = await openCornerShop({ pack });
  expect(await shop.about()).toMatchObject({ id: 'my-shop', items: ids.length, hasRules: false });
  expect(idsOf((await shop.products()).products)).toEqual(ids);
});

test('the name of a file tells its format where its content could be either', async () => {
  const text = '{"products":"kitchen","id":"k1","title":"Kettle","price":"49 EUR"}';
  expect((await read(new File([text], 'kitchen.jsonl'))).report.format).toBe('jsonl');
  expect((await read(new Blob([text]), { fileName: 'kitchen.jsonl' })).report.format).toBe('jsonl');
  expect(await rejection(read(new Blob([text])))).toBeInstanceOf(VitrineError);
});

test('a row that is refused says where, what was found and what was expected, in the language asked for', async () => {
  const { report } = await read(fileOf('google.tsv'));
  expect(report.problems[0]).toMatchObject({ line: 5, item: 'X-1', field: 'price', found: '' });
  expect(report.problems[1]).toMatchObject({ line: 6, item: 'X-2', field: 'availability', found: 'perhaps' });
  expect(report.problems[0]?.message).toMatch(/^Line 5.*1299\.00 EUR/);
  const chinese = await read(fileOf('google.tsv'), { language: 'zh' });
  expect(chinese.report.problems[0]?.message).toMatch(/第 5 行/);
});

test('a click in a shop made from a feed sorts its suggestions by likeness', async () => {
  const rows = Array.from(
    { length: 12 },
    (_, n) =>
      `{"id":"p${n}","title":"${n % 2 ? 'Lamp' : 'Chair'} ${n}","price":"${n + 5} EUR","category":"${n % 2 ? 'Lamps' : 'Chairs'}"}`,
  );
  const shop = await openCornerShop({ pack: (await read(new Blob([rows.join('\n')]))).pack });
  await shop.observe({ kind: 'view', item: 'p9' });
  const [first] = (await shop.recommend()).items;
  expect(first?.product.title.en).toMatch(/^Lamp/);
  expect(first?.reasons).toContainEqual(expect.objectContaining({ source: 'content', item: 'p9' }));
});

test.each([1, 7, 4096])('in pieces of %i bytes a feed makes the very same pack', async (size) => {
  const whole = await read(fileOf('google.xml'));
  const pieces = await read(inPieces(bytesOf('google.xml'), size));
  expect(pieces).toEqual(whole);
});

test('progress grows up to the size of the feed', async () => {
  const bytes = bytesOf('shopify.json');
  const onProgress = vi.fn<NonNullable<FeedOptions['onProgress']>>();
  const { report } = await read(inPieces(bytes, 500), { currency: 'EUR', onProgress });
  const steps = onProgress.mock.calls.map(([progress]) => progress);
  expect(steps.map((step) => step.bytes)).toEqual([500, 1000, 1500, 2000, bytes.length]);
  expect(steps.every((step, n) => n === 0 || step.rows >= (steps[n - 1]?.rows ?? 0))).toBe(true);
  expect(steps.at(-1)?.rows).toBeLessThanOrEqual(report.rows);
});

test('name, date and currency of the pack are those asked for', async () => {
  const { pack } = await read(fileOf('shopify.json'), { id: 'my-lamps', created: '2025-12-24', currency: 'GBP' });
  const shop = await openCornerShop({ pack });
  expect(await shop.about()).toMatchObject({ id: 'my-lamps', created: '2025-12-24', currency: 'GBP' });
});

test('a price whose currency nobody names is refused rather than guessed', async () => {
  const { report } = await read(fileOf('google.xml'));
  expect(report).toMatchObject({ products: 2, rejected: 1 });
  expect(report.problems[0]).toMatchObject({ item: 'BOARD', found: '29.90' });
});

test.each([
  ['an empty file', '', 'empty.csv', /empty/],
  ['a spreadsheet', 'PK\u0003\u0004rest', 'products.xlsx', /CSV in UTF-8/],
  ['a table without titles', 'colour,size\nred,M\n', 'other.csv', /no column for the title/],
])('%s is refused as a whole, with what to do', async (_, text, name, said) => {
  const problem = await rejection(read(new File([text], name)));
  expect(problem).toBeInstanceOf(VitrineError);
  expect(problem).toMatchObject({ message: expect.stringMatching(said), section: undefined });
  expect((problem as VitrineError).code).not.toBe('unknown');
});

test('a file that vanishes while it is read rejects with a VitrineError that keeps the cause', async () => {
  const cause = new DOMException('The file is gone.', 'NotFoundError');
  const feed = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(cause) });
  const problem = await rejection(read(feed));
  expect(problem).toBeInstanceOf(VitrineError);
  expect(problem).toMatchObject({ message: 'The file is gone.', cause });
});

test('a stream whose content is refused is let go of', async () => {
  const cancel = vi.fn();
  const feed = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('PK\u0003\u0004'.padEnd(5000, 'x'))),
    cancel,
  });
  expect(await rejection(read(feed, { fileName: 'products.xlsx' }))).toBeInstanceOf(VitrineError);
  expect(cancel).toHaveBeenCalledOnce();
});
