/** The shop's stock by product and site: filtered, ordered, and how old each source is. */
import type { Frame } from '@vitrine/storefront/live';
import type { StockEntry } from '../api/types';
import { Listing } from './listing';

export type StockOrder = 'sku' | 'site' | 'units' | 'spread' | 'age';

/** How the table is narrowed and ordered. */
export interface StockView {
  text: string;
  site: string;
  /** Only where sources differ. */
  differing: boolean;
  order: StockOrder;
  descending: boolean;
}

export class StockList extends Listing<StockEntry> {
  protected readonly path = 'stock';

  protected keyOf({ sku, site }: StockEntry): string {
    return `${sku} ${site}`;
  }

  protected take({ topic, body }: Frame): StockEntry | undefined {
    return topic === 'stock' ? body : undefined;
  }

  /** Sites where there is stock, in order. */
  get sites(): string[] {
    return [...new Set([...this.entries.values()].map(({ site }) => site))].sort();
  }
}

/** When the freshest source of an entry saw it; 0 where there is none. */
export const seenAt = ({ sources }: StockEntry): number =>
  Math.max(0, ...sources.map(({ observedAt }) => new Date(observedAt).getTime()));

/** The entries that a view shows, in its order; ties by product and site. */
export function viewed(entries: Iterable<StockEntry>, view: StockView): StockEntry[] {
  const text = view.text.trim().toLowerCase();
  const shown = [...entries].filter(
    ({ sku, site, agreed }) =>
      (view.site === '' || site === view.site) &&
      (!view.differing || !agreed) &&
      (sku.toLowerCase().includes(text) || site.toLowerCase().includes(text)),
  );
  const by: Record<StockOrder, (entry: StockEntry) => number | string> = {
    sku: ({ sku }) => sku,
    site: ({ site }) => site,
    units: ({ units }) => units ?? Number.NEGATIVE_INFINITY,
    spread: ({ spread }) => spread,
    age: (entry) => -seenAt(entry),
  };
  const key = by[view.order];
  const sign = view.descending ? -1 : 1;
  return shown.sort((a, b) => sign * compare(key(a), key(b)) || compare(a.sku, b.sku) || compare(a.site, b.site));
}

const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);

export const stock = new StockList();
