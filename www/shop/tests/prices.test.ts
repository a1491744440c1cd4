/** A basket costs what its lines cost, counted in whole minor units, each currency by itself. */
import type { Money } from '@vitrine/storefront';
import { formatPrice } from '@vitrine/storefront';
import { expect, test } from 'vitest';
import { pricedLine, totalsOf } from '../src/shop/prices';
import { product } from './lib/product';

const euros = (minor: number): Money => ({ minor, currency: 'EUR' });
const line = (quantity: number, sku?: string) => ({ item: 'thing', ...(sku && { sku }), quantity, events: [] });

test('three times ten cents are thirty cents', () => {
  const lines = pricedLine(line(3), product({ price: euros(10) }));
  expect(lines[0]?.all).toEqual(euros(30));
  expect(totalsOf(lines)).toEqual([euros(30)]);
  expect(totalsOf(lines).map((total) => formatPrice(total, 'en'))).toEqual(['€0.30']);
});

test('prices that binary fractions cannot hold add up to the cent', () => {
  const lines = [10, 20, 1990, 1995, 333].flatMap((minor) => pricedLine(line(19), product({ price: euros(minor) })));
  const [total] = totalsOf(lines);
  expect(total).toEqual(euros((10 + 20 + 1990 + 1995 + 333) * 19));
  expect(Number.isInteger(total?.minor)).toBe(true);
});

test('a variant costs its own price where it has one, and is told by its options', () => {
  const variants = [
    { sku: 'S', options: { size: 'S', colour: 'navy' }, availability: { state: 'in_stock' as const } },
    { sku: 'XL', options: { size: 'XL' }, price: euros(1200), availability: { state: 'in_stock' as const } },
  ];
  const shirt = product({ variants });
  expect(pricedLine(line(2, 'S'), shirt)[0]).toMatchObject({ all: euros(2000), variant: 'S · navy' });
  expect(pricedLine(line(2, 'XL'), shirt)[0]).toMatchObject({ all: euros(2400), variant: 'XL' });
});

test('a variant that the catalogue no longer has costs what its product costs', () => {
  expect(pricedLine(line(1, 'gone'), product())[0]).toMatchObject({ all: euros(1000), variant: '' });
});

test('a line whose product is gone costs nothing', () => {
  expect(pricedLine(line(1), undefined)).toEqual([]);
  expect(totalsOf([])).toEqual([]);
});

test('yen and euros are not added up', () => {
  const lines = [
    ...pricedLine(line(2), product({ price: euros(1990) })),
    ...pricedLine(line(1), product({ price: { minor: 2980, currency: 'JPY' } })),
    ...pricedLine(line(1), product({ price: euros(10) })),
  ];
  expect(totalsOf(lines).map((total) => formatPrice(total, 'en'))).toEqual(['€39.90', '¥2,980']);
});
