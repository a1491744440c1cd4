/** The stock of the products somebody looks at: asked for once, and kept up by what the connection tells. */
import type { Frame, LiveEvent, Stock, StockEntry } from './types.js';

/** Called with the stock, or with `undefined` where it is not known or no longer sure. */
export type StockListener = (stock: Stock | undefined) => void;

/** Milliseconds without a connection after which what was heard last is no longer shown. */
const trust = 60_000;

interface Site {
  entry: StockEntry;
  /** Told by the connection, which is never behind what the database answers. */
  told: boolean;
}

interface Watched {
  listeners: Set<StockListener>;
  sites: Map<string, Site>;
  /** Whether the worker has answered since the last reset. */
  answered: boolean;
  /** The question that is open; an answer to an older one is not taken. */
  asking: object | undefined;
}

/** Stock by product. */
export class StockDesk {
  readonly #watched = new Map<string, Watched>();
  #doubt: ReturnType<typeof setTimeout> | undefined;
  #trusted = true;

  /** `ask` gives all entries of a product, and rejects where the worker does not answer. */
  constructor(private readonly ask: (sku: string) => Promise<readonly StockEntry[]>) {}

  /** `recent` is what was told in the last seconds, oldest first. */
  watch(sku: string, listener: StockListener, recent: readonly Frame[] = []): () => void {
    const watched = this.#watched.get(sku) ?? this.#begin(sku, recent);
    watched.listeners.add(listener);
    if (watched.answered && this.#trusted) listener(stockOf(watched));
    void this.#refresh(sku, watched);
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0 && this.#watched.get(sku) === watched) this.#watched.delete(sku);
    };
  }

  /** Takes up what the connection tells. */
  hear(event: LiveEvent): void {
    if (event.what === 'frame' && event.frame.topic === 'stock') this.#told(event.frame.body);
    if (event.what === 'reset') this.#startOver();
    if (event.what === 'state') this.#judge(event.state === 'open');
  }

  #begin(sku: string, recent: readonly Frame[]): Watched {
    const watched: Watched = { listeners: new Set(), sites: new Map(), answered: false, asking: undefined };
    for (const { topic, body } of recent) {
      if (topic === 'stock' && body.sku === sku) watched.sites.set(body.site, { entry: body, told: true });
    }
    this.#watched.set(sku, watched);
    return watched;
  }

  async #refresh(sku: string, watched: Watched): Promise<void> {
    if (watched.asking || watched.answered) return;
    const question = {};
    watched.asking = question;
    try {
      const entries = await this.ask(sku);
      if (watched.asking !== question) return;
      for (const entry of entries) {
        if (!watched.sites.get(entry.site)?.told) watched.sites.set(entry.site, { entry, told: false });
      }
      watched.answered = true;
      this.#show(watched);
    } catch {
      // Not reachable, or the key does not hold: asked again when the connection is there.
    } finally {
      if (watched.asking === question) watched.asking = undefined;
    }
  }

  #told(entry: StockEntry): void {
    const watched = this.#watched.get(entry.sku);
    if (!watched) return;
    watched.sites.set(entry.site, { entry, told: true });
    if (watched.answered) this.#show(watched);
  }

  #startOver(): void {
    for (const [sku, watched] of this.#watched) {
      for (const site of watched.sites.values()) site.told = false;
      watched.answered = false;
      watched.asking = undefined;
      void this.#refresh(sku, watched);
    }
  }

  #judge(open: boolean): void {
    if (!open) {
      this.#doubt ??= setTimeout(() => {
        this.#trusted = false;
        for (const { listeners } of this.#watched.values()) for (const listener of listeners) listener(undefined);
      }, trust);
      return;
    }
    clearTimeout(this.#doubt);
    this.#doubt = undefined;
    this.#trusted = true;
    for (const [sku, watched] of this.#watched) {
      if (watched.answered) this.#show(watched);
      else void this.#refresh(sku, watched);
    }
  }

  #show(watched: Watched): void {
    if (!this.#trusted) return;
    const stock = stockOf(watched);
    for (const listener of watched.listeners) listener(stock);
  }

  /** Nobody watches any more. */
  rest(): void {
    clearTimeout(this.#doubt);
    this.#doubt = undefined;
    this.#trusted = true;
  }
}

/** All sites together. */
function stockOf({ sites }: Watched): Stock {
  const entries = [...sites.values()].map(({ entry }) => entry);
  const known = entries.flatMap(({ units }) => (units === undefined ? [] : [Math.max(0, units)]));
  return { units: known.length > 0 ? known.reduce((all, units) => all + units, 0) : undefined, sites: entries };
}
