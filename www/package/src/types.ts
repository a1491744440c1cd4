/** The public types: what the engine takes and gives, and what the facade adds. */
import type { Recommendations as EngineAnswer, Product, ScoredItem } from '../wasm/vitrine_storefront.js';

export type {
  Attribute,
  Availability,
  Boost,
  BoostMatch,
  Category,
  CategoryNode,
  Filter,
  Interaction,
  Language,
  Localized,
  Measure,
  Money,
  PackAbout,
  Picture,
  PriceRange,
  Product,
  ProductPage,
  ProductQuery,
  Reason,
  ReasonSource,
  Receipt,
  RecommendRequest,
  Scenario,
  Shared,
  SizeRow,
  Sort,
  Variant,
} from '../wasm/vitrine_storefront.js';

/** A suggested product with the parts of its score. */
export interface Recommendation extends ScoredItem {
  product: Product;
}

/** The answer to a request, best suggestion first. */
export interface Recommendations extends Omit<EngineAnswer, 'items'> {
  items: Recommendation[];
}

/** A pack in memory. It can be cloned between threads and kept in IndexedDB. */
export interface PackFiles {
  /** The bytes of `manifest.json`. */
  manifest: Uint8Array;
  /** The bytes of each section, by its name in the manifest. */
  sections: Map<string, Uint8Array>;
}

/** Whether what is kept outlives the page. */
export type Storage = 'persistent' | 'memory';

/** Where the engine computes. */
export type Thread = 'main' | 'worker';

/** Something to remember; the rest of the {@link Interaction} is made up where it is absent. */
export interface Observation {
  kind: 'view' | 'cart' | 'purchase';
  /** The id of the product. */
  item: string;
  /** Whole milliseconds since 1970-01-01 UTC; now where absent. */
  at?: number;
  /** 1 to 128 bytes; random where absent. Observing an id again replaces the event. */
  id?: string;
}

/** What changed: the session (`observed`, `removed`, `forgotten`, or `elsewhere` in another tab), or a setting. */
export interface Change {
  what: 'observed' | 'removed' | 'forgotten' | 'elsewhere' | 'language' | 'storage';
}

/** Called after every change. */
export type Listener = (change: Change) => void;
