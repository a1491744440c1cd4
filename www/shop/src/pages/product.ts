/** One product: pictures, price, sizes, and what goes with it. Opening it is the click that suggestions follow. */

import { Follow } from '@vitrine/look/follow';
import { Load } from '@vitrine/look/load';
import type { Product } from '@vitrine/storefront';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { Page } from '../parts/page';
import { picture } from '../parts/picture';
import { isBuyable, priceTag } from '../parts/product-card';
import { sizeTable } from '../parts/size-table';
import { categoryAddress } from '../route';
import { basket } from '../shop/basket';
import { shopWorker } from '../shop/worker';
import { attributeName, nameOf } from '../words';
import '../parts/row';
import './missing';

type Found = { product: Product | undefined };

@customElement('shop-product')
export class ProductPage extends Page {
  @property() item = '';
  @state() private sku: string | undefined;
  @state() private face = 0;
  @state() private told: 'choose' | 'added' | undefined;
  /** Pieces that the worker counts of what is chosen. */
  @state() private units: number | undefined;
  readonly #found = new Load<Found>(this);
  readonly follow = new Follow(this, shopWorker);
  #seen: Product | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('item') && !changed.has('shop')) return;
    this.sku = undefined;
    this.units = undefined;
    this.face = 0;
    this.told = undefined;
  }

  protected override render(): TemplateResult {
    const { vitrine } = this.shop;
    const found = this.#found.from([this.item, vitrine], async () => ({ product: await vitrine.product(this.item) }));
    if (!found) return html`<div class="product" aria-busy="true"><span class="picture"></span></div>`;
    const { product } = found;
    if (!product) return html`<shop-missing .language=${this.language}></shop-missing>`;
    const title = nameOf(product.title, this.language);
    this.nameWindow(title);
    return html`
      <article class="product">
        ${this.#gallery(product, title)}
        <div class="product-words">
          ${this.#breadcrumbs(product)}
          <h1>${title}</h1>
          <p class="product-price">${priceTag(this.#chosen(product)?.price ?? product.price, product.compareAt, this.language)}</p>
          ${this.#order(product)}
          <div class="description">
            ${nameOf(product.description, this.language)
              .split(/\n\s*\n/)
              .filter(Boolean)
              .map((text) => html`<p>${text}</p>`)}
          </div>
          ${this.#attributes(product)} ${sizeTable(product.sizes, this.language)}
        </div>
      </article>
      <section class="band" aria-labelledby="together">
        <div class="band-head"><h2 id="together">${this.say('product.together')}</h2></div>
        <shop-row .vitrine=${vitrine} .language=${this.language} scenario="together" .label=${this.say('product.together')} .item=${product.id} limit="8"></shop-row>
      </section>
      <section class="band" aria-labelledby="similar">
        <div class="band-head"><h2 id="similar">${this.say('product.similar')}</h2></div>
        <shop-row .vitrine=${vitrine} .language=${this.language} scenario="product" .label=${this.say('product.similar')} .item=${product.id} limit="8"></shop-row>
      </section>
    `;
  }

  protected override updated(): void {
    const product = this.#found.value?.product;
    if (!product || product === this.#seen || product.id !== this.item) return;
    this.#seen = product;
    void this.shop.vitrine.observe({ kind: 'view', item: product.id });
  }

  #chosen(product: Product) {
    return product.variants.find(({ sku }) => sku === this.sku);
  }

  #gallery({ pictures }: Product, title: string): TemplateResult {
    const face = pictures[this.face] ?? pictures[0];
    return html`<div class="gallery">
      ${picture(face, title, this.language, 'large', { eager: true })}
      ${
        pictures.length > 1
          ? html`<ul class="faces">
            ${pictures.map(
              (shown, place) =>
                html`<li>
                  <button
                    type="button"
                    aria-pressed=${place === this.face}
                    aria-label=${this.say('product.picture', { number: place + 1, total: pictures.length })}
                    @click=${() => (this.face = place)}
                  >
                    ${picture(shown, title, this.language, 'thumbnail', { silent: true })}
                  </button>
                </li>`,
            )}
          </ul>`
          : nothing
      }
    </div>`;
  }

  #breadcrumbs({ category }: Product): TemplateResult | typeof nothing {
    if (category.length === 0) return nothing;
    return html`<nav class="breadcrumbs" aria-label=${this.say('breadcrumbs')}>
      ${category.map(({ name }, depth) => {
        const path = category.slice(0, depth + 1).map(({ key }) => key);
        return html`<a href=${categoryAddress(path)}>${nameOf(name, this.language)}</a>`;
      })}
    </nav>`;
  }

  #order(product: Product): TemplateResult {
    const buyable = isBuyable(product.availability) && this.units !== 0;
    return html`<form class="order" @submit=${(event: Event) => this.#put(event, product)}>
      ${product.variants.length > 1 ? this.#variants(product) : nothing}
      ${this.#stock(product)}
      <button class="button" type="submit" ?disabled=${!buyable}>${this.say(buyable ? 'product.add' : 'soldOut')}</button>
      <p class="told" role="status">
        ${this.told === 'choose' ? this.say('product.choose') : nothing}
        ${this.told === 'added' ? html`${this.say('product.added')} <a href="/basket">${this.say('basket.open')}</a>` : nothing}
      </p>
    </form>`;
  }

  /** What the shop's own things count; a shop made from a feed has none. */
  #stock({ id, variants }: Product): TemplateResult | typeof nothing {
    if (!shopWorker.live || this.shop.own) return nothing;
    return html`<vitrine-stock
      .live=${shopWorker.live}
      item=${id}
      sku=${ifDefined(variants.length === 1 ? variants[0]?.sku : this.sku)}
      language=${this.language}
      @vitrine-stock=${({ detail }: CustomEvent<{ units: number | undefined }>) => {
        this.units = detail.units;
      }}
    ></vitrine-stock>`;
  }

  #variants({ variants }: Product): TemplateResult {
    const keys = [...new Set(variants.flatMap(({ options }) => Object.keys(options)))];
    const label = keys.map((key) => attributeName(key, this.language)).join(' · ');
    return html`<fieldset class="variants">
      <legend>${label}</legend>
      ${variants.map(({ sku, options, availability }) => {
        const buyable = isBuyable(availability);
        return html`<label class="variant">
          <input
            type="radio"
            name="variant"
            .value=${sku}
            .checked=${sku === this.sku}
            ?disabled=${!buyable}
            @change=${() => {
              this.sku = sku;
              this.told = undefined;
            }}
          />
          <span
            >${Object.values(options).join(' · ') || sku}${
              buyable ? nothing : html`<span class="visually-hidden"> ${this.say('soldOut')}</span>`
            }</span
          >
        </label>`;
      })}
    </fieldset>`;
  }

  async #put(event: Event, product: Product): Promise<void> {
    event.preventDefault();
    const sku = product.variants.length === 1 ? product.variants[0]?.sku : this.sku;
    if (product.variants.length > 1 && !sku) {
      this.told = 'choose';
      this.querySelector<HTMLInputElement>('.variants input:not(:disabled)')?.focus();
      return;
    }
    const { id } = await this.shop.vitrine.observe({ kind: 'cart', item: product.id });
    basket.add(product.id, sku, id);
    this.told = 'added';
  }

  #attributes({ attributes, brand }: Product): TemplateResult | typeof nothing {
    const rows = attributes.map(
      ({ key, value }) => [attributeName(key, this.language), nameOf(value, this.language)] as const,
    );
    if (brand) rows.unshift([this.say('product.brand'), brand]);
    if (rows.length === 0) return nothing;
    return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
  }
}
