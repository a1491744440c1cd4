/** One shopper's session in one shop: its events, where they are kept, and the other tabs that look at the same. */
import type { Interaction } from '../../wasm/vitrine_storefront.js';
import { asVitrineError, closedError, VitrineError } from '../error.js';
import type { Change, Observation, Storage } from '../types.js';
import { openIndexedDb } from './indexed-db.js';
import { eventOf } from './observe.js';
import { inOrder, memoryStore, type Store } from './store.js';

/** Events kept at most; the oldest go first. */
const mostEvents = 500;

/** The events of a session. All changes go through here, one after the other. */
export class Session {
  #events: readonly Interaction[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  readonly #tabs: BroadcastChannel | undefined;
  /** The events that may still be in the database, where it no longer lets us write. */
  #leftBehind: ReadonlySet<string> | undefined;
  #closed = false;

  private constructor(
    private store: Store,
    private readonly pack: string,
    private readonly changed: (what: Change['what']) => void,
  ) {
    if (store.kind === 'persistent' && typeof BroadcastChannel !== 'undefined') {
      this.#tabs = new BroadcastChannel(`vitrine:${pack}`);
      this.#tabs.onmessage = () => void this.inTurn(() => this.reload());
    }
  }

  /** Opens the session of a pack and reads what is kept. */
  static async open(pack: string, wanted: Storage, changed: (what: Change['what']) => void): Promise<Session> {
    const store = wanted === 'persistent' ? await openIndexedDb(pack) : undefined;
    const session = new Session(store ?? memoryStore, pack, changed);
    await session.inTurn(async () => {
      session.#events = await session.store.load();
    });
    return session;
  }

  /** Oldest first. A new array after each change. */
  get events(): readonly Interaction[] {
    return this.#events;
  }

  get storage(): Storage {
    return this.store.kind;
  }

  get database(): string | undefined {
    return this.store.database;
  }

  /** Adds an event, or replaces the one with its id. */
  observe(observation: Observation): Promise<Interaction> {
    return this.inTurn(async () => {
      const event = eventOf(observation, this.#events.at(-1));
      const all = inOrder([...this.#events.filter(({ id }) => id !== event.id), event]);
      const old = all.slice(0, Math.max(0, all.length - mostEvents)).map(({ id }) => id);
      await this.keep((store) => store.put(event, old));
      this.#events = all.slice(old.length);
      this.tell('observed');
      return event;
    });
  }

  /**
   * Removes an event; nothing happens where there is none with that id. Rejects where the event no longer counts here,
   * but the browser does not let us delete it for good.
   */
  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      const left = this.#events.filter((event) => event.id !== id);
      if (left.length < this.#events.length) {
        await this.keep((store) => store.remove(id));
        this.#events = left;
        this.tell('removed');
      }
      if (!this.#leftBehind?.has(id)) return;
      await this.inDatabase((store) => store.remove(id));
      this.#leftBehind = new Set([...this.#leftBehind].filter((other) => other !== id));
    });
  }

  /** Deletes everything that is kept; rejects rather than say so where the browser does not let us. */
  forget(): Promise<void> {
    return this.inTurn(async () => {
      await this.keep((store) => store.clear());
      if (this.#leftBehind) await this.inDatabase((store) => store.clear());
      this.#leftBehind = undefined;
      this.#events = [];
      this.tell('forgotten');
    });
  }

  /** Waits for changes that were asked for, then lets go of the database and the other tabs. */
  close(): void {
    if (this.#closed) return;
    if (this.#tabs) this.#tabs.onmessage = null;
    void this.inTurn(async () => {
      this.#tabs?.close();
      this.store.close();
    });
    this.#closed = true;
  }

  /** Two clicks at once must not overtake each other on their way into the database. */
  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(closedError());
    const result = this.#turn.then(act);
    this.#turn = result.catch(() => {});
    return result;
  }

  /** Reads or writes; where the browser no longer lets us, the session goes on in memory and says so. */
  private async keep(act: (store: Store) => Promise<void>): Promise<void> {
    try {
      await act(this.store);
    } catch {
      this.store.close();
      this.store = memoryStore;
      this.#leftBehind = new Set(this.#events.map(({ id }) => id));
      this.changed('storage');
    }
  }

  /** Deletes through a connection of its own, since the session's is of no use any more. */
  private async inDatabase(remove: (store: Store) => Promise<void>): Promise<void> {
    const store = await openIndexedDb(this.pack);
    if (!store) {
      throw new VitrineError(
        'storage',
        'The browser does not let the page delete what it kept. Delete the data of this site in its settings.',
      );
    }
    try {
      await remove(store);
    } catch (problem) {
      throw asVitrineError(problem);
    } finally {
      store.close();
    }
  }

  private async reload(): Promise<void> {
    if (this.store.kind === 'memory') return;
    await this.keep(async (store) => {
      this.#events = await store.load();
    });
    this.changed('elsewhere');
  }

  private tell(what: Change['what']): void {
    if (this.store.kind === 'persistent') this.#tabs?.postMessage(what);
    this.changed(what);
  }
}
