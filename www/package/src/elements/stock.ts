/** `<vitrine-stock>`: how many pieces of a product there are, changing while the shopper looks. */
import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Live } from '../live/live.js';
import type { Stock } from '../live/types.js';
import type { Language } from '../types.js';
import { say } from './messages.js';
import { stockStyles } from './stock.styles.js';

/**
 * Shows nothing, and nothing is wrong, where there is no `live`, the worker does not answer, or it does not know the
 * product. Fires `vitrine-stock` with the units when they change.
 */
export class VitrineStock extends LitElement {
  static override readonly styles = stockStyles;
  static override readonly properties: PropertyDeclarations = {
    live: { attribute: false },
    item: {},
    sku: {},
    low: { type: Number },
    language: {},
    ofItem: { state: true },
    ofSku: { state: true },
    announcement: { state: true },
  };

  /** The connection, from `Live.open`. */
  declare live: Pick<Live, 'watchStock'> | undefined;
  /** The product. */
  declare item: string | undefined;
  /** The variant chosen; where its stock is not known, the product's is shown. */
  declare sku: string | undefined;
  /** Up to so many pieces are told as few; 3 where absent. */
  declare low: number;
  /** `en` where absent. */
  declare language: Language;

  declare protected ofItem: Stock | undefined;
  declare protected ofSku: Stock | undefined;
  /** What a screen reader says: only what changed while the shopper looked. */
  declare protected announcement: string;
  #stops: (() => void)[] = [];
  #shown: { of: string; units: number } | undefined;

  constructor() {
    super();
    this.low = 3;
    this.language = 'en';
    this.announcement = '';
  }

  /** Pieces, as they are shown. */
  get units(): number | undefined {
    return this.ofSku?.units ?? this.ofItem?.units;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('live') || changed.has('item') || changed.has('sku')) this.#watch();
    const { units } = this;
    if (changed.has('language')) this.announcement = '';
    const of = `${this.item} ${this.ofSku?.units === undefined ? '' : this.sku}`;
    if (this.#shown?.of === of && units !== undefined && this.#shown.units !== units) {
      this.announcement = this.#text(units);
    }
    if (this.#shown?.of !== of) this.announcement = '';
    if (units !== undefined) this.#shown = { of, units };
  }

  protected override render() {
    const { units } = this;
    if (units === undefined) return nothing;
    const state = units === 0 ? 'none' : units <= this.low ? 'low' : 'units';
    const line = html`<p part="line ${state}" class=${state} ?data-fresh=${this.announcement !== ''}>
      <span part="mark" class="mark"></span><span>${this.#text(units)}</span>
    </p>`;
    return html`${keyed(this.announcement, line)}
      <p class="hidden" role="status">${this.announcement}</p>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('ofItem') && !changed.has('ofSku')) return;
    const { units } = this;
    this.dispatchEvent(new CustomEvent('vitrine-stock', { detail: { units }, bubbles: true, composed: true }));
  }

  #text(units: number): string {
    const key = units === 0 ? 'stock.none' : units <= this.low ? 'stock.low' : 'stock.units';
    const count = new Intl.NumberFormat(this.language === 'zh' ? 'zh-CN' : 'en-GB').format(units);
    return say(key, this.language, { count });
  }

  #watch(): void {
    this.#stop();
    this.ofItem = this.ofSku = undefined;
    const { live, item, sku } = this;
    if (!live || !this.isConnected) return;
    if (item) this.#stops.push(live.watchStock(item, (stock) => (this.ofItem = stock)));
    if (sku && sku !== item) this.#stops.push(live.watchStock(sku, (stock) => (this.ofSku = stock)));
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }
}
