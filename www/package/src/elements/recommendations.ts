/** `<vitrine-recommendations>`: a row of suggestions that follows every click, with reasons on demand. */
import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asVitrineError } from '../error.js';
import type { Boost, Change, Filter, Product, Recommendation, RecommendRequest, Scenario } from '../types.js';
import { type CardActions, card, placeholder } from './card.js';
import { Flip } from './flip.js';
import { FocusKeeper } from './focus-keeper.js';
import { inLanguage, say } from './messages.js';
import { recommendationsStyles } from './recommendations.styles.js';
import { type Shop, ShopWatcher } from './shop-watcher.js';

const requestProperties = ['scenario', 'item', 'items', 'category', 'limit', 'filter', 'boost', 'diversity'] as const;

/**
 * Attributes: `scenario`, `item`, `limit` (12), `diversity`; `link`, an address with `{id}` in it, for the products'
 * pages; `layout`, `row` or `grid`; `label`, a name for screen readers. All of a request are properties too; `shop` is one only.
 *
 * @fires vitrine-select - `{ id, product }`: a card was chosen; `preventDefault()` keeps a link from being followed
 * @fires vitrine-remove - `{ event }`: a click is to be removed; `preventDefault()` keeps it
 * @fires vitrine-update - `{ items }`: other suggestions are shown now
 */
export class VitrineRecommendations extends LitElement {
  static override readonly styles = recommendationsStyles;
  static override readonly properties: PropertyDeclarations = {
    shop: { attribute: false },
    scenario: { type: String },
    item: { type: String },
    items: { attribute: false },
    category: { attribute: false },
    limit: { type: Number },
    filter: { attribute: false },
    boost: { attribute: false },
    diversity: { type: Number },
    link: { type: String },
    label: { type: String },
    layout: { type: String, reflect: true },
    suggestions: { state: true },
    problem: { state: true },
    explained: { state: true },
    announcement: { state: true },
    notice: { state: true },
  };

  declare shop: Shop | undefined;
  declare scenario: Scenario | undefined;
  declare item: string | undefined;
  declare items: string[] | undefined;
  declare category: string[] | undefined;
  declare limit: number;
  declare filter: Filter | undefined;
  declare boost: Boost[] | undefined;
  declare diversity: number | undefined;
  /** Address of a product's page with `{id}` where its id belongs; without it, the feed's own link serves. */
  declare link: string | undefined;
  /** Name of the list for screen readers. */
  declare label: string | undefined;
  declare layout: 'row' | 'grid';

  declare protected suggestions: readonly Recommendation[] | undefined;
  /** What went wrong with the last question, in words. */
  declare protected problem: string | undefined;
  declare protected explained: string | undefined;
  declare protected announcement: string;
  /** What the shopper should know although the list is right. */
  declare protected notice: string | undefined;

  readonly #flip = new Flip();
  readonly #focus = new FocusKeeper(this);
  #asked = 0;

  constructor() {
    super();
    this.limit = 12;
    this.layout = 'row';
    this.announcement = '';
    new ShopWatcher(this, (change) => this.#changed(change));
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.explained !== undefined) this.#explain(this.explained);
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.hasUpdated && requestProperties.some((property) => changed.has(property))) void this.refresh();
    if (this.hasUpdated && changed.has('suggestions')) {
      this.#flip.measure(this.#cards);
      this.#focus.remember();
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('suggestions')) {
      this.#flip.play(this.#cards);
      this.#focus.restore();
    }
  }

  /** Asks the shop again; happens by itself after each change of the session or of a property. */
  async refresh(): Promise<void> {
    const { shop } = this;
    const asked = ++this.#asked;
    if (!shop) return;
    try {
      const { items } = await shop.recommend(this.#request());
      // A later question was asked meanwhile: its answer is the one to show.
      if (asked === this.#asked) this.#show(items);
    } catch (problem) {
      if (asked === this.#asked) this.#fail(problem);
    }
  }

  protected override render() {
    const { suggestions, problem } = this;
    const language = this.shop?.language ?? 'en';
    if (problem !== undefined) {
      return html`<div class="message" part="error" role="alert">
        <p>${say('recommendations.failed', language)} <span>${problem}</span></p>
        <button type="button" @click=${() => this.refresh()}>${say('recommendations.retry', language)}</button>
      </div>`;
    }
    if (suggestions?.length === 0) {
      return html`<p class="message" part="empty">${say('recommendations.empty', language)}</p>`;
    }
    const label = say(suggestions ? 'recommendations.label' : 'recommendations.loading', language);
    return html`
      <ul
        class="list"
        part="list"
        role="list"
        tabindex="-1"
        aria-label=${this.label ?? label}
        aria-busy=${suggestions ? nothing : 'true'}
      >
        ${
          suggestions
            ? repeat(
                suggestions,
                ({ id }) => id,
                (suggestion) => card(suggestion, suggestion.id === this.explained, language, this.#actions),
              )
            : Array.from({ length: this.limit }, () => placeholder)
        }
      </ul>
      ${this.notice === undefined ? nothing : html`<p class="message" part="notice" role="alert">${this.notice}</p>`}
      <p class="hidden" role="status">${this.announcement}</p>
    `;
  }

  readonly #actions: CardActions = {
    link: (product) => this.link?.replace('{id}', encodeURIComponent(product.id)) ?? product.link,
    select: (event, product) => this.#select(event, product),
    explain: (id) => this.#explain(id),
    remove: (event) => {
      if (this.#fire('vitrine-remove', { event })) void this.#remove(event);
    },
  };

  get #cards(): NodeListOf<HTMLElement> {
    return this.renderRoot.querySelectorAll<HTMLElement>('.card[data-id]');
  }

  async #remove(event: string): Promise<void> {
    this.notice = undefined;
    try {
      await this.shop?.remove(event);
    } catch (problem) {
      if (asVitrineError(problem).code !== 'storage') return this.#fail(problem);
      // The list goes without the click; only the browser's storage does not.
      this.notice = say('privacy.refused.event', this.shop?.language ?? 'en');
    }
  }

  #request(): RecommendRequest {
    const given = requestProperties.map((property) => [property, this[property]] as const);
    return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null));
  }

  #changed(change: Change | undefined): void {
    if (!change) this.suggestions = this.problem = undefined;
    if (change?.what !== 'storage') void this.refresh();
  }

  #show(items: readonly Recommendation[]): void {
    const [first] = items;
    const before = this.suggestions?.map(({ id }) => id).join('\n');
    const other = before !== items.map(({ id }) => id).join('\n');
    if (before !== undefined && other && first) {
      const language = this.shop?.language ?? 'en';
      const title = inLanguage(first.product.title, language);
      this.announcement = say('recommendations.updated', language, { count: items.length, first: title });
    }
    this.problem = undefined;
    this.suggestions = items;
    if (!items.some(({ id }) => id === this.explained)) this.explained = undefined;
    if (other) void this.updateComplete.then(() => this.#fire('vitrine-update', { items }));
  }

  #fail(problem: unknown): void {
    this.problem = problem instanceof Error ? problem.message : String(problem);
  }

  #select(event: MouseEvent, product: Product): void {
    // A new tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!this.#fire('vitrine-select', { id: product.id, product })) event.preventDefault();
  }

  #explain(id: string): void {
    const opens = this.explained !== id;
    this.explained = opens ? id : undefined;
    void this.updateComplete.then(() => this.#focus.move(id, opens ? 'close' : 'why'));
  }

  #fire(type: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}
