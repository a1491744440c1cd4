/** What is kept about a shopper can be seen, taken away and deleted; none of it is sent. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openCornerShop, rejection } from './lib/corner-shop.js';
import { freshProfile, keptEvents, openDatabase } from './lib/profile.js';

beforeEach(freshProfile);
afterEach(() => vi.unstubAllGlobals());

const visit = () => openCornerShop({ session: 'persistent' });

test('the ledger lists every event, where it is kept, and that nothing was sent', async () => {
  const shop = await visit();
  await shop.observe({ kind: 'view', item: 'tee-stripe' });
  await shop.observe({ kind: 'purchase', item: 'jeans-navy' });
  expect(shop.privacy.ledger()).toEqual({
    storage: 'persistent',
    database: 'vitrine:corner-shop',
    kept: await keptEvents().then((kept) => kept.sort((a, b) => (a as { at: number }).at - (b as { at: number }).at)),
    sent: [],
  });
  expect(shop.privacy.ledger().kept).toHaveLength(2);
});

test('the ledger of a session in memory names no database', async () => {
  const shop = await openCornerShop({ session: 'memory' });
  expect(shop.privacy.ledger()).toEqual({ storage: 'memory', kept: [], sent: [] });
});

test('a whole visit sends nothing anywhere', async () => {
  const asked = vi.fn();
  vi.stubGlobal('fetch', asked);
  const shop = await visit();
  await shop.observe({ kind: 'view', item: 'tee-stripe' });
  await shop.recommend();
  await shop.privacy.forget();
  expect(asked).not.toHaveBeenCalled();
});

test('the export is a JSON file that says what it is and holds all that the ledger holds', async () => {
  const shop = await visit();
  await shop.observe({ kind: 'view', item: 'tee-stripe' });
  const file = shop.privacy.export();
  expect(file.type).toBe('application/json');
  expect(JSON.parse(await file.text())).toEqual({
    format: 'vitrine-session',
    version: 1,
    pack: 'corner-shop',
    ...shop.privacy.ledger(),
  });
});

test('forgetting empties session, database and suggestions', async () => {
  const shop = await visit();
  const { items } = await shop.recommend();
  await shop.observe({ kind: 'view', item: 'tee-stripe' });
  expect(await keptEvents()).toHaveLength(1);
  await shop.privacy.forget();
  expect(await keptEvents()).toEqual([]);
  expect(await shop.events()).toEqual([]);
  expect((await shop.recommend()).items).toEqual(items);
});

test('a page that went on in memory still deletes what it kept before', async () => {
  const shop = await visit();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'kept' });
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await shop.observe({ kind: 'view', item: 'tee-navy', id: 'fleeting' });
  full.mockRestore();
  expect(shop.storage).toBe('memory');
  expect(await keptEvents()).toHaveLength(1);
  await shop.privacy.forget();
  expect(await keptEvents()).toEqual([]);
  expect(await shop.events()).toEqual([]);
});

test('where the browser does not let it delete, the page says so instead of that all is gone', async () => {
  const shop = await visit();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'kept' });
  const newer = await openDatabase(2);
  newer.close();
  const problem = await rejection(shop.privacy.forget());
  expect(problem).toMatchObject({ name: 'VitrineError', code: 'storage' });
  expect(shop.privacy.ledger().kept).toHaveLength(1);
});

test('a page that went on in memory still deletes a single event that it kept before', async () => {
  const shop = await visit();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'one' });
  await shop.observe({ kind: 'view', item: 'tee-white', id: 'two' });
  const refusing = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementationOnce(() => {
    throw new DOMException('lost', 'InvalidStateError');
  });
  await shop.remove('one');
  refusing.mockRestore();
  expect(shop.storage).toBe('memory');
  expect(await keptEvents()).toMatchObject([{ id: 'two' }]);
  expect(shop.privacy.ledger().kept).toMatchObject([{ id: 'two' }]);
  await shop.observe({ kind: 'view', item: 'tee-navy', id: 'fleeting' });
  await shop.remove('fleeting');
  await shop.remove('two');
  expect(await keptEvents()).toEqual([]);
});

test('an event that the browser does not let it delete counts no longer, and the page says that it is still there', async () => {
  const shop = await visit();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'kept' });
  (await openDatabase(2)).close();
  await shop.observe({ kind: 'view', item: 'tee-navy', id: 'fleeting' });
  await shop.remove('fleeting');
  expect(await rejection(shop.remove('kept'))).toMatchObject({ name: 'VitrineError', code: 'storage' });
  expect(shop.privacy.ledger().kept).toEqual([]);
  expect((await shop.recommend()).receipt.events).toEqual([]);
  expect(await rejection(shop.remove('kept'))).toMatchObject({ code: 'storage' });
});
