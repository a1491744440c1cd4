/** "Make it my shop": takes a product feed, shows how far it is, and what was refused of it and why. */

import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { feedReport } from '../parts/feed-report';
import { Part } from '../parts/page';
import { categoryAddress } from '../route';
import { router } from '../router';
import { feedDesk } from '../shop/feed-desk';
import { type OpenShop, store } from '../shop/store';

/** File kinds the picker offers. */
const accepted =
  '.json,.jsonl,.csv,.tsv,.txt,.xml,application/json,text/csv,text/tab-separated-values,text/xml,application/xml';

/** Makes the shop from a file and shows it. */
export async function takeFeed(file: File): Promise<void> {
  if (router.route.page !== 'your-shop') router.go('/your-shop');
  if (await feedDesk.take(file)) router.go('/');
}

@customElement('shop-your-shop')
export class YourShopPage extends Part {
  /** The open shop; this page works without one too. */
  @property({ attribute: false }) shop?: OpenShop | undefined;
  readonly follow = new Follow(this, feedDesk);

  protected override render(): TemplateResult {
    const own = this.shop?.own;
    document.title = this.say('yourShop.title');
    return html`
      <header class="page-head">
        <h1>${this.say('yourShop.title')}</h1>
        <p class="lead">${this.say('yourShop.text')}</p>
      </header>
      ${this.#desk()}
      ${
        own
          ? html`<section class="your-shop" aria-labelledby="made">
            <h2 id="made">${own.name}</h2>
            ${feedReport(own, this.language)}
            <p class="actions">
              <a class="button" href=${categoryAddress([])}>${this.say('hero.enter')}</a>
              <button type="button" class="button secondary" @click=${() => store.backToDemo()}>${this.say('own.back')}</button>
            </p>
          </section>`
          : nothing
      }
      <section class="your-shop" aria-labelledby="formats">
        <h2 id="formats">${this.say('yourShop.formats')}</h2>
        <dl class="facts">
          <div><dt>Shopify</dt><dd>${this.say('format.shopify')}</dd></div>
          <div><dt>Google Merchant</dt><dd>${this.say('format.google')}</dd></div>
          <div><dt>CSV</dt><dd>${this.say('format.csv')}</dd></div>
        </dl>
        <p class="quiet">${this.say('yourShop.pictures')}</p>
      </section>
    `;
  }

  #desk(): TemplateResult {
    const { desk } = feedDesk;
    if (desk.is === 'reading') {
      const share = desk.size > 0 ? Math.min(1, desk.progress.bytes / desk.size) : 0;
      return html`<div class="drop" aria-busy="true">
        <p role="status">${this.say('yourShop.reading', { file: desk.file })}</p>
        <progress max="1" .value=${share} aria-label=${this.say('yourShop.reading', { file: desk.file })}></progress>
        <p class="quiet">${this.sayCount('yourShop.products', desk.progress.products)}</p>
      </div>`;
    }
    return html`<div class="drop">
      ${
        desk.is === 'failed'
          ? html`<div class="failed" role="alert">
            <p><strong>${this.say('yourShop.failed', { file: desk.file })}</strong></p>
            <p>${desk.message}</p>
          </div>`
          : nothing
      }
      <p class="drop-title">${this.say('yourShop.drop')}</p>
      <label class="button">
        <input class="visually-hidden" type="file" accept=${accepted} @change=${(event: Event) => this.#picked(event)} />
        ${this.say('yourShop.pick')}
      </label>
      <p class="quiet">${this.say('yourShop.local')}</p>
    </div>`;
  }

  #picked({ target }: Event): void {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = '';
    if (file) void takeFeed(file);
  }
}
