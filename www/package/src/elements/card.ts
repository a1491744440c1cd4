/** One suggestion as a card: picture, title, price, and a button that tells why. */
import { html, nothing, type TemplateResult } from 'lit';
import { formatPrice } from '../money.js';
import type { Language, Picture, Product, Recommendation } from '../types.js';
import { inLanguage, say } from './messages.js';
import { type ReasonActions, reasonPanel } from './reasons.js';
import { harmless } from './safe-address.js';

/** What a card can do. */
export interface CardActions extends ReasonActions {
  /** Address of the product's page, where it has one. */
  link(product: Product): string | undefined;
  select(event: MouseEvent, product: Product): void;
  /** Shows or hides the reasons. */
  explain(id: string): void;
}

/** The card; `open` shows its reasons over it. */
export function card(
  recommendation: Recommendation,
  open: boolean,
  language: Language,
  actions: CardActions,
): TemplateResult {
  const { id, product } = recommendation;
  const title = inLanguage(product.title, language);
  const address = harmless(actions.link(product));
  const select = (event: MouseEvent) => actions.select(event, product);
  const face = html`${picture(product, language)}<span class="title" part="title" lang=${language}>${title}</span>`;
  return html`
    <li class="card" part="card" data-id=${id}>
      ${
        address === undefined
          ? html`<button type="button" class="link" part="link" data-role="link" @click=${select}>${face}</button>`
          : html`<a class="link" part="link" data-role="link" href=${address} @click=${select}>${face}</a>`
      }
      ${price(product, language)}
      <button
        type="button"
        class="why"
        part="why"
        data-role="why"
        aria-expanded=${open}
        aria-label=${say('card.whyProduct', language, { product: title })}
        @click=${() => actions.explain(id)}
      >
        ${say('card.why', language)}
      </button>
      ${open ? reasonPanel(recommendation, title, language, actions) : nothing}
    </li>
  `;
}

/** A card's place while suggestions are on their way; as large as a card. */
export const placeholder = html`
  <li class="card placeholder" part="card placeholder" aria-hidden="true">
    <span class="link">
      <span class="picture" part="picture"></span><span class="title" part="title"></span>
    </span>
    <span class="price" part="price">&nbsp;</span><span class="why">&nbsp;</span>
  </li>
`;

function picture(product: Product, language: Language): TemplateResult {
  const main = product.pictures[0];
  return html`
    <span class="picture" part="picture">
      ${
        main
          ? html`<img
              part="image"
              src=${main.url}
              srcset=${sizesOf(main) ?? nothing}
              sizes="(max-width: 40rem) 45vw, 16rem"
              width=${main.width ?? nothing}
              height=${main.height ?? nothing}
              alt=${inLanguage(main.alt, language)}
              loading="lazy"
              decoding="async"
              @error=${withoutPicture}
            />`
          : nothing
      }
    </span>
  `;
}

/**
 * Pictures of the shop itself that are named `NAME-900.webp` come with `NAME-400.webp`.
 * Absolute addresses belong to someone else's naming.
 */
function sizesOf({ url }: Picture): string | undefined {
  const small = /^\/(?!\/).*(?=-900\.webp$)/.exec(url)?.[0];
  return small === undefined ? undefined : `${small}-400.webp 400w, ${url} 900w`;
}

/** A picture that cannot be loaded leaves its place empty rather than a broken sign. */
function withoutPicture(event: Event): void {
  if (event.target instanceof HTMLElement) event.target.hidden = true;
}

function price({ price, compareAt, availability }: Product, language: Language): TemplateResult {
  const soldOut =
    availability.state === 'out_of_stock' || (availability.state === 'in_stock' && availability.units === 0);
  return html`
    <span class="price" part="price">
      <span class="hidden">${say('card.price', language)}</span>
      <span part=${compareAt ? 'now reduced' : 'now'}>${formatPrice(price, language)}</span>
      ${
        compareAt
          ? html`<span class="hidden">${say('card.was', language)}</span>
              <s part="was">${formatPrice(compareAt, language)}</s>`
          : nothing
      }
      ${soldOut ? html`<span part="sold-out">${say('card.soldOut', language)}</span>` : nothing}
    </span>
  `;
}
