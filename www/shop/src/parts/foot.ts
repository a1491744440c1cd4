/** The foot of every page: what this shop is, what it keeps, and in which language and light it is shown. */
import { choices } from '@vitrine/look/choices';
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { preferences } from '../preferences';
import type { OpenShop } from '../shop/store';
import { shopWorker } from '../shop/worker';
import { say } from '../words';

/** The foot. */
export function shopFoot(shop: OpenShop | undefined, language: Language): TemplateResult {
  return html`<footer class="foot">
    <div class="foot-words">
      <p>${say(language, shop?.own ? 'foot.own' : 'foot.demo')}</p>
      <nav aria-label=${say(language, 'foot.nav')}>
        <a href="/privacy">${say(language, 'privacy.title')}</a>
        <a href="/your-shop">${say(language, 'yourShop.title')}</a>
        <a href="/bench">${say(language, 'bench.title')}</a>
        ${shopWorker.live ? html`<a href="/console/">${say(language, 'foot.console')}</a>` : nothing}
      </nav>
    </div>
    ${choices(preferences)}
  </footer>`;
}
