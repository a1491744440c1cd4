/** `Vitrine`: a shop in the page, with the session of the shopper who looks at it. */
import type {
  CategoryNode,
  Interaction,
  Language,
  PackAbout,
  Product,
  ProductPage,
  ProductQuery,
  RecommendRequest,
} from '../wasm/vitrine_storefront.js';
import type { Host } from './engine/calls.js';
import { openHost } from './engine/open-host.js';
import { asVitrineError } from './error.js';
import { importFeed } from './feed/import-feed.js';
import type { FeedOptions, ImportedFeed } from './feed/types.js';
import { loadPack } from './loading/pack.js';
import type { WasmSource } from './loading/wasm.js';
import { Privacy } from './session/privacy.js';
import { Session } from './session/session.js';
import type { Change, Listener, Observation, PackFiles, Recommendations, Storage, Thread } from './types.js';

/** How to open a shop. */
export interface OpenOptions {
  /** The folder a pack is published in, or a pack in memory. */
  pack: string | URL | PackFiles;
  /** Where the WebAssembly module is; found beside this package where absent. */
  wasm?: WasmSource;
  /** Whether the session outlives the page; `persistent` where absent. What came of it is in `storage`. */
  session?: Storage;
  /** Language of reasons; `en` where absent. */
  language?: Language;
  /** Where to compute; `main` where absent. What came of it is in `thread`. */
  thread?: Thread;
}

/** Every function rejects with a `VitrineError`. */
export class Vitrine {
  /** What is kept about the shopper. */
  readonly privacy: Privacy;
  readonly #host: Host;
  readonly #session: Session;
  readonly #about: PackAbout;
  readonly #products = new Map<string, Product>();
  readonly #listeners: Set<Listener>;
  #language: Language;
  /** The events that the engine knows. */
  #told: readonly Interaction[] | undefined;

  private constructor(host: Host, session: Session, about: PackAbout, listeners: Set<Listener>, language: Language) {
    this.#host = host;
    this.#session = session;
    this.#about = about;
    this.#listeners = listeners;
    this.#language = language;
    this.privacy = new Privacy(about.id, session);
  }

  /**
   * Loads the module and a pack, checks it, and opens the shopper's session.
   *
   * ```ts
   * const shop = await Vitrine.open({ pack: '/packs/demo/' });
   * await shop.observe({ kind: 'view', item: 'jacket-denim' });
   * const { items } = await shop.recommend({ limit: 8 });
   * ```
   */
  static async open(options: OpenOptions): Promise<Vitrine> {
    const starting = openHost(options.thread ?? 'main', options.wasm);
    let host: Host | undefined;
    try {
      const [files, started] = await Promise.all([loadPack(options.pack), starting]);
      host = started;
      await host.call('open', files);
      const about = await host.call('about');
      const listeners = new Set<Listener>();
      const session = await Session.open(about.id, options.session ?? 'persistent', (what) =>
        tell(listeners, { what }),
      );
      return new Vitrine(host, session, about, listeners, options.language ?? 'en');
    } catch (problem) {
      // The pack may fail while the module is still on its way.
      if (host) host.close();
      else starting.then((late) => late.close()).catch(() => {});
      throw asVitrineError(problem);
    }
  }

  /**
   * Makes a pack from a shop's product feed, in the browser: nothing is uploaded.
   *
   * Shopify's `products.json`, Google Merchant feeds (TSV, XML), CSV and JSON lines. Rows that cannot be used are in
   * the report; a feed that cannot be read at all rejects.
   */
  static fromFeed(feed: Blob | ReadableStream<Uint8Array>, options?: FeedOptions): Promise<ImportedFeed> {
    return importFeed(feed, options);
  }

  /** Language of reasons where a request names none. */
  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    if (language === this.#language) return;
    this.#language = language;
    tell(this.#listeners, { what: 'language' });
  }

  /** Whether the session outlives the page; `memory` also where the browser refuses. */
  get storage(): Storage {
    return this.#session.storage;
  }

  /** Where the engine computes; `main` also where a worker could not be started. */
  get thread(): Thread {
    return this.#host.thread;
  }

  /** Remembers what the shopper did; the answer is the event as it is kept. */
  async observe(observation: Observation): Promise<Interaction> {
    return this.#session.observe(observation);
  }

  /** Forgets one event, as if it had never happened. */
  async remove(eventId: string): Promise<void> {
    return this.#session.remove(eventId);
  }

  /** All events, oldest first. */
  async events(): Promise<readonly Interaction[]> {
    return this.#session.events;
  }

  /** The best suggestions, each with its reasons, whose amounts add up to its score exactly. */
  async recommend(request: RecommendRequest = {}): Promise<Recommendations> {
    const { events } = this.#session;
    if (this.#told !== events) {
      this.#told = events;
      // The engine answers in order: this is done before the request is read.
      this.#host.call('setEvents', events).catch(() => {
        this.#told = undefined;
      });
    }
    const { items, receipt } = await this.#host.call('recommend', { language: this.#language, ...request });
    const products = await this.#named(items.map(({ id }) => id));
    return {
      items: items.flatMap((item) => {
        const product = products.get(item.id);
        return product ? [{ ...item, product }] : [];
      }),
      receipt,
    };
  }

  /** A product by its id. */
  async product(id: string): Promise<Product | undefined> {
    return (await this.#named([id])).get(id);
  }

  /** A page of products. */
  async products(query: ProductQuery = {}): Promise<ProductPage> {
    return this.#host.call('products', { language: this.#language, ...query });
  }

  /** The categories as a tree. */
  async categories(): Promise<CategoryNode[]> {
    return this.#host.call('categories');
  }

  /** What the pack says about itself. */
  async about(): Promise<PackAbout> {
    return this.#about;
  }

  /** Calls `listener` after every change, here or in another tab, until the function that is given back is called. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Frees the engine and the database. What is kept stays. */
  close(): void {
    this.#listeners.clear();
    this.#session.close();
    this.#host.close();
  }

  /** Products by their ids; asked for once, together. */
  async #named(ids: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    const missing = ids.filter((id) => !this.#products.has(id));
    if (missing.length > 0) {
      const { products } = await this.#host.call('products', { ids: missing, limit: missing.length });
      for (const product of products) this.#products.set(product.id, product);
    }
    return this.#products;
  }
}

/** A listener that throws must not keep the others from hearing, nor the change from having happened. */
function tell(listeners: ReadonlySet<Listener>, change: Change): void {
  for (const listener of [...listeners]) {
    try {
      listener(change);
    } catch (problem) {
      // Node.js has no `reportError`.
      if (typeof reportError === 'function') reportError(problem);
      else console.error(problem);
    }
  }
}
