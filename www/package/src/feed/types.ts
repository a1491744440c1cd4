/** The types of reading a shop's product feed. */
import type { FeedFormatOptions, FeedProgress, FeedReport } from '../../wasm/vitrine_storefront.js';
import type { WasmSource } from '../loading/wasm.js';
import type { PackFiles, Thread } from '../types.js';

export type {
  FeedFormat,
  FeedFormatOptions,
  FeedProblem,
  FeedProgress,
  FeedReport,
} from '../../wasm/vitrine_storefront.js';

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
