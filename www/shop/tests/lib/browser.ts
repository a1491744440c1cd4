/** The parts of a browser that the basket keeps its lines with; to be imported before what uses them. */

/** What the browser keeps; `refuses` makes it behave as in some private modes. */
export const storage = {
  values: new Map<string, string>(),
  refuses: false,
  getItem(key: string): string | null {
    refuse();
    return this.values.get(key) ?? null;
  },
  setItem(key: string, value: string): void {
    refuse();
    this.values.set(key, value);
  },
  removeItem(key: string): void {
    refuse();
    this.values.delete(key);
  },
};

function refuse(): void {
  if (storage.refuses) throw new DOMException('refused', 'SecurityError');
}

/** Starts a browser that keeps nothing yet, with one window, which hears what other tabs do. */
export function freshBrowser(): void {
  storage.values.clear();
  storage.refuses = false;
  Object.defineProperty(globalThis, 'window', { value: new EventTarget(), configurable: true });
}

/** Tells the window what another tab has set or removed. */
export function elsewhere(key: string, newValue: string | null): void {
  window.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
}

Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
freshBrowser();
