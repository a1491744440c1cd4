/** What stands behind the `#` is a page; whatever else stands there is a page that is missing. */
import { expect, test } from 'vitest';
import { addressOf, type Route, routeOf } from '../src/route';

test.each<[string, Exclude<Route, { page: 'missing' }>]>([
  ['#/devices', { page: 'devices' }],
  ['#/devices/shelf-1', { page: 'device', id: 'shelf-1' }],
  ['#/add', { page: 'add' }],
  ['#/stock', { page: 'stock' }],
  ['#/customers', { page: 'customers' }],
  ['#/forecasts', { page: 'forecasts' }],
  ['#/forecasts/tee%23white', { page: 'forecast', sku: 'tee#white' }],
  ['#/dead-letters', { page: 'dead-letters' }],
  ['#/audit', { page: 'audit' }],
  ['#/access', { page: 'access' }],
])('%s leads to its page and back', (address, route) => {
  expect(routeOf(address)).toEqual(route);
  expect(addressOf(route)).toBe(address);
});

test.each(['', '#', '#/', '#devices', '#/devices/'])('%j is where one begins', (address) => {
  expect(routeOf(address)).toEqual({ page: 'devices' });
});

test.each([
  '#/nowhere',
  '#/devices/Shelf',
  '#/devices/a/b',
  '#/devices/%E0%A4',
  '#/stock/tee',
  '#/forecasts/%E0%A4',
  '#/forecasts/a/b',
  '#/constructor',
])('%s is missing', (address) => {
  expect(routeOf(address)).toEqual({ page: 'missing' });
});
