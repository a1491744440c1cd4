/** Prices read as people write them, and agree with the engine about the decimals of every currency. */
import { expect, test } from 'vitest';
import { formatPrice, Vitrine } from '../src/index.js';
import { openCornerShop, wasm } from './lib/corner-shop.js';

test.each([
  [{ minor: 1990, currency: 'EUR' }, '€19.90'],
  [{ minor: 2000, currency: 'EUR' }, '€20'],
  [{ minor: 5, currency: 'EUR' }, '€0.05'],
  [{ minor: 0, currency: 'EUR' }, '€0'],
  [{ minor: 123_456_789, currency: 'GBP' }, '£1,234,567.89'],
  [{ minor: 2980, currency: 'JPY' }, '¥2,980'],
  [{ minor: 12_345, currency: 'KWD' }, /12\.345$/],
  [{ minor: 1990, currency: 'XXX' }, '19.90'],
])('in English %o is %s', (money, text) => {
  expect(formatPrice(money, 'en')).toMatch(text);
});

test('in Chinese yuan have their own sign', () => {
  expect(formatPrice({ minor: 29_950, currency: 'CNY' }, 'zh')).toBe('¥299.50');
});

test('three times ten cents are thirty cents', () => {
  expect(formatPrice({ minor: 3 * 10, currency: 'EUR' }, 'en')).toBe('€0.30');
});

test('the largest exact amount keeps its last cent', () => {
  expect(formatPrice({ minor: 9_007_199_254_739, currency: 'EUR' }, 'en')).toBe('€90,071,992,547.39');
});

test('seven of any currency in a feed are seven on the page', async () => {
  const currencies = Intl.supportedValuesOf('currency').filter((currency) => currency !== 'XXX');
  const rows = currencies.map((currency) => JSON.stringify({ id: currency, title: currency, price: `7 ${currency}` }));
  const { pack, report } = await Vitrine.fromFeed(new Blob([rows.join('\n')]), { wasm, format: 'jsonl' });
  expect(report.products).toBeGreaterThan(150);
  const shop = await openCornerShop({ pack });
  for (let offset = 0; offset < report.products; offset += 100) {
    for (const { id, price } of (await shop.products({ offset, limit: 100 })).products) {
      expect(formatPrice(price, 'en').match(/\d[\d.,]*/)?.[0], id).toBe('7');
    }
  }
});
