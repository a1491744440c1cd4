/** Where the events of a session are kept. */
import type { Interaction } from '../../wasm/vitrine_storefront.js';
import type { Storage } from '../types.js';

/** A place for events. Each function rejects where the browser refuses; what is kept is then as before. */
export interface Store {
  readonly kind: Storage;
  /** Name of the database, where there is one. */
  readonly database?: string;
  /** All events, oldest first. */
  load(): Promise<Interaction[]>;
  /** Keeps `event` and lets go of the events `old`. */
  put(event: Interaction, old: readonly string[]): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** Oldest first; ids decide where times are equal, so that all tabs agree. */
export function inOrder(events: Iterable<Interaction>): Interaction[] {
  return [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Keeps nothing beyond the page: the events themselves are in the session. */
export const memoryStore: Store = {
  kind: 'memory',
  load: async () => [],
  put: async () => {},
  remove: async () => {},
  clear: async () => {},
  close: () => {},
};
