/** Events in the browser's own database, one for each pack: `vitrine:<pack id>`. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Interaction } from '../../wasm/vitrine_storefront.js';
import { isInteraction } from './observe.js';
import { inOrder, type Store } from './store.js';

interface Schema extends DBSchema {
  events: { key: string; value: Interaction };
}

/** Opens the database; gives nothing where the browser refuses, as in some private modes. */
export async function openIndexedDb(pack: string): Promise<Store | undefined> {
  const name = `vitrine:${pack}`;
  try {
    const database = await openDB<Schema>(name, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('events', { keyPath: 'id' }),
      // A newer version of this package wants to change the database: let it. This page goes on in memory.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close(),
    });
    const store = new IndexedDbStore(name, database);
    await store.load();
    return store;
  } catch {
    return undefined;
  }
}

class IndexedDbStore implements Store {
  readonly kind = 'persistent';

  constructor(
    readonly database: string,
    private readonly connection: IDBPDatabase<Schema>,
  ) {}

  async load(): Promise<Interaction[]> {
    // What an older or newer version of this package kept may have another shape.
    return inOrder((await this.connection.getAll('events')).filter(isInteraction));
  }

  async put(event: Interaction, old: readonly string[]): Promise<void> {
    const change = this.connection.transaction('events', 'readwrite');
    await Promise.all([change.store.put(event), ...old.map((id) => change.store.delete(id)), change.done]);
  }

  async remove(id: string): Promise<void> {
    await this.connection.delete('events', id);
  }

  async clear(): Promise<void> {
    await this.connection.clear('events');
  }

  close(): void {
    this.connection.close();
  }
}
