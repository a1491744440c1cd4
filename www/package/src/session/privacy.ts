/** What is kept about the shopper, in plain words: to look at, to take away, to delete. */
import type { Interaction } from '../../wasm/vitrine_storefront.js';
import type { Storage } from '../types.js';
import type { Session } from './session.js';

/** Everything that is kept, and what left the browser. */
export interface Ledger {
  /** Whether it outlives the page. */
  storage: Storage;
  /** Name of the IndexedDB database it is in, where there is one. */
  database?: string;
  /** All events, oldest first. */
  kept: readonly Interaction[];
  /** What this package sent anywhere: nothing, ever; it has no code to send. */
  sent: readonly [];
}

/** The shopper's rights, as functions. */
export class Privacy {
  constructor(
    private readonly pack: string,
    private readonly session: Session,
  ) {}

  /** All that is kept. */
  ledger(): Ledger {
    const { storage, database, events } = this.session;
    return { storage, ...(database !== undefined && { database }), kept: events, sent: [] };
  }

  /** All that is kept, as a JSON file. */
  export(): Blob {
    const content = { format: 'vitrine-session', version: 1, pack: this.pack, ...this.ledger() };
    return new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' });
  }

  /** Deletes all that is kept, in all tabs. */
  forget(): Promise<void> {
    return this.session.forget();
  }
}
