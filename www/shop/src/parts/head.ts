/** The head of every page: the shop's name, its departments, the basket. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { categoryAddress, type Route } from '../route';
import { basket } from '../shop/basket';
import type { OpenShop } from '../shop/store';
import { nameOf, say, sayCount } from '../words';

/** Departments that fit beside the name. */
const mostDepartments = 6;

/** The head; `shop` is missing while none is open. */
export function shopHead(shop: OpenShop | undefined, route: Route, language: Language): TemplateResult {
  const department = route.page === 'category' ? route.path[0] : undefined;
  const current = (is: boolean) => (is ? 'page' : nothing);
  return html`<header class="head">
    <a class="name" href="/">${shop?.own?.name ?? say(language, 'house')}</a>
    <nav class="departments-nav" aria-label=${say(language, 'departments')}>
      ${(shop?.categories ?? [])
        .slice(0, mostDepartments)
        .map(
          ({ key, name }) =>
            html`<a href=${categoryAddress([key])} aria-current=${current(department === key)}>${nameOf(name, language)}</a>`,
        )}
      ${
        shop
          ? html`<a href=${categoryAddress([])} aria-current=${current(route.page === 'category' && !department)}
            >${say(language, 'category.all')}</a
          >`
          : nothing
      }
    </nav>
    <div class="head-tools">
      <a href="/your-shop" class="own-link" aria-current=${current(route.page === 'your-shop')}>${say(language, 'yourShop.short')}</a>
      <a href="/basket" aria-current=${current(route.page === 'basket')}
        >${say(language, 'basket.title')}${
          basket.pieces > 0
            ? html` <span class="badge" aria-label=${sayCount(language, 'pieces', basket.pieces)}>${basket.pieces}</span>`
            : nothing
        }</a
      >
    </div>
  </header>`;
}
