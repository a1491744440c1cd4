/** What the worker tells over the live connection, and what it answers about stock. */

/** What one source says about the stock of a product at a site. */
export interface StockSource {
  kind: 'scale' | 'rfid' | 'ordered' | 'counted';
  /** The device, where the source is one. */
  device?: string;
  units: number;
  /** Both counts, where the weight lies between two. */
  between?: [number, number];
  /** RFC 3339. */
  observedAt: string;
  ageSeconds: number;
  /** `exact`, `between`, `needs-tare` and others. */
  state: string;
}

/** The stock of a product at a site. */
export interface StockEntry {
  sku: string;
  site: string;
  /** By the source that counts most; not there where no source can tell. */
  units?: number;
  sources: StockSource[];
  /** Whether all fresh sources say the same. */
  agreed: boolean;
  /** The difference between the highest and the lowest fresh source. */
  spread: number;
}

/** Something that changed, as it was told. */
export type Frame =
  | { id: number; topic: 'stock'; at: string; body: StockEntry }
  | { id: number; topic: 'device' | 'alarm'; at: string; body: Record<string, unknown> };

/**
 * How the connection is: `idle` while nobody listens, `waiting` between two attempts, `refused` once the key was
 * withdrawn.
 */
export type LiveState = 'idle' | 'connecting' | 'open' | 'waiting' | 'refused';

/** What a listener hears. After `reset`, changes were missed that are no longer kept: fetch everything anew. */
export type LiveEvent = { what: 'frame'; frame: Frame } | { what: 'reset' } | { what: 'state'; state: LiveState };

/** Called for each event until the function that `subscribe` gave is called. */
export type LiveListener = (event: LiveEvent) => void;

/** The stock of a product over all sites. */
export interface Stock {
  /** All sites together; `undefined` where no source can tell. */
  units: number | undefined;
  sites: readonly StockEntry[];
}
