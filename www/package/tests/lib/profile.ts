/** A browser profile: an IndexedDB of its own for each test that asks for one. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';

/** Starts an empty profile; what opens the shop from here on shares its database. */
export function freshProfile(): void {
  vi.stubGlobal('indexedDB', new IDBFactory());
}

/** The session's database, as any other script of the page could open it. */
export function openDatabase(version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('vitrine:corner-shop', version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Does one thing with the kept events. */
export async function withKept<Result>(act: (events: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await openDatabase();
  try {
    return await new Promise<Result>((resolve, reject) => {
      const change = database.transaction('events', 'readwrite');
      const request = act(change.objectStore('events'));
      change.oncomplete = () => resolve(request.result);
      change.onerror = () => reject(change.error);
    });
  } finally {
    database.close();
  }
}

/** What is kept. */
export const keptEvents = (): Promise<unknown[]> => withKept((events) => events.getAll());
