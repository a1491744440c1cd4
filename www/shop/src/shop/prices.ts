/** What the lines of a basket cost, in whole minor units. */
import type { Money, Product } from '@vitrine/storefront';
import type { Line } from './basket';

/** A line with its product, which a new catalogue may no longer have. */
export interface Priced {
  line: Line;
  product: Product;
  /** Price of all its pieces, at the variant's own price where it has one. */
  all: Money;
  /** The options chosen, as text. */
  variant: string;
}

/** The line with its price; nothing where its product is gone. */
export function pricedLine(line: Line, product: Product | undefined): Priced[] {
  if (!product) return [];
  const variant = product.variants.find(({ sku }) => sku === line.sku);
  const options = Object.values(variant?.options ?? {}).join(' · ');
  const each = variant?.price ?? product.price;
  return [{ line, product, all: { ...each, minor: each.minor * line.quantity }, variant: options }];
}

/** What all lines cost: one sum for each currency, for a feed may have several. */
export function totalsOf(lines: readonly Priced[]): Money[] {
  const sums = new Map<string, number>();
  for (const { all } of lines) sums.set(all.currency, (sums.get(all.currency) ?? 0) + all.minor);
  return [...sums].map(([currency, minor]) => ({ minor, currency }));
}
