/** What the products of a category can be narrowed by: attributes in which they differ. */
import type { Language, Product, Vitrine } from '@vitrine/storefront';
import { nameOf } from '../words';

/** An attribute with the values that occur. */
export interface Facet {
  key: string;
  values: { name: string; count: number }[];
}

/** Attributes shown first, in this order; the feed's own follow by name. */
const known = ['colour', 'pattern', 'material', 'fit', 'sleeve', 'gender', 'season'];
const mostValues = 24;
const mostFacets = 5;
const pageSize = 100;
const mostPages = 5;

/** The products that facets are counted over: the first 500 of a category. */
export async function productsForFacets(vitrine: Vitrine, category: string[]): Promise<Product[]> {
  const products: Product[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const found = await vitrine.products({ category, offset: page * pageSize, limit: pageSize });
    products.push(...found.products);
    if (products.length >= found.total) break;
  }
  return products;
}

/** The attributes worth narrowing by: more than one value, and few enough to read. Commonest value first. */
export function facetsOf(products: readonly Product[], language: Language): Facet[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { key, value } of products.flatMap(({ attributes }) => attributes)) {
    const values = counts.get(key) ?? new Map<string, number>();
    const name = nameOf(value, language);
    counts.set(key, values.set(name, (values.get(name) ?? 0) + 1));
  }
  const place = (key: string) => (known.includes(key) ? known.indexOf(key) : known.length);
  return [...counts]
    .filter(([, values]) => values.size > 1 && values.size <= mostValues)
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .slice(0, mostFacets)
    .map(([key, values]) => ({
      key,
      values: [...values].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count),
    }));
}
