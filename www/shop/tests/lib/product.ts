/** A product of a feed, for tests that care about a part of it. */
import type { Product } from '@vitrine/storefront';

/** A thing at €10 with what is said about it. */
export const product = (more: Partial<Product> = {}): Product => ({
  id: 'thing',
  title: { en: 'Thing', zh: '' },
  description: { en: '', zh: '' },
  category: [],
  price: { minor: 1000, currency: 'EUR' },
  attributes: [],
  variants: [],
  sizes: [],
  pictures: [],
  availability: { state: 'in_stock' },
  ...more,
});
