/** A category, or everything: narrowed and ordered as the address says, with the shopper's own suggestions below. */

import { Load } from '@vitrine/look/load';
import type { CategoryNode, Product, ProductPage } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Page } from '../parts/page';
import { productCard } from '../parts/product-card';
import { addressOf, categoryAddress, plainView, type View } from '../route';
import { router } from '../router';
import { nodesAlong } from '../shop/categories';
import { type Facet, facetsOf, productsForFacets } from '../shop/facets';
import { attributeName, nameOf } from '../words';
import { placeholders } from './home';
import '../parts/row';
import './missing';

const pageSize = 24;
const sorts = ['featured', 'price-ascending', 'price-descending', 'title'] as const;

@customElement('shop-category')
export class CategoryPage extends Page {
  @property({ attribute: false }) path: string[] = [];
  @property({ attribute: false }) view: View = plainView;
  readonly #page = new Load<ProductPage>(this);
  readonly #all = new Load<Product[]>(this);

  protected override render(): TemplateResult {
    const { vitrine, categories } = this.shop;
    const nodes = nodesAlong(categories, this.path);
    if (!nodes) return html`<shop-missing .language=${this.language}></shop-missing>`;
    const node = nodes.at(-1);
    const name = node ? nameOf(node.name, this.language) : this.say('category.all');
    const place = this.path.join('/');
    const view = JSON.stringify(this.view);
    const page = this.#page.from([place, vitrine, view, this.language], () => this.#load());
    const all = this.#all.from([place, vitrine], () => productsForFacets(vitrine, this.path));
    this.nameWindow(name);
    return html`
      <header class="page-head">
        ${this.#trail(nodes)}
        <h1>${name}</h1>
        ${this.#below(node?.children ?? (nodes.length === 0 ? categories : []))}
      </header>
      ${this.#tools(facetsOf(all ?? [], this.language), page)}
      <div class="grid" aria-busy=${page === undefined}>
        ${
          page
            ? repeat(
                page.products,
                ({ id }) => id,
                (product, place) => productCard(product, this.language, place < 4),
              )
            : placeholders(8)
        }
      </div>
      ${page && page.total === 0 ? this.#nothing() : nothing}
      ${page && page.products.length < page.total ? this.#more(page) : nothing}
      <section class="band" aria-labelledby="for-you">
        <div class="band-head"><h2 id="for-you">${this.say('category.forYou', { name })}</h2></div>
        <shop-row
          .vitrine=${vitrine}
          .language=${this.language}
          scenario=${this.path.length > 0 ? 'category' : 'home'}
          .category=${this.path.length > 0 ? this.path : undefined}
          .label=${this.say('category.forYou', { name })}
        ></shop-row>
      </section>
    `;
  }

  /** The products of all pages shown so far; the engine gives at most 100 at once. */
  async #load(): Promise<ProductPage> {
    const { vitrine } = this.shop;
    const { sort, inStock, attributes, pages } = this.view;
    const query = { category: this.path, sort, language: this.language, filter: { inStock, attributes } };
    const parts = await Promise.all(
      Array.from({ length: pages }, (_, page) =>
        vitrine.products({ ...query, offset: page * pageSize, limit: pageSize }),
      ),
    );
    return { total: parts[0]?.total ?? 0, products: parts.flatMap(({ products }) => products) };
  }

  #address(change: Partial<View>): string {
    return addressOf({ page: 'category', path: this.path, view: { ...this.view, pages: 1, ...change } });
  }

  #go(change: Partial<View>): void {
    router.go(this.#address(change), { replace: true, keepPlace: true });
  }

  #trail(nodes: CategoryNode[]): TemplateResult | typeof nothing {
    if (nodes.length === 0) return nothing;
    const above = nodes.slice(0, -1);
    return html`<nav class="breadcrumbs" aria-label=${this.say('breadcrumbs')}>
      <a href=${categoryAddress([])}>${this.say('category.all')}</a>
      ${above.map(
        ({ name }, depth) =>
          html`<a href=${categoryAddress(this.path.slice(0, depth + 1))}>${nameOf(name, this.language)}</a>`,
      )}
    </nav>`;
  }

  #below(children: readonly CategoryNode[]): TemplateResult | typeof nothing {
    if (children.length < 2) return nothing;
    return html`<ul class="chips">
      ${children.map(
        ({ key, name, count }) =>
          html`<li>
            <a class="chip" href=${categoryAddress([...this.path, key])}
              >${nameOf(name, this.language)} <span class="quiet">${count}</span></a
            >
          </li>`,
      )}
    </ul>`;
  }

  #tools(facets: Facet[], page: ProductPage | undefined): TemplateResult {
    const { attributes, inStock, sort } = this.view;
    const chosen = Object.values(attributes).flat().length;
    return html`<div class="tools">
      <p class="count" role="status">${page ? this.sayCount('pieces', page.total) : ''}</p>
      <div class="facets">
        ${facets.map((facet) => this.#facet(facet))}
        <label class="check">
          <input type="checkbox" .checked=${inStock} @change=${(event: Event) => this.#go({ inStock: checked(event) })} />
          ${this.say('category.inStock')}
        </label>
        ${
          chosen > 0
            ? html`<a class="more" data-keep-place href=${this.#address({ attributes: {} })}>${this.say('category.clear')}</a>`
            : nothing
        }
      </div>
      <label class="sort">
        <span class="visually-hidden">${this.say('category.sort')}</span>
        <select @change=${(event: Event) => this.#go({ sort: (event.target as HTMLSelectElement).value as View['sort'] })}>
          ${sorts.map((key) => html`<option value=${key} ?selected=${key === sort}>${this.say(`sort.${key}`)}</option>`)}
        </select>
      </label>
    </div>`;
  }

  #facet({ key, values }: Facet): TemplateResult {
    const chosen = this.view.attributes[key] ?? [];
    const toggled = (name: string) =>
      chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
    return html`<details class="facet" name="facets">
      <summary>
        ${attributeName(key, this.language)}${chosen.length > 0 ? html` <span class="badge">${chosen.length}</span>` : nothing}
      </summary>
      <div class="facet-values">
        ${values.map(
          ({ name, count }) =>
            html`<label class="check">
              <input
                type="checkbox"
                .checked=${chosen.includes(name)}
                @change=${() => this.#go({ attributes: { ...this.view.attributes, [key]: toggled(name) } })}
              />
              ${name} <span class="quiet">${count}</span>
            </label>`,
        )}
      </div>
    </details>`;
  }

  #nothing(): TemplateResult {
    return html`<div class="empty">
      <p>${this.say('category.nothing')}</p>
      <a class="button" data-keep-place href=${categoryAddress(this.path)}>${this.say('category.clear')}</a>
    </div>`;
  }

  #more({ products, total }: ProductPage): TemplateResult {
    return html`<p class="after-grid">
      <span class="quiet">${this.say('category.shown', { shown: products.length, total })}</span>
      <a class="button secondary" data-keep-place href=${this.#address({ pages: this.view.pages + 1 })}
        >${this.say('category.more')}</a
      >
    </p>`;
  }
}

const checked = (event: Event) => (event.target as HTMLInputElement).checked;
