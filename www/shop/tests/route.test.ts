/** An address is a page and a page an address; whatever else stands in the address bar is a page that is missing. */
import { expect, test } from 'vitest';
import {
  addressOf,
  categoryAddress,
  isOfShop,
  plainView,
  productAddress,
  type Route,
  routeOf,
  type View,
} from '../src/route';

const at = (address: string) => routeOf(new URL(address, 'https://shop.example'));
const category = (path: string[], view: Partial<View> = {}): Exclude<Route, { page: 'missing' }> => ({
  page: 'category',
  path,
  view: { ...plainView, ...view },
});

test.each<[string, Exclude<Route, { page: 'missing' }>]>([
  ['/', { page: 'home' }],
  ['/basket', { page: 'basket' }],
  ['/privacy', { page: 'privacy' }],
  ['/your-shop', { page: 'your-shop' }],
  ['/item/denim-jacket', { page: 'product', id: 'denim-jacket' }],
  ['/item/a%2Fb%3Fc%23d%25', { page: 'product', id: 'a/b?c#d%' }],
  ['/all', category([])],
  ['/all/tops/tees', category(['tops', 'tees'])],
  ['/all/%E5%A5%B3%E8%A3%85', category(['女装'])],
  ['/all/tops?sort=price-ascending', category(['tops'], { sort: 'price-ascending' })],
  ['/all?in-stock=&pages=3', category([], { inStock: true, pages: 3 })],
  [
    '/all?by.colour=navy&by.colour=off-white+%26+co',
    category([], { attributes: { colour: ['navy', 'off-white & co'] } }),
  ],
])('%s leads to its page and back', (address, route) => {
  expect(at(address)).toEqual(route);
  expect(addressOf(route)).toBe(address);
});

test.each(['back stitch', '100 % cotton', 'a&b=c', '#1', '+1', 'ünïcode', '衣服', '__proto__', 'constructor', "it's"])(
  'a key like “%s” comes back from the address as it was',
  (key) => {
    const route = category([key], { attributes: Object.fromEntries([[key, [key, 'other']]]) });
    expect(at(addressOf(route))).toEqual(route);
    expect(at(productAddress(key))).toEqual({ page: 'product', id: key });
  },
);

test.each([
  '/nowhere',
  '/item',
  '/item/a/b',
  '/basket/more',
  '/all/%E0%A4%A',
  '/%',
  '/constructor',
  '/toString',
  '/__proto__',
  '/hasOwnProperty',
])('%s is missing', (address) => {
  expect(at(address)).toEqual({ page: 'missing' });
});

test('slashes too many do not matter', () => {
  expect(at('//shop.example//all//tops/')).toEqual(category(['tops']));
  expect(at('/basket/')).toEqual({ page: 'basket' });
});

test.each([
  ['sort=cheapest', {}],
  ['sort=featured', {}],
  ['pages=0', {}],
  ['pages=-3', {}],
  ['pages=2.5', {}],
  ['pages=101', {}],
  ['pages=many', {}],
  ['pages=100', { pages: 100 }],
  ['by.=navy', {}],
  ['colour=navy', {}],
  ['utm_source=letter', {}],
  ['in-stock', { inStock: true }],
])('of “?%s” only what makes sense is taken', (search, view) => {
  expect(at(`/all?${search}`)).toEqual(category([], view));
});

test('an attribute named like a part of every object is an attribute like any other', () => {
  const route = at('/all?by.constructor=x&by.__proto__=y&by.toString=z');
  const attributes = route.page === 'category' ? Object.entries(route.view.attributes) : [];
  expect(attributes).toEqual([
    ['constructor', ['x']],
    ['__proto__', ['y']],
    ['toString', ['z']],
  ]);
});

test('a category first opens in the shop’s own order, with nothing narrowed', () => {
  expect(categoryAddress(['tops', 'a b'])).toBe('/all/tops/a%20b');
  expect(at(categoryAddress([]))).toEqual(category([]));
});

test.each(['/v1/stock/tee', '/console', '/console/', '/healthz', '/metrics', '/openapi.json', '/settings.json'])(
  '%s is not the shop’s',
  (path) => {
    expect(isOfShop(path)).toBe(false);
  },
);

test.each(['/', '/item/console', '/consoles', '/v1x', '/all/v1', '/settings.jsonl'])('%s is the shop’s', (path) => {
  expect(isOfShop(path)).toBe(true);
});
