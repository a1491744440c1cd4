/** The shop made from a dropped feed, kept in this browser so that it is still there after a reload. */
import type { FeedReport, PackFiles } from '@vitrine/storefront';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A shop made from a feed. */
export interface OwnShop {
  pack: PackFiles;
  report: FeedReport;
  /** As shown on the page. */
  name: string;
  /** The feed's file name. */
  file: string;
  /** Milliseconds from the drop to the finished pack. */
  took: number;
  /** The feed itself where a currency was assumed, so that it can be read again in another. */
  source?: File;
}

interface Schema extends DBSchema {
  shops: { key: 'own'; value: OwnShop };
}

let memory: OwnShop | undefined;

/** The shop kept, if there is one. */
export async function ownShop(): Promise<OwnShop | undefined> {
  return memory ?? (await withStore((store) => store.get('shops', 'own')));
}

/** Keeps the shop. Says whether it outlasts the page: a browser in private mode may refuse. */
export async function keepOwnShop(shop: OwnShop): Promise<'persistent' | 'memory'> {
  memory = shop;
  return (await withStore((store) => store.put('shops', shop, 'own'))) === undefined ? 'memory' : 'persistent';
}

/** Takes up what another tab kept. */
export function lookAgain(): void {
  memory = undefined;
}

/** Removes the shop from this browser. */
export async function dropOwnShop(): Promise<void> {
  memory = undefined;
  await withStore((store) => store.delete('shops', 'own'));
}

/** Opens the store for one piece of work; `undefined` where the browser refuses. */
async function withStore<T>(work: (store: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
  try {
    const store = await openDB<Schema>('vitrine-shop', 1, {
      upgrade: (database) => void database.createObjectStore('shops'),
    });
    try {
      return await work(store);
    } finally {
      store.close();
    }
  } catch {
    return undefined;
  }
}
