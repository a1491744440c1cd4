/** What the shopper should know about the shop itself: it is made from a feed, a part is damaged, it cannot open. */
import type { Language, VitrineError } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { update } from '../offline/register';
import type { OpenShop } from '../shop/store';
import { store } from '../shop/store';
import { say, sayCount } from '../words';

/** The lines between head and page; usually none. */
export function notices(shop: OpenShop | undefined, language: Language): TemplateResult {
  return html`
    ${shop?.own ? ownLine(shop, shop.own, language) : nothing}
    ${
      shop?.damaged
        ? html`<div class="line-notice" role="status">
          <p>${say(language, 'damaged', { part: shop.damaged })}</p>
          <button type="button" class="link" @click=${() => store.openAnew()}>${say(language, 'again')}</button>
        </div>`
        : nothing
    }
    ${
      update.isThere
        ? html`<div class="line-notice" role="status">
          <p>${say(language, 'update')}</p>
          <button type="button" class="link" @click=${() => update.take()}>${say(language, 'update.take')}</button>
        </div>`
        : nothing
    }
  `;
}

function ownLine(shop: OpenShop, own: NonNullable<OpenShop['own']>, language: Language): TemplateResult {
  const { rejected, assumedCurrency } = own.report;
  return html`<div class="line-notice own-line" role="status">
    <p>
      ${say(language, own.keptIn === 'persistent' ? 'own.kept' : 'own.memory', { file: own.file })}
      <a href="/your-shop"
        >${rejected > 0 ? sayCount(language, 'report.refused', rejected) : sayCount(language, 'pieces', shop.about.items)}</a
      >
      ${
        assumedCurrency === undefined
          ? nothing
          : html`<a class="assumed" href="/your-shop">${say(language, 'own.currency', { currency: assumedCurrency })}</a>`
      }
    </p>
    <button type="button" class="link" @click=${() => store.backToDemo()}>${say(language, 'own.back')}</button>
  </div>`;
}

/** The page where no shop can be opened: what is wrong, and what can be done. */
export function closedNotice(error: VitrineError, language: Language): TemplateResult {
  document.title = say(language, 'closed.title');
  return html`<section class="notice" role="alert">
    <h1>${say(language, 'closed.title')}</h1>
    <p>
      ${error.section ? say(language, 'closed.section', { section: error.section }) : say(language, 'closed.text')}
    </p>
    <p class="quiet">${error.message}</p>
    <p class="actions">
      <button type="button" class="button" @click=${() => store.openAnew()}>${say(language, 'again')}</button>
      <a class="button secondary" href="/your-shop">${say(language, 'yourShop.title')}</a>
    </p>
  </section>`;
}
