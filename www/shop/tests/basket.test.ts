/** The basket holds each thing once, between 1 and 20 pieces of it, for each shop apart, as long as the browser lets it. */

import './lib/browser';
import { Kept } from '@vitrine/look/kept';
import { beforeEach, expect, test, vi } from 'vitest';
import { Basket, type Line, mostPieces } from '../src/shop/basket';

import { elsewhere, freshBrowser, storage } from './lib/browser';

const key = 'vitrine-shop:basket:corner';

beforeEach(freshBrowser);

/** A page of the shop with that pack. */
function open(pack = 'corner'): Basket {
  const basket = new Basket(new Kept('vitrine-shop:'));
  basket.open(pack);
  return basket;
}

/** The line at that place. */
function lineAt(basket: Basket, place = 0): Line {
  const line = basket.lines[place];
  if (!line) throw new Error(`There is no line ${place}.`);
  return line;
}

test('the same thing twice is one line of two pieces, with both events', () => {
  const basket = open();
  basket.add('tee', 'M', 'first');
  basket.add('tee', 'M', 'second');
  expect(basket.lines).toEqual([{ item: 'tee', sku: 'M', quantity: 2, events: ['first', 'second'] }]);
});

test('another size is another line, and lines keep their places', () => {
  const basket = open();
  basket.add('tee', 'M', 'a');
  basket.add('tee', 'L', 'b');
  basket.add('mug', undefined, 'c');
  basket.add('tee', 'M', 'd');
  expect(basket.lines.map(({ item, sku, quantity }) => [item, sku, quantity])).toEqual([
    ['tee', 'M', 2],
    ['tee', 'L', 1],
    ['mug', undefined, 1],
  ]);
  expect(basket.pieces).toBe(4);
});

test('of one thing there are never more than twenty', () => {
  const basket = open();
  for (let n = 0; n < 25; n += 1) basket.add('tee', 'M', `e${n}`);
  expect(basket.pieces).toBe(mostPieces);
});

test.each([
  [3, 3],
  [0, 1],
  [-4, 1],
  [2.4, 2],
  [21, 20],
  [1e9, 20],
  [Number.NaN, 1],
  [Number.POSITIVE_INFINITY, 20],
])('%d pieces asked for are %d', (asked, given) => {
  const basket = open();
  basket.add('tee', 'M', 'a');
  basket.change(lineAt(basket), asked);
  expect(basket.pieces).toBe(given);
});

test('a line that was changed meanwhile can still be taken out', () => {
  const basket = open();
  basket.add('tee', 'M', 'a');
  basket.add('mug', undefined, 'b');
  const shown = lineAt(basket);
  basket.change(shown, 5);
  basket.remove(shown);
  expect(basket.lines.map(({ item }) => item)).toEqual(['mug']);
});

test('the next page finds the lines, another shop does not', () => {
  const basket = open();
  basket.add('tee', 'M', 'a');
  expect(open().lines).toEqual(basket.lines);
  expect(open('other').lines).toEqual([]);
});

test('an empty basket leaves nothing in the browser', () => {
  const basket = open();
  basket.add('tee', 'M', 'a');
  expect([...storage.values.keys()]).toEqual([key]);
  basket.clear();
  expect(storage.values.size).toBe(0);
});

test.each([
  ['no JSON', '[{'],
  ['no list', '{"item":"tee"}'],
  ['null', 'null'],
  [
    'lines that make no sense',
    '[null,3,{"item":"tee"},{"item":"tee","quantity":0,"events":[]},{"item":7,"quantity":1,"events":[]}]',
  ],
  ['half a piece', '[{"item":"tee","quantity":0.5,"events":[]}]'],
  ['a thousand pieces', '[{"item":"tee","quantity":1000,"events":[]}]'],
])('where %s was kept the basket is empty', (_, text) => {
  storage.values.set(key, text);
  expect(open().lines).toEqual([]);
});

test('a line that makes sense is kept beside one that does not', () => {
  storage.values.set(key, '[{"item":"tee","quantity":2,"events":["a"]},{"item":"mug","quantity":"2","events":[]}]');
  expect(open().pieces).toBe(2);
});

test('what another tab does is seen here, if it is in the same shop', () => {
  const basket = open();
  const changed = vi.fn();
  basket.addEventListener('change', changed);
  elsewhere('vitrine-shop:basket:other', '[{"item":"tee","quantity":2,"events":[]}]');
  elsewhere('someone-else:basket:corner', '[{"item":"tee","quantity":2,"events":[]}]');
  expect(changed).not.toHaveBeenCalled();
  elsewhere(key, '[{"item":"tee","quantity":2,"events":[]}]');
  expect(basket.pieces).toBe(2);
  elsewhere(key, null);
  expect(basket.pieces).toBe(0);
  expect(changed).toHaveBeenCalledTimes(2);
});

test('where the browser keeps nothing the basket lasts as long as the page', () => {
  storage.refuses = true;
  const basket = open();
  basket.add('tee', 'M', 'a');
  basket.open('corner');
  expect(basket.pieces).toBe(1);
  basket.clear();
  expect(basket.pieces).toBe(0);
  expect(open().pieces).toBe(0);
});
