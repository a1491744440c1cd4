/** A list of the worker that is kept up by what the connection tells. */
import type { Frame, LiveEvent } from '@vitrine/storefront/live';
import type { Api } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { SignedIn } from './session';

/** Milliseconds after which the list is asked for again: some things change only because time passes. */
const again = 60_000;

/** Entries by key, as an event source: `change` fires when any of them changes. */
export abstract class Listing<T> extends EventTarget {
  readonly entries = new Map<string, T>();
  /** Whether the list has come once. */
  loaded = false;
  /** Whether all of it came. */
  whole = true;
  /** Why it did not come the last time. */
  problem: Problem | undefined;
  protected api: Api | undefined;
  #stop: () => void = () => {};
  /** Keys of which the connection told while the list was on its way: what it told is newer. */
  #told: Set<string> | undefined;
  #users = 0;

  /** Follows the list until the function that is given back is called; any number of pages may. */
  follow({ api, live }: SignedIn): () => void {
    if (this.api !== api) this.#start(api, live);
    this.#users += 1;
    return () => {
      this.#users -= 1;
      if (this.#users === 0 && this.api === api) this.#end();
    };
  }

  /** Asks for the whole list. */
  async load(): Promise<void> {
    const { api } = this;
    if (!api) return;
    const told = new Set<string>();
    this.#told = told;
    try {
      const { items, whole } = await api.all<T>(this.path);
      if (this.api !== api || this.#told !== told) return;
      const fresh = new Map(items.map((item) => [this.keyOf(item), item]));
      for (const key of this.entries.keys()) if (!fresh.has(key) && !told.has(key)) this.entries.delete(key);
      for (const [key, item] of fresh) if (!told.has(key)) this.entries.set(key, item);
      this.loaded = true;
      this.arrived();
      this.whole = whole;
      this.problem = undefined;
    } catch (thrown) {
      if (this.api !== api || this.#told !== told) return;
      this.problem = asProblem(thrown);
    }
    this.changed();
  }

  /** Puts an entry in its place. */
  set(item: T): void {
    this.entries.set(this.keyOf(item), item);
    this.#told?.add(this.keyOf(item));
    this.changed();
  }

  protected abstract readonly path: string;
  protected abstract keyOf(item: T): string;
  /** Takes up what is told; gives the entry that it is about, where it is about one of the list. */
  protected abstract take(frame: Frame): T | undefined;

  /** The list has come; what was told before and could not be taken up can be now. */
  protected arrived(): void {}

  protected changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  #start(api: Api, live: SignedIn['live']): void {
    this.#end();
    this.entries.clear();
    this.loaded = false;
    this.api = api;
    this.#users = 0;
    // Asked for first, so that what was told a moment ago is laid over the answer, which may be older.
    void this.load();
    const stop = live.subscribe((event) => this.#hear(event));
    const timer = setInterval(() => void this.load(), again);
    this.#stop = () => {
      stop();
      clearInterval(timer);
    };
  }

  #end(): void {
    this.#stop();
    this.#stop = () => {};
    this.api = undefined;
  }

  #hear(event: LiveEvent): void {
    if (event.what === 'reset') void this.load();
    if (event.what !== 'frame') return;
    const item = this.take(event.frame);
    if (item) this.set(item);
  }
}
