/** A language of the shop. */
export type Language = 'en' | 'zh';

/** A text in English, Chinese or both; a missing language is the empty string. */
export interface Localized {
  en: string;
  zh: string;
}

/** An amount in whole minor units (cents, fen; yen themselves) of an ISO 4217 currency. */
export interface Money {
  minor: number;
  currency: string;
}

/** One step of a category path. */
export interface Category {
  /** Unique among its siblings, used in addresses. */
  key: string;
  name: Localized;
}

/** A property with a value, such as colour: navy. */
export interface Attribute {
  key: string;
  value: Localized;
}

/** Whether something can be bought now. */
export type Availability =
  | { state: 'in_stock'; units?: number }
  | { state: 'out_of_stock' }
  | { state: 'preorder' }
  | { state: 'backorder' };

/** A buyable form of a product, such as size M in navy. */
export interface Variant {
  sku: string;
  /** Chosen options: `size` -> `M`. */
  options: Record<string, string>;
  /** Its own price where it differs from the product's. */
  price?: Money;
  availability: Availability;
}

/** What is measured on a garment laid flat; girths are twice the flat width. */
export type Measure = 'chest' | 'waist' | 'hip' | 'shoulder' | 'sleeve' | 'length' | 'inseam';

/** One row of a size table, in centimetres. */
export interface SizeRow {
  label: string;
  measures: Partial<Record<Measure, number>>;
}

/** A picture of a product. */
export interface Picture {
  /** Absolute address, or a path relative to the shop. */
  url: string;
  /** What it shows, for people who cannot see it. */
  alt: Localized;
  width?: number;
  height?: number;
  role: 'front' | 'back' | 'detail';
}

/** A product as the shop sells it. */
export interface Product {
  id: string;
  title: Localized;
  /** Plain text, paragraphs separated by a blank line. */
  description: Localized;
  brand?: string;
  /** From the root to the leaf. */
  category: Category[];
  /** Lowest price a shopper pays now. */
  price: Money;
  /** Price before a reduction. */
  compareAt?: Money;
  attributes: Attribute[];
  /** What can be put in the basket; empty means the product itself can. */
  variants: Variant[];
  sizes: SizeRow[];
  /** First is the main picture. */
  pictures: Picture[];
  availability: Availability;
  link?: string;
}

/** One thing a shopper did. */
export interface Interaction {
  /** Unique within the session, 1 to 128 bytes; what a reason refers to. */
  id: string;
  kind: 'view' | 'cart' | 'purchase';
  item: string;
  /** Whole milliseconds since 1970-01-01 UTC. */
  at: number;
}

/** Prices in minor units, both ends included. */
export interface PriceRange {
  min?: number;
  max?: number;
}

/** What may be answered; every condition that is given must hold. */
export interface Filter {
  /** Only what can be bought now. Suggestions: true where absent; product lists: false where absent. */
  inStock?: boolean;
  /** Only what is in or below this category: keys from the root. */
  category?: string[];
  price?: PriceRange;
  /** One of the values, in either language, for each of these attributes. */
  attributes?: Record<string, string[]>;
  brands?: string[];
  /** Never these products. */
  exclude?: string[];
  /** Whether what the shopper bought may be suggested again; false where absent. */
  bought?: boolean;
}

/** Which products a boost is for; at least one condition. */
export interface BoostMatch {
  category?: string[];
  price?: PriceRange;
  attributes?: Record<string, string[]>;
  brands?: string[];
  items?: string[];
}

/** A preference of the shop. */
export interface Boost {
  match: BoostMatch;
  /** Share of the best unboosted score that is added, -1 to 1. */
  by: number;
  /** Why, as the shopper reads it. */
  label?: Localized;
}

/**
 * Where on the page suggestions stand. `home`: for this shopper; `product`: like `item` or following it;
 * `together`: going with `item`; `basket`: going with `items`; `category`: a category in the shopper's order.
 */
export type Scenario = 'home' | 'product' | 'together' | 'basket' | 'category';

/** A request for suggestions. */
export interface RecommendRequest {
  /** `home` where absent. */
  scenario?: Scenario;
  /** The product `product` and `together` are about. */
  item?: string;
  /** The products `basket` is about; what the session has in the basket where absent. */
  items?: string[];
  /** Keys from the root to the category `category` is about. */
  category?: string[];
  /** 1 to 100; 12 where absent. */
  limit?: number;
  filter?: Filter;
  boost?: Boost[];
  /** Ids of events to leave out, as if they had never happened. */
  without?: string[];
  /** How much an item loses for being like a better one, 0 to 1; 0.3 where absent. */
  diversity?: number;
  /** Language of the reasons; English where absent. */
  language?: Language;
  /** `false` leaves `sentence` and `shared` of the reasons empty, which halves the work where no reason is shown. */
  words?: boolean;
}

