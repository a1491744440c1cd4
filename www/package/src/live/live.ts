/** `Live`: what changes in the shop, as it changes. */
import { VitrineError } from '../error.js';
import { workerAddress } from '../worker-address.js';
import type { Surroundings } from './connection.js';
import { StockDesk, type StockListener } from './stock.js';
import { Tabs } from './tabs.js';
import type { LiveEvent, LiveListener, LiveState, StockEntry } from './types.js';

/** How to reach the worker. */
export interface LiveOptions {
  /** Where it is: `/` where it serves the page itself, else its address. */
  worker: string | URL;
  /** The shop's publishable storefront key, or an access token. */
  key: string;
  /** @internal */
  around?: Surroundings;
}

/** Milliseconds for which the connection is kept when nobody listens any more, as between two pages of a shop. */
const linger = 5_000;

/**
 * One connection for each worker and key, shared by all tabs of the browser, open while somebody listens.
 *
 * ```ts
 * const live = Live.open({ worker: '/', key: 'vsk_…' });
 * const stop = live.watchStock('jacket-denim', (stock) => console.log(stock?.units));
 * ```
 */
export class Live {
  readonly #base: URL;
  readonly #key: string;
  readonly #tabs: Tabs;
  readonly #listeners = new Set<LiveListener>();
  readonly #stock = new StockDesk((sku) => this.#ask(sku));
  #state: LiveState = 'idle';
  #running = false;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  private constructor({ worker, key, around }: LiveOptions) {
    const address = workerAddress(worker);
    if (!address)
      throw new VitrineError('worker', `"${worker}" is no address of a worker. Give "/" or an https address.`);
    this.#base = address;
    this.#key = key;
    const socket = new URL('v1/live', address);
    socket.protocol = socket.protocol === 'http:' ? 'ws:' : 'wss:';
    this.#tabs = new Tabs(
      `vitrine-live:${hashOf(`${address} ${key}`)}`,
      socket.href,
      key,
      {
        frame: (frame) => this.#tell({ what: 'frame', frame }),
        reset: () => this.#tell({ what: 'reset' }),
        state: (state) => {
          this.#state = state;
          this.#tell({ what: 'state', state });
        },
      },
      around,
    );
  }

  /** Makes ready to connect; nothing is sent before somebody listens. Throws where the address is none. */
  static open(options: LiveOptions): Live {
    return new Live(options);
  }

  /** How the connection is. */
  get state(): LiveState {
    return this.#state;
  }

  /**
   * Calls `listener` for all that is told, until the function that is given back is called; at once for what was told in
   * the last seconds, since the worker's database may not have it yet.
   */
  subscribe(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    this.#join();
    for (const frame of this.#tabs.recent) listener({ what: 'frame', frame });
    return () => {
      this.#listeners.delete(listener);
      this.#part();
    };
  }

  /** Calls `listener` with a product's stock now, and whenever it changes, until the function that is given back is called. */
  watchStock(sku: string, listener: StockListener): () => void {
    const stopHearing = this.subscribe(() => {});
    const stopWatching = this.#stock.watch(sku, listener, this.#tabs.recent);
    return () => {
      stopWatching();
      stopHearing();
    };
  }

  /** Ends the connection. */
  close(): void {
    this.#listeners.clear();
    this.#stop();
  }

  async #ask(sku: string): Promise<readonly StockEntry[]> {
    const response = await fetch(new URL(`v1/stock/${encodeURIComponent(sku)}`, this.#base), {
      headers: { authorization: `Bearer ${this.#key}` },
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 404) return [];
    if (!response.ok) throw new VitrineError('network', `The worker answers ${response.status}.`);
    const { items } = (await response.json()) as { items: StockEntry[] };
    return items;
  }

  #join(): void {
    clearTimeout(this.#leaving);
    if (this.#running) return;
    this.#running = true;
    globalThis.addEventListener?.('pagehide', this.#hide);
    globalThis.addEventListener?.('pageshow', this.#show);
    this.#tabs.start();
  }

  #part(): void {
    if (this.#listeners.size > 0 || !this.#running) return;
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.#stop(), linger);
  }

  #stop(): void {
    clearTimeout(this.#leaving);
    if (!this.#running) return;
    this.#running = false;
    globalThis.removeEventListener?.('pagehide', this.#hide);
    globalThis.removeEventListener?.('pageshow', this.#show);
    this.#tabs.stop();
    this.#stock.rest();
  }

  #tell(event: LiveEvent): void {
    this.#stock.hear(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  // A page in the browser's cache for going back must not hold the connection of the others.
  readonly #hide = (): void => this.#tabs.stop();
  readonly #show = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.#tabs.start();
  };
}

/** FNV-1a, 32 bits: tells tabs with another key apart without putting the key into a name that others may list. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16);
}
