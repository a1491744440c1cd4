/** A category can be narrowed by what its products differ in, the commonest value first; its path leads into the tree. */
import type { CategoryNode, Product } from '@vitrine/storefront';
import { expect, test } from 'vitest';
import { nodesAlong } from '../src/shop/categories';
import { facetsOf } from '../src/shop/facets';
import { product } from './lib/product';

/** A product with attributes, each in English or in both languages. */
const thing = (attributes: Record<string, string | { en: string; zh: string }>): Product =>
  product({
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { en: value, zh: '' } : value,
    })),
  });

test('values are counted, the commonest first', () => {
  const products = ['ecru', 'rust', 'navy', 'navy', 'rust', 'navy'].map((colour) => thing({ colour }));
  expect(facetsOf(products, 'en')).toEqual([
    {
      key: 'colour',
      values: [
        { name: 'navy', count: 3 },
        { name: 'rust', count: 2 },
        { name: 'ecru', count: 1 },
      ],
    },
  ]);
});

test('what all products have in common narrows nothing and is no facet', () => {
  const products = [thing({ colour: 'navy', material: 'wool' }), thing({ colour: 'rust', material: 'wool' })];
  expect(facetsOf(products, 'en').map(({ key }) => key)).toEqual(['colour']);
});

test('24 values can be read, 25 cannot', () => {
  const shades = (count: number) => Array.from({ length: count }, (_, n) => thing({ colour: `shade ${n}` }));
  expect(facetsOf(shades(24), 'en')[0]?.values).toHaveLength(24);
  expect(facetsOf(shades(25), 'en')).toEqual([]);
});

test('the common attributes come first in their order, the feed’s own by name, five in all', () => {
  const keys = ['zip', 'material', 'age', 'pattern', 'colour', 'lining'];
  const products = ['a', 'b'].map((value) => thing(Object.fromEntries(keys.map((key) => [key, value]))));
  expect(facetsOf(products, 'en').map(({ key }) => key)).toEqual(['colour', 'pattern', 'material', 'age', 'lining']);
});

test('values are named in the language of the page, or in the other where that is missing', () => {
  const products = [thing({ colour: { en: 'navy', zh: '藏青' } }), thing({ colour: 'rust' })];
  expect(facetsOf(products, 'zh')[0]?.values.map(({ name }) => name)).toEqual(['藏青', 'rust']);
});

test('no products have no facets', () => {
  expect(facetsOf([], 'en')).toEqual([]);
});

const node = (key: string, children: CategoryNode[] = []): CategoryNode => ({
  key,
  name: { en: key, zh: '' },
  count: 1,
  children,
});
const tree = [node('women', [node('tops', [node('tees')]), node('coats')]), node('men', [node('tops')])];

test('a path gives every node along it, from the root', () => {
  expect(nodesAlong(tree, ['women', 'tops', 'tees'])?.map(({ key }) => key)).toEqual(['women', 'tops', 'tees']);
  expect(nodesAlong(tree, ['men', 'tops'])?.at(-1)?.children).toEqual([]);
  expect(nodesAlong(tree, [])).toEqual([]);
});

test.each([[['children']], [['women', 'tees']], [['men', 'tops', 'tees']], [['']]])('%j leads nowhere', (path) => {
  expect(nodesAlong(tree, path)).toBeUndefined();
});
