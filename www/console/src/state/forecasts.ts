/** Products at sites with their forecasts: narrowed, ordered by how soon they run out, and asked for again when stock moves. */
import type { Frame } from '@vitrine/storefront/live';
import type { ForecastEntry } from '../api/forecast-types';
import { Listing } from './listing';

export type ForecastOrder = 'sku' | 'site' | 'units' | 'risk' | 'expected' | 'order';

/** How the table is narrowed and ordered. */
export interface ForecastView {
  text: string;
  site: string;
  order: ForecastOrder;
  descending: boolean;
}

/** Milliseconds from a change of stock to asking again: scales tell in bursts. */
const pause = 1500;

export class ForecastList extends Listing<ForecastEntry> {
  /** Days from ordering until goods can be sold. */
  leadTime = 7;
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected get path(): string {
    return `forecasts?leadTime=${this.leadTime}`;
  }

  protected keyOf({ sku, site }: ForecastEntry): string {
    return `${sku} ${site}`;
  }

  /** The risk is that of the stock of the moment: the worker reckons it anew. */
  protected take({ topic, body }: Frame): undefined {
    if (topic !== 'stock' || !this.entries.has(`${body.sku} ${body.site}`)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), pause);
  }

  setLeadTime(days: number): void {
    this.leadTime = days;
    void this.load();
  }

  /** Sites that have forecasts, in order. */
  get sites(): string[] {
    return [...new Set([...this.entries.values()].map(({ site }) => site))].sort();
  }
}

/** The probability of running out before goods that are ordered now arrive. */
export const riskOf = ({ stock }: ForecastEntry): number | undefined => stock?.runOut[stock.reorder.leadTime - 1];

/** The entries that a view shows, in its order; ties by what runs out first, then by product and site. */
export function viewed(entries: Iterable<ForecastEntry>, view: ForecastView): ForecastEntry[] {
  const text = view.text.trim().toLowerCase();
  const shown = [...entries].filter(
    ({ sku, site }) =>
      (view.site === '' || site === view.site) &&
      (sku.toLowerCase().includes(text) || site.toLowerCase().includes(text)),
  );
  const unknown = Number.NEGATIVE_INFINITY;
  const by: Record<ForecastOrder, (entry: ForecastEntry) => number | string> = {
    sku: ({ sku }) => sku,
    site: ({ site }) => site,
    units: ({ stock }) => stock?.units ?? unknown,
    risk: (entry) => riskOf(entry) ?? unknown,
    expected: ({ expected }) => expected ?? unknown,
    order: ({ stock }) => stock?.reorder.quantity ?? unknown,
  };
  const key = by[view.order];
  const sign = view.descending ? -1 : 1;
  const later = ({ stock }: ForecastEntry) => stock?.outBy ?? '9999';
  return shown.sort(
    (a, b) =>
      sign * compare(key(a), key(b)) || compare(later(a), later(b)) || compare(a.sku, b.sku) || compare(a.site, b.site),
  );
}

const compare = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);

export const forecasts = new ForecastList();
