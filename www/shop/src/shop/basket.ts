/** The basket: what the shopper means to buy, kept in this browser for each shop apart. */
import type { Kept } from '@vitrine/look/kept';
import { kept } from './kept';

/** Pieces of one thing; a thing is a product and, where it has them, its variant. */
export interface Line {
  item: string;
  sku?: string;
  quantity: number;
  /** Events of the session that putting it here made; they go when it goes. */
  events: string[];
}

/** Most pieces of one thing. */
export const mostPieces = 20;

/** The lines of one shop's basket as an event source: `change` fires after each change, here or in another tab. */
export class Basket extends EventTarget {
  #key = '';
  #lines: readonly Line[] = [];
  readonly #kept: Kept;

  constructor(store: Kept) {
    super();
    this.#kept = store;
    store.onChangeElsewhere((key, value) => {
      if (key === this.#key) this.#show(linesOf(value));
    });
  }

  /** Takes up the basket of the shop with that pack. */
  open(pack: string): void {
    this.#key = `basket:${pack}`;
    this.#show(linesOf(this.#kept.get(this.#key)));
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  /** Pieces of all lines. */
  get pieces(): number {
    return this.#lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** Puts one piece in. */
  add(item: string, sku: string | undefined, event: string): void {
    const same = this.#find(item, sku);
    const line: Line = {
      item,
      ...(sku === undefined ? {} : { sku }),
      quantity: Math.min(mostPieces, (same?.quantity ?? 0) + 1),
      events: [...(same?.events ?? []), event],
    };
    this.#set(same ? this.#lines.map((other) => (other === same ? line : other)) : [...this.#lines, line]);
  }

  /** Changes how many pieces a line has; 1 to {@link mostPieces}. */
  change(line: Line, quantity: number): void {
    const within = Math.max(1, Math.min(mostPieces, Math.round(quantity) || 1));
    this.#set(this.#lines.map((other) => (isSame(other, line) ? { ...other, quantity: within } : other)));
  }

  /** Takes a line out. */
  remove(line: Line): void {
    this.#set(this.#lines.filter((other) => !isSame(other, line)));
  }

  clear(): void {
    this.#set([]);
  }

  #find(item: string, sku: string | undefined): Line | undefined {
    return this.#lines.find((line) => line.item === item && line.sku === sku);
  }

  #set(lines: readonly Line[]): void {
    if (lines.length > 0) this.#kept.set(this.#key, JSON.stringify(lines));
    else this.#kept.remove(this.#key);
    this.#show(lines);
  }

  #show(lines: readonly Line[]): void {
    this.#lines = lines;
    this.dispatchEvent(new Event('change'));
  }
}

export const basket = new Basket(kept);

const isSame = (a: Line, b: Line) => a.item === b.item && a.sku === b.sku;

/** Reads what was kept; lines that make no sense are left out. */
function linesOf(text: string | null): Line[] {
  let read: unknown;
  try {
    read = JSON.parse(text ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(read) ? read.filter(isLine) : [];
}

function isLine(value: unknown): value is Line {
  const { item, sku, quantity, events } = (value ?? {}) as Partial<Record<keyof Line, unknown>>;
  const isWhole = typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1 && quantity <= mostPieces;
  return typeof item === 'string' && ['string', 'undefined'].includes(typeof sku) && isWhole && Array.isArray(events);
}
