/** Small values kept in the browser under the shop's name; in memory where the browser keeps nothing (private mode). */

const prefix = 'vitrine-shop:';

/** Text values by key. */
export class Kept {
  readonly #memory = new Map<string, string>();

  get(key: string): string | null {
    try {
      return localStorage.getItem(prefix + key) ?? this.#memory.get(key) ?? null;
    } catch {
      return this.#memory.get(key) ?? null;
    }
  }

  set(key: string, value: string): void {
    this.#memory.set(key, value);
    try {
      localStorage.setItem(prefix + key, value);
    } catch {
      // Refused or full: the value lasts as long as the page.
    }
  }

  remove(key: string): void {
    this.#memory.delete(key);
    try {
      localStorage.removeItem(prefix + key);
    } catch {
      // Nothing was kept.
    }
  }

  /** Tells of values that another tab sets or removes. */
  onChangeElsewhere(listener: (key: string, value: string | null) => void): void {
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key?.startsWith(prefix)) listener(key.slice(prefix.length), newValue);
    });
  }
}

export const kept = new Kept();
