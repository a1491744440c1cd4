/** Small values kept in the browser; in memory where the browser keeps nothing (private mode). */

/** Text values by key, under a name of their own. */
export class Kept {
  readonly #memory = new Map<string, string>();

  /** `prefix` stands before each key in the browser's storage. */
  constructor(private readonly prefix: string) {}

  get(key: string): string | null {
    try {
      return localStorage.getItem(this.prefix + key) ?? this.#memory.get(key) ?? null;
    } catch {
      return this.#memory.get(key) ?? null;
    }
  }

  set(key: string, value: string): void {
    this.#memory.set(key, value);
    try {
      localStorage.setItem(this.prefix + key, value);
    } catch {
      // Refused or full: the value lasts as long as the page.
    }
  }

  remove(key: string): void {
    this.#memory.delete(key);
    try {
      localStorage.removeItem(this.prefix + key);
    } catch {
      // Nothing was kept.
    }
  }

  /** Tells of values that another tab sets or removes. */
  onChangeElsewhere(listener: (key: string, value: string | null) => void): void {
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key?.startsWith(this.prefix)) listener(key.slice(this.prefix.length), newValue);
    });
  }
}
