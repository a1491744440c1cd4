/** What this browser keeps, all of it: the package's panel for the session, and the shop's own few things. */

import { sayLook } from '@vitrine/look/choices';
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Page } from '../parts/page';
import { preferences } from '../preferences';
import { basket } from '../shop/basket';
import { store } from '../shop/store';
import { shopWorker } from '../shop/worker';

@customElement('shop-privacy')
export class PrivacyPage extends Page {
  @state() private forgotten = false;
  readonly follow = new Follow(this, basket);

  protected override render(): TemplateResult {
    const { vitrine, own } = this.shop;
    this.nameWindow(this.say('privacy.title'));
    return html`
      <header class="page-head">
        <h1>${this.say('privacy.title')}</h1>
        <p class="lead">${this.say('privacy.text')}</p>
      </header>
      <div class="privacy">
        <vitrine-privacy .shop=${vitrine}></vitrine-privacy>
        <section aria-labelledby="shop-keeps">
          <h2 id="shop-keeps">${this.say('privacy.shop')}</h2>
          <dl class="facts">
            <div><dt>${this.say('basket.title')}</dt><dd>${this.sayCount('pieces', basket.pieces)}</dd></div>
            <div><dt>${this.say('privacy.choices')}</dt><dd>${sayLook(this.language, 'language.own')} · ${sayLook(this.language, `theme.${preferences.theme}`)}</dd></div>
            ${own ? html`<div><dt>${this.say('privacy.ownShop')}</dt><dd>${own.name} (${own.file})</dd></div>` : nothing}
            ${shopWorker.live ? html`<div><dt>${this.say('privacy.stock')}</dt><dd>${this.say('privacy.stock.what')}</dd></div>` : nothing}
            <div><dt>${this.say('privacy.offline')}</dt><dd>${this.say('privacy.offline.what')}</dd></div>
          </dl>
          <p>
            <button type="button" class="button secondary" @click=${() => this.#forget()}>${this.say('privacy.forget')}</button>
          </p>
          <p role="status">${this.forgotten ? this.say('privacy.forgotten') : nothing}</p>
        </section>
      </div>
    `;
  }

  async #forget(): Promise<void> {
    basket.clear();
    preferences.forget();
    if (this.shop.own) await store.backToDemo();
    this.forgotten = true;
  }
}
