/** The catalogue of an open shop: pages of products, single ones, and the tree of categories. */
import { expect, test } from 'vitest';
import { idsOf, openCornerShop } from './lib/corner-shop.js';

test('pages follow each other without a gap or a double', async () => {
  const shop = await openCornerShop();
  const pages = await Promise.all([0, 10, 20].map((offset) => shop.products({ offset, limit: 10 })));
  expect(pages.map(({ total }) => total)).toEqual([24, 24, 24]);
  const ids = pages.flatMap(({ products }) => idsOf(products));
  expect(new Set(ids).size).toBe(24);
  expect(ids).toHaveLength(24);
});

test('products are sorted by price, and by title in the language of the shop', async () => {
  const shop = await openCornerShop({ language: 'en' });
  const prices = (await shop.products({ sort: 'price-ascending' })).products.map(({ price }) => price.minor);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
  for (const language of ['en', 'zh'] as const) {
    shop.language = language;
    const titles = (await shop.products({ sort: 'title' })).products.map(({ title }) => title[language].toLowerCase());
    expect(titles, language).toEqual([...titles].sort());
  }
});

test('a product is found by its id, and is whole', async () => {
  const shop = await openCornerShop();
  const jeans = await shop.product('jeans-navy');
  expect(jeans).toMatchObject({
    title: { en: 'Straight jeans', zh: expect.any(String) },
    price: { minor: 8900, currency: 'EUR' },
    compareAt: { minor: 9900, currency: 'EUR' },
    availability: { state: 'in_stock' },
  });
  expect(jeans?.category.map(({ key }) => key)).toEqual(['bottoms', 'jeans']);
  expect(jeans?.variants).toHaveLength(3);
});

test('what a product does not have is absent, as its type says', async () => {
  const shop = await openCornerShop();
  const tee = await shop.product('tee-navy');
  expect(tee?.compareAt).toBeUndefined();
  expect(tee?.link).toBeUndefined();
});

test('an id that the pack does not hold is no product and no error', async () => {
  const shop = await openCornerShop();
  expect(await shop.product('no-such-thing')).toBeUndefined();
});

test('products asked for by their ids come in that order', async () => {
  const shop = await openCornerShop();
  const ids = ['scarf-rust', 'tee-rust', 'jeans-navy'];
  expect(idsOf((await shop.products({ ids })).products)).toEqual(ids);
});

test('each category counts what is in it and below it', async () => {
  const shop = await openCornerShop();
  const tree = await shop.categories();
  expect(tree.map(({ key, count }) => [key, count])).toEqual([
    ['tops', 10],
    ['bottoms', 6],
    ['outer', 5],
    ['extras', 3],
  ]);
  for (const { key, count, children } of tree) {
    expect(children.reduce((sum, child) => sum + child.count, 0)).toBe(count);
    for (const child of children) {
      expect((await shop.products({ category: [key, child.key] })).total).toBe(child.count);
    }
  }
});
