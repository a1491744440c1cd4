/** A shop made from a feed is named after its one brand, or after its file without what feeds are called. */
import { expect, test } from 'vitest';
import { idFromFile, nameFromFile, nameOfShop } from '../src/shop/shop-name';

test.each([
  ['corner-books_products-2026.json', 'Corner Books'],
  ['products_export_1.csv', 'Products Export 1'],
  ['harbour.products.json.gz', 'Harbour'],
  ['C:\\feeds\\harbour.csv', 'Harbour'],
  ['/home/me/harbour store.tsv', 'Harbour Store'],
  ['Catalogue (2).xml', 'Catalogue 2'],
  ['google-merchant-feed.xml', 'Google Merchant Feed'],
  ['exported-goods.csv', 'Exported Goods'],
  ['小店.csv', '小店'],
  ['harbour', 'Harbour'],
  ['', ''],
])('%s is “%s”', (file, name) => {
  expect(nameFromFile(file)).toBe(name);
});

test('the brand is the name where every product has the same one', () => {
  expect(nameOfShop(['Kesten', 'Kesten'], 'feed.csv')).toBe('Kesten');
});

test.each([
  ['several brands', ['Kesten', 'Harbour']],
  ['a brand on some products only', ['Kesten', undefined]],
  ['no brand', [undefined, null]],
  ['an empty brand', ['']],
  ['no product', []],
])('with %s the file gives the name', (_, brands) => {
  expect(nameOfShop(brands, 'corner-books.csv')).toBe('Corner Books');
});

test.each([
  ['corner-books_products.json', 'own-corner-books'],
  ['--Ünder & Co!.csv', 'own-nder-co'],
  ['小店.csv', 'own-shop'],
  ['', 'own-shop'],
])('the id for %s is %s', (file, id) => {
  expect(idFromFile(file)).toBe(id);
});

test('an id is always one that packs may have', () => {
  for (const file of ['A', '...csv', 'a__b--c.csv', '100%.json', '-'.repeat(40), 'İstanbul.csv']) {
    expect(idFromFile(file), file).toMatch(/^own(-[a-z0-9]+)+$/);
  }
});