/** What kind of knowledge a reason comes from. */
export type ReasonSource = 'sequence' | 'content' | 'popularity' | 'featured' | 'boost' | 'diversity';

/** A property that two products have in common. */
export interface Shared {
  /** `category`, `brand`, `price`, `title`, or the key of an attribute. */
  key: string;
  value: Localized;
}

/** One part of a score, in numbers and in words. */
export interface Reason {
  source: ReasonSource;
  /** What it adds to the score; negative where it takes away. */
  amount: number;
  /** The event it goes back to; removing that event removes this part. */
  event?: string;
  /** The product it goes back to. */
  item?: string;
  /** What was done with that product. */
  kind?: Interaction['kind'];
  shared?: Shared[];
  /** The same in the language asked for; empty where the request wants no words. */
  sentence: string;
}

/** A suggested product, by its id. */
export interface ScoredItem {
  id: string;
  score: number;
  /** Largest first; the amounts add up to `score` exactly. */
  reasons: Reason[];
}

/** How an answer came about. */
export interface Receipt {
  scenario: Scenario;
  /** The pack it comes from. */
  pack: string;
  /** Products that might have been answered. */
  candidates: number;
  /**
   * How many products each rule left out: stock, category, price, attributes, brands, exclude, bought, anchor,
   * kind, basket, viewed. A product counts once, under the first rule that met it.
   */
  filtered: Record<string, number>;
  /** Events taken into account, newest first. */
  events: string[];
  /** Events left out on request. */
  without: string[];
  /** Products that the request named but the pack does not hold. */
  unknown: string[];
}

/** The engine's answer to a request, best suggestion first. */
export interface Recommendations {
  items: ScoredItem[];
  receipt: Receipt;
}

/** Order of a list of products. */
export type Sort = 'featured' | 'price-ascending' | 'price-descending' | 'title';

/** Which products to list. */
export interface ProductQuery {
  /** Only what is in or below this category: keys from the root. */
  category?: string[];
  filter?: Filter;
  /** `featured`, the shop's own order, where absent. */
  sort?: Sort;
  offset?: number;
  /** 1 to 100; 24 where absent. */
  limit?: number;
  /** Only these products, in this order. */
  ids?: string[];
  /** Language to sort titles in. */
  language?: Language;
}

/** A slice of a list of products. */
export interface ProductPage {
  /** Products of the whole list. */
  total: number;
  products: Product[];
}

/** A category with what is below it. */
export interface CategoryNode {
  key: string;
  name: Localized;
  /** Products in it and below it. */
  count: number;
  children: CategoryNode[];
}

/** What a pack says about itself. */
export interface PackAbout {
  id: string;
  /** An ISO 8601 date or time. */
  created: string;
  /** Whether what it learned from was simulated. */
  simulated: boolean;
  items: number;
  languages: Language[];
  /** ISO 4217 code of all its prices, if there is one. */
  currency?: string;
  /** Whether it learned from an event log what follows what. */
  hasRules: boolean;
}

/** Kinds of product feed. */
export type FeedFormat = 'shopify-json' | 'google-tsv' | 'google-xml' | 'csv' | 'jsonl';

/** What a feed does not say itself. */
export interface FeedFormatOptions {
  /** Told from the first bytes where absent. */
  format?: FeedFormat;
  /** Helps to tell the format. */
  fileName?: string;
  /** Language of its texts; a text with Chinese characters counts as Chinese in any case. */
  language: Language;
  /** ISO 4217 code for prices that name none, as in Shopify's `products.json`. */
  currency?: string;
}

/** How far an import has come. */
export interface FeedProgress {
  /** Rows read. */
  rows: number;
  /** Products made of them. */
  products: number;
  /** Rows refused. */
  rejected: number;
}

/** A row that was refused, and why, in the import's language. */
export interface FeedProblem {
  /** Line in the feed, or number of the product where the format has no lines; from 1. */
  line: number;
  item?: string;
  field: string;
  found: string;
  expected: string;
  /** The same as a sentence. */
  message: string;
}

/** How an import went. */
export interface FeedReport {
  format: FeedFormat;
  rows: number;
  products: number;
  rejected: number;
  /** The first 100 refused rows. */
  problems: FeedProblem[];
  /** The currency of the options, where it was taken for prices that name none. */
  assumedCurrency?: string;
}
