/** The basket: lines, total, and an order that the demo pretends to take. */

import { Follow } from '@vitrine/look/follow';
import { Load } from '@vitrine/look/load';
import { formatPrice, type Product } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Page } from '../parts/page';
import { picture } from '../parts/picture';
import { categoryAddress, productAddress } from '../route';
import { basket, type Line, mostPieces } from '../shop/basket';
import { type Priced, pricedLine, totalsOf } from '../shop/prices';
import { nameOf } from '../words';
import '../parts/row';

@customElement('shop-basket')
export class BasketPage extends Page {
  @state() private ordered = false;
  readonly #products = new Load<Map<string, Product>>(this);
  readonly follow = new Follow(this, basket);

  protected override render(): TemplateResult {
    const { vitrine } = this.shop;
    const items = [...new Set(basket.lines.map(({ item }) => item))].sort();
    const products = this.#products.from([vitrine, ...items], async () => {
      const found = await Promise.all(items.map((item) => vitrine.product(item)));
      return new Map(found.flatMap((product) => (product ? [[product.id, product]] : [])));
    });
    this.nameWindow(this.say('basket.title'));
    const lines = basket.lines.flatMap((line) => pricedLine(line, products?.get(line.item)));
    return html`
      <header class="page-head"><h1>${this.say('basket.title')}</h1></header>
      ${this.ordered ? html`<p class="banner" role="status">${this.say('basket.ordered')}</p>` : nothing}
      ${basket.lines.length === 0 ? this.#empty() : this.#lines(lines)}
      <section class="band" aria-labelledby="also">
        <div class="band-head"><h2 id="also">${this.say(lines.length > 0 ? 'basket.also' : 'home.forYou')}</h2></div>
        <shop-row
          .vitrine=${vitrine}
          .language=${this.language}
          scenario=${lines.length > 0 ? 'basket' : 'home'}
          limit="8"
          .label=${this.say(lines.length > 0 ? 'basket.also' : 'home.forYou')}
        ></shop-row>
      </section>
    `;
  }

  #empty(): TemplateResult {
    return html`<div class="empty">
      <p>${this.say('basket.empty')}</p>
      <a class="button" href=${categoryAddress([])}>${this.say('hero.enter')}</a>
    </div>`;
  }

  #lines(lines: Priced[]): TemplateResult {
    const totals = totalsOf(lines).map((total) => formatPrice(total, this.language));
    return html`<div class="basket">
      <ul class="lines">
        ${repeat(
          lines,
          ({ line }) => `${line.item} ${line.sku}`,
          (line) => this.#line(line),
        )}
      </ul>
      <aside class="sum" aria-label=${this.say('basket.total')}>
        <p>
          <span>${this.say('basket.total')}</span>
          <strong>${totals.join(' + ')}</strong>
        </p>
        <button type="button" class="button" @click=${() => this.#order(lines)}>${this.say('basket.order')}</button>
        <p class="quiet">${this.say('basket.pretend')}</p>
      </aside>
    </div>`;
  }

  #line({ line, product, all, variant }: Priced): TemplateResult {
    const title = nameOf(product.title, this.language);
    return html`<li class="line">
      <a href=${productAddress(product.id)} tabindex="-1" aria-hidden="true"
        >${picture(product.pictures[0], title, this.language, 'thumbnail', { silent: true })}</a
      >
      <div>
        <a class="line-title" href=${productAddress(product.id)}>${title}</a>
        ${variant ? html`<p class="quiet">${variant}</p>` : nothing}
        <label class="quantity">
          <span class="visually-hidden">${this.say('basket.quantity', { title })}</span>
          <input
            type="number"
            min="1"
            max=${mostPieces}
            .value=${String(line.quantity)}
            @change=${(event: Event) => basket.change(line, Number((event.target as HTMLInputElement).value))}
          />
        </label>
        <button type="button" class="link" aria-label=${this.say('basket.remove.of', { title })} @click=${() => this.#remove(line)}>
          ${this.say('basket.remove')}
        </button>
      </div>
      <p class="line-price">${formatPrice(all, this.language)}</p>
    </li>`;
  }

  /** Takes a line out, and with it what putting it in told the suggestions. */
  async #remove(line: Line): Promise<void> {
    basket.remove(line);
    for (const event of line.events) await this.shop.vitrine.remove(event);
  }

  async #order(lines: Priced[]): Promise<void> {
    for (const { line } of lines) await this.shop.vitrine.observe({ kind: 'purchase', item: line.item });
    basket.clear();
    this.ordered = true;
  }
}
