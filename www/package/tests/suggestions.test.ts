/** Suggestions follow every click, say which part of a score comes from which, and can do without any of them. */
import { expect, test } from 'vitest';
import type { Recommendation } from '../src/index.js';
import { idsOf, openCornerShop } from './lib/corner-shop.js';

const sum = ({ reasons }: Recommendation) => reasons.reduce((total, { amount }) => total + amount, 0);
const clicks = ['tee-stripe', 'shirt-linen', 'coat-check'];

test('a click changes the list, and the first suggestion names it as its reason', async () => {
  const shop = await openCornerShop();
  const before = await shop.recommend();
  const { id } = await shop.observe({ kind: 'view', item: 'tee-stripe' });
  const after = await shop.recommend();
  expect(idsOf(after.items)).not.toEqual(idsOf(before.items));
  expect(after.receipt.events).toEqual([id]);
  const [first] = after.items;
  expect(first?.reasons[0]).toMatchObject({ event: id, item: 'tee-stripe', kind: 'view' });
  expect(first?.reasons[0]?.sentence).toContain('Breton tee');
});

test('each suggestion brings its product', async () => {
  const shop = await openCornerShop();
  const { items } = await shop.recommend({ limit: 100 });
  expect(items.length).toBeGreaterThan(15);
  for (const { id, product } of items) expect(product).toEqual(await shop.product(id));
});

test('the parts of every score add up to it exactly', async () => {
  const shop = await openCornerShop();
  for (const item of clicks) await shop.observe({ kind: 'view', item });
  await shop.observe({ kind: 'cart', item: 'jeans-navy' });
  for (const scenario of ['home', 'basket'] as const) {
    const { items } = await shop.recommend({ scenario, limit: 100, boost: [{ match: { brands: ['Fold'] }, by: 0.3 }] });
    expect(items.length).toBeGreaterThan(5);
    for (const item of items) expect(sum(item), item.id).toBe(item.score);
  }
});

test('without a click the list is the one that would have been, and the click stays', async () => {
  const shop = await openCornerShop();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'first', at: 1000 });
  const { items } = await shop.recommend();
  await shop.observe({ kind: 'view', item: 'coat-check', id: 'second', at: 2000 });
  expect((await shop.recommend()).items).not.toEqual(items);
  const less = await shop.recommend({ without: ['second'] });
  expect(less.items).toEqual(items);
  expect(less.receipt).toMatchObject({ events: ['first'], without: ['second'] });
  expect(idsOf(await shop.events())).toEqual(['first', 'second']);
});

test('a click that is removed leaves no trace in the list', async () => {
  const shop = await openCornerShop();
  const { items } = await shop.recommend();
  await shop.observe({ kind: 'view', item: 'tee-stripe', id: 'click' });
  expect((await shop.recommend()).items).not.toEqual(items);
  await shop.remove('click');
  expect((await shop.recommend()).items).toEqual(items);
});

test('two requests at once around a click are each answered for their own moment', async () => {
  const shop = await openCornerShop();
  const early = shop.recommend();
  await shop.observe({ kind: 'view', item: 'tee-stripe' });
  const late = shop.recommend();
  expect((await early).receipt.events).toEqual([]);
  expect((await late).receipt.events).toHaveLength(1);
});

test('filters reach the engine, and the receipt counts what they left out', async () => {
  const shop = await openCornerShop();
  const filter = {
    category: ['tops'],
    price: { max: 6000 },
    attributes: { colour: ['白色', 'navy'] },
    exclude: ['tee-navy'],
  };
  const { items, receipt } = await shop.recommend({ limit: 100, filter });
  expect(idsOf(items).sort()).toEqual(['shirt-white', 'tee-stripe', 'tee-white']);
  expect(receipt.filtered).toMatchObject({
    stock: 2,
    category: expect.any(Number),
    price: expect.any(Number),
    exclude: 1,
  });
});

test('what is sold out is suggested only where the shop wants it', async () => {
  const shop = await openCornerShop();
  const available = idsOf((await shop.recommend({ limit: 100 })).items);
  const all = idsOf((await shop.recommend({ limit: 100, filter: { inStock: false } })).items);
  expect(available).not.toContain('tee-rust');
  expect(all.filter((id) => !available.includes(id)).sort()).toEqual(['coat-black', 'tee-rust']);
});

test('what was bought is not suggested again', async () => {
  const shop = await openCornerShop();
  await shop.observe({ kind: 'purchase', item: 'jeans-navy' });
  expect(idsOf((await shop.recommend({ limit: 100 })).items)).not.toContain('jeans-navy');
  const again = await shop.recommend({ limit: 100, filter: { bought: true } });
  expect(idsOf(again.items)).toContain('jeans-navy');
});

test('a boost lifts what it is for, as a part of the score with the shop’s own words', async () => {
  const shop = await openCornerShop();
  const label = { en: 'Woven next door.', zh: '隔壁织造。' };
  const boost = [{ match: { attributes: { material: ['linen'] } }, by: 1, label }];
  const place = async (request = {}) =>
    idsOf((await shop.recommend({ limit: 100, ...request })).items).indexOf('trousers-linen');
  expect(await place({ boost })).toBeLessThan(await place());
  const { items } = await shop.recommend({ limit: 100, boost, language: 'zh' });
  const boosted = items.filter(({ reasons }) => reasons.some(({ sentence }) => sentence === label.zh));
  expect(boosted.length).toBeGreaterThan(2);
  for (const { product } of boosted) {
    expect(product.attributes).toContainEqual(expect.objectContaining({ value: { en: 'linen', zh: '亚麻' } }));
  }
});

test('the language of the shop is the language of the reasons, unless a request names one', async () => {
  const shop = await openCornerShop({ language: 'zh' });
  const sentence = async (request = {}) =>
    (await shop.recommend({ limit: 1, ...request })).items[0]?.reasons[0]?.sentence;
  expect(await sentence()).toMatch(/顾客/);
  expect(await sentence({ language: 'en' })).toMatch(/shoppers/);
  shop.language = 'en';
  expect(await sentence()).toMatch(/shoppers/);
});
