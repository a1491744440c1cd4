/** What is filled in becomes the device that the worker takes, or names each field that is wrong. */
import { expect, test } from 'vitest';
import { deviceOf, type Fields } from '../src/state/new-device';

const scale: Fields = { id: 'shelf-1', kind: 'scale', site: 'harbour', sku: 'tee-navy', unitGrams: '180' };
const wrongIn = (fields: Fields) => {
  const found = deviceOf(fields);
  return 'wrong' in found ? found.wrong.map(({ field, why }) => `${field} ${why}`) : [];
};

test('a scale has its product and weights; a decimal comma is a point; what is left out is not sent', () => {
  expect(deviceOf({ ...scale, unitGrams: '180,5', tareGrams: '', noiseGrams: ' 2 ', name: '  ' })).toEqual({
    device: {
      id: 'shelf-1',
      kind: 'scale',
      site: 'harbour',
      sku: 'tee-navy',
      config: { unitGrams: 180.5, noiseGrams: 2 },
      ordering: 'sequence',
      key: { algorithm: 'v1' },
    },
  });
});

test('the fields of another kind are not sent', () => {
  expect(deviceOf({ ...scale, kind: 'vehicle', ordering: 'time', publicKey: 'whpk_x' })).toEqual({
    device: { id: 'shelf-1', kind: 'vehicle', site: 'harbour', ordering: 'time', key: { algorithm: 'v1' } },
  });
});

test('a reader has its tags, a line each', () => {
  const tags = '04012345678901 tee-navy\n\n 04012345678918=tee-white ';
  expect(deviceOf({ ...scale, kind: 'rfid', tags })).toMatchObject({
    device: { config: { tags: { '04012345678901': 'tee-navy', '04012345678918': 'tee-white' } } },
  });
});

test('limits below zero are temperatures like others', () => {
  expect(deviceOf({ ...scale, kind: 'cold-chain', minCelsius: '-22', maxCelsius: '-18' })).toMatchObject({
    device: { config: { minCelsius: -22, maxCelsius: -18 } },
  });
});

test.each<[string, Fields, string[]]>([
  ['an empty form', {}, ['id wrong.id', 'site wrong.id', 'unitGrams wrong.needed', 'sku wrong.sku']],
  ['capitals in an id', { ...scale, id: 'Shelf' }, ['id wrong.id']],
  ['an id that is too long', { ...scale, id: 'a'.repeat(64) }, ['id wrong.id']],
  ['a weight of nothing', { ...scale, unitGrams: '0' }, ['unitGrams wrong.positive']],
  ['a weight in words', { ...scale, unitGrams: 'heavy' }, ['unitGrams wrong.number']],
  ['a tare below nothing', { ...scale, tareGrams: '-1' }, ['tareGrams wrong.negative']],
  ['a product with a slash', { ...scale, sku: 'tee/navy' }, ['sku wrong.sku']],
  ['a GTIN that is too short', { ...scale, kind: 'rfid', tags: '4012345678901 tee' }, ['tags wrong.tags']],
  ['limits that cross', { ...scale, kind: 'cold-chain', minCelsius: '6', maxCelsius: '2' }, ['maxCelsius wrong.range']],
  ['half a public key', { ...scale, algorithm: 'v1a', publicKey: 'whpk_abc' }, ['publicKey wrong.publicKey']],
])('%s is named', (_, fields, wrong) => {
  expect(wrongIn(fields)).toEqual(wrong);
});
