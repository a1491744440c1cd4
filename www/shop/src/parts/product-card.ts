/** A product in a grid: picture, name, price, and whether it is sold out. */
import { formatPrice, type Language, type Money, type Product } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { productAddress } from '../route';
import { nameOf, say } from '../words';
import { picture } from './picture';

/** The card; `eager` for cards seen first. */
export function productCard(product: Product, language: Language, eager = false): TemplateResult {
  const title = nameOf(product.title, language);
  return html`<a class="card" href=${productAddress(product.id)}>
    ${picture(product.pictures[0], title, language, 'card', { eager, silent: true })}
    <span class="card-title">${title}</span>
    <span class="card-price">${priceTag(product.price, product.compareAt, language)}</span>
    ${isBuyable(product.availability) ? nothing : html`<span class="card-note">${say(language, 'soldOut')}</span>`}
  </a>`;
}

/** A price, with the one before a reduction struck through. */
export function priceTag(now: Money, before: Money | null | undefined, language: Language): TemplateResult {
  if (!before) return html`${formatPrice(now, language)}`;
  return html`<span class="visually-hidden">${say(language, 'price.now')}</span
    ><strong class="reduced">${formatPrice(now, language)}</strong>
    <span class="visually-hidden">${say(language, 'price.before')}</span><s>${formatPrice(before, language)}</s>`;
}

/** Whether something can be put in the basket. */
export const isBuyable = (availability: Product['availability']) =>
  !(availability.state === 'out_of_stock' || (availability.state === 'in_stock' && availability.units === 0));
