/** The types of reading a shop's product feed. */
import type { Language } from '../../wasm/vitrine_storefront.js';
import type { WasmSource } from '../loading/wasm.js';
import type { PackFiles, Thread } from '../types.js';

/** Kinds of product feed. */
export type FeedFormat = 'shopify-json' | 'google-tsv' | 'google-xml' | 'csv' | 'jsonl';

/** What a feed does not say itself. */
export interface FeedFormatOptions {
  /** Found out from the first bytes where absent. */
  format?: FeedFormat;
  /** Helps to find out the format. */
  fileName?: string;
  /** Language of its texts. */
  language: Language;
  /** ISO 4217 code for feeds whose prices name none, such as Shopify's `products.json`. */
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

/** A row that was refused, and why. */
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
export interface FeedReport extends FeedProgress {
  format: string;
  /** The first 100 of them. */
  problems: FeedProblem[];
}

/** A shop made from a feed. */
export interface ImportedFeed {
  pack: PackFiles;
  report: FeedReport;
}

/** How to read a feed; see `Vitrine.fromFeed`. */
export interface FeedOptions extends Partial<FeedFormatOptions> {
  /** Name of the pack, in kebab case; `my-shop` where absent. Sessions are kept apart by it. */
  id?: string;
  /** An ISO 8601 date or time; now where absent. */
  created?: string;
  /** Called after every part of the feed, with the bytes read so far. */
  onProgress?: (progress: FeedProgress & { bytes: number }) => void;
  /** As for `Vitrine.open`. */
  wasm?: WasmSource;
  /** Where to compute; `worker` where absent, so that the page stays alive. */
  thread?: Thread;
}
