/** The frame of the shop: head, foot, notices, and the page that the address asks for. */
import { sayLook } from '@vitrine/look/choices';
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { update } from './offline/register';
import { listenForDrops } from './parts/drop';
import { shopFoot } from './parts/foot';
import { shopHead } from './parts/head';
import { closedNotice, notices } from './parts/notices';
import { Part } from './parts/page';
import { preferences } from './preferences';
import { router } from './router';
import { basket } from './shop/basket';
import { type OpenShop, store } from './shop/store';
import { shopWorker } from './shop/worker';
import './pages/basket';
import './pages/category';
import './pages/home';
import './pages/missing';
import './pages/privacy';
import './pages/product';
import './pages/your-shop';

@customElement('shop-app')
export class App extends Part {
  readonly follow = new Follow(this, store, router, preferences, basket, update, shopWorker);

  override connectedCallback(): void {
    super.connectedCallback();
    listenForDrops();
  }

  protected override render(): TemplateResult {
    const { state } = store;
    const { language } = preferences;
    this.language = language;
    const shop = state.is === 'open' ? state : undefined;
    return html`
      <a class="skip" href="#main">${sayLook(language, 'skip')}</a>
      ${shopHead(shop, router.route, language)}
      ${notices(shop, language)}
      <main id="main" tabindex="-1">${this.#page()}</main>
      ${shopFoot(shop, language)}
      ${this.#assistant(shop)}
    `;
  }

  /** The assistant knows the demo's own goods; a shop made from a feed has none. */
  #assistant(shop: OpenShop | undefined): TemplateResult | typeof nothing {
    const { route } = router;
    if (!shopWorker.assistant || shop?.own) return nothing;
    return html`<vitrine-assistant
      .assistant=${shopWorker.assistant}
      language=${this.language}
      link="/item/{id}"
      item=${ifDefined(route.page === 'product' ? route.id : undefined)}
    ></vitrine-assistant>`;
  }

  #page(): TemplateResult {
    const { state } = store;
    if (router.route.page === 'your-shop') {
      const shop = state.is === 'open' ? state : undefined;
      return html`<shop-your-shop .shop=${shop} .language=${this.language}></shop-your-shop>`;
    }
    if (router.route.page === 'bench') {
      void import('./pages/bench'); // with everything that only this page needs
      return html`<shop-bench .language=${this.language}></shop-bench>`;
    }
    if (state.is === 'open') return this.#openPage(state);
    if (state.is === 'closed') return closedNotice(state.error, this.language);
    return html`<p class="opening" role="status"><span class="visually-hidden">${this.say('opening')}</span></p>`;
  }

  #openPage(shop: OpenShop): TemplateResult {
    const { route } = router;
    const { language } = this;
    const { session } = store;
    switch (route.page) {
      case 'home':
        return html`<shop-home .shop=${shop} .language=${language} .session=${session}></shop-home>`;
      case 'category':
        return html`<shop-category
          .shop=${shop}
          .language=${language}
          .path=${route.path}
          .view=${route.view}
        ></shop-category>`;
      case 'product':
        return html`<shop-product .shop=${shop} .language=${language} .item=${route.id}></shop-product>`;
      case 'basket':
        return html`<shop-basket .shop=${shop} .language=${language} .session=${session}></shop-basket>`;
      case 'privacy':
        return html`<shop-privacy .shop=${shop} .language=${language} .session=${session}></shop-privacy>`;
      default:
        return html`<shop-missing .language=${language}></shop-missing>`;
    }
  }
}
