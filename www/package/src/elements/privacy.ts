/** `<vitrine-privacy>`: what the shop keeps about the shopper, to look at, take away and delete. */
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Interaction, Language } from '../types.js';
import { inLanguage, say } from './messages.js';
import { privacyStyles } from './privacy.styles.js';
import { type Shop, ShopWatcher } from './shop-watcher.js';

/** Its one property is `shop`. */
export class VitrinePrivacy extends LitElement {
  static override readonly styles = privacyStyles;
  static override readonly properties: PropertyDeclarations = {
    shop: { attribute: false },
    titles: { state: true },
    announcement: { state: true },
    refused: { state: true },
  };

  declare shop: Shop | undefined;
  /** Titles of the products in the table, by id. */
  declare protected titles: ReadonlyMap<string, { en: string; zh: string }>;
  declare protected announcement: string;
  /** What the browser did not let the shop delete, until it does. */
  declare protected refused: 'event' | 'all' | undefined;

  constructor() {
    super();
    this.titles = new Map();
    this.announcement = '';
    new ShopWatcher(this, () => {
      this.requestUpdate();
      void this.#nameProducts();
    });
  }

  protected override render() {
    const { shop } = this;
    if (!shop) return nothing;
    const { language } = shop;
    const { storage, kept } = shop.privacy.ledger();
    return html`
      <p part="storage">${say(`privacy.${storage}`, language)}</p>
      ${kept.length === 0 ? html`<p part="empty">${say('privacy.empty', language)}</p>` : this.#table(kept, language)}
      <div class="actions" part="actions">
        <button type="button" part="button export" ?disabled=${kept.length === 0} @click=${this.#export}>
          ${say('privacy.export', language)}
        </button>
        <button type="button" part="button forget" ?disabled=${kept.length === 0} @click=${this.#ask}>
          ${say('privacy.forget', language)}
        </button>
      </div>
      <dialog part="dialog" aria-labelledby="question">
        <p id="question">${say('privacy.confirm', language)}</p>
        <div class="actions">
          <button type="button" part="button keep" autofocus @click=${this.#closeDialog}>
            ${say('privacy.keep', language)}
          </button>
          <button type="button" part="button confirm" @click=${this.#forget}>${say('privacy.forget', language)}</button>
        </div>
      </dialog>
      <p part="error" role="alert">${this.refused && say(`privacy.refused.${this.refused}`, language)}</p>
      <p class="hidden" role="status">${this.announcement}</p>
    `;
  }

  #table(kept: readonly Interaction[], language: Language): TemplateResult {
    const label = say('privacy.label', language);
    return html`
      <div class="scroller" part="scroller" role="region" aria-label=${label} tabindex="0">
        <table part="table">
          <caption part="caption">
            ${say('privacy.count', language, { count: kept.length })}
          </caption>
          <thead>
            <tr>
              <th scope="col">${say('privacy.when', language)}</th>
              <th scope="col">${say('privacy.what', language)}</th>
              <th scope="col">${say('privacy.product', language)}</th>
              <th scope="col"><span class="hidden">${say('privacy.remove', language)}</span></th>
            </tr>
          </thead>
          <tbody>
            ${[...kept].reverse().map((event) => this.#row(event, language))}
          </tbody>
        </table>
      </div>
    `;
  }

  #row({ id, kind, item, at }: Interaction, language: Language): TemplateResult {
    const title = this.titles.get(item);
    const product = title ? inLanguage(title, language) : item;
    const what = say(`privacy.${kind}`, language);
    const when = new Date(at);
    return html`
      <tr part="row">
        <td><time datetime=${when.toISOString()}>${whenText(when, language)}</time></td>
        <td>${what}</td>
        <td>${product}</td>
        <td>
          <button
            type="button"
            class="remove"
            part="remove"
            aria-label=${say('privacy.removeEvent', language, { what, product })}
            @click=${() => this.#remove(id)}
          >
            ${say('privacy.remove', language)}
          </button>
        </td>
      </tr>
    `;
  }

  async #nameProducts(): Promise<void> {
    const { shop } = this;
    if (!shop) return;
    const items = new Set(shop.privacy.ledger().kept.map(({ item }) => item));
    const products = await Promise.all([...items].map((item) => shop.product(item).catch(() => undefined)));
    this.titles = new Map(products.flatMap((product) => (product ? [[product.id, product.title]] : [])));
  }

  readonly #export = async (): Promise<void> => {
    const { shop } = this;
    if (!shop) return;
    const { id } = await shop.about();
    const address = URL.createObjectURL(shop.privacy.export());
    const link = Object.assign(document.createElement('a'), { href: address, download: `vitrine-${id}.json` });
    link.click();
    // The browser has its own hold on the content once the download began.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  readonly #ask = (): void => this.renderRoot.querySelector('dialog')?.showModal();

  readonly #closeDialog = (): void => this.renderRoot.querySelector('dialog')?.close();

  readonly #forget = async (): Promise<void> => {
    const { shop } = this;
    this.#closeDialog();
    if (!shop) return;
    const done = await this.#attempt('all', () => shop.privacy.forget());
    if (done) this.announcement = say('privacy.forgotten', shop.language);
  };

  async #remove(id: string): Promise<void> {
    await this.#attempt('event', async () => this.shop?.remove(id));
  }

  /** Says so where the browser refuses; whether it did not. */
  async #attempt(what: 'event' | 'all', remove: () => Promise<void>): Promise<boolean> {
    try {
      await remove();
      this.refused = undefined;
    } catch {
      this.refused = what;
      this.announcement = '';
    }
    return this.refused === undefined;
  }
}

function whenText(when: Date, language: Language): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(when);
}
