/** The first page: the house, what suits this shopper, the departments, and the way to make the shop one's own. */

import { Load } from '@vitrine/look/load';
import type { CategoryNode, Product } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Page } from '../parts/page';
import { picture } from '../parts/picture';
import { productCard } from '../parts/product-card';
import { categoryAddress, productAddress } from '../route';
import { nameOf } from '../words';
import '../parts/row';
import '../parts/trail';

/** What the page shows; no product twice. */
interface Shown {
  heroes: (Product | undefined)[];
  /** One product of each department, for its picture. */
  faces: Map<string, Product>;
  range: Product[];
}

/** Departments shown with a picture. */
const mostDepartments = 6;

@customElement('shop-home')
export class HomePage extends Page {
  readonly #shown = new Load<Shown>(this);

  protected override render(): TemplateResult {
    const { vitrine, categories, own } = this.shop;
    const shown = this.#shown.from([vitrine], () => this.#load());
    this.nameWindow('');
    return html`
      ${own ? this.#ownHero(own.name, shown) : this.#hero(shown)}
      <section class="band for-you" aria-labelledby="for-you">
        <div class="band-head">
          <h2 id="for-you">${this.say('home.forYou')}</h2>
          <p class="quiet">${this.say('home.forYou.how')}</p>
        </div>
        <shop-trail .shop=${this.shop} .language=${this.language} .session=${this.session}></shop-trail>
        <shop-row .vitrine=${vitrine} .language=${this.language} scenario="home" limit="12" .label=${this.say('home.forYou')}></shop-row>
      </section>
      ${categories.length > 1 ? this.#departments(categories.slice(0, mostDepartments), shown) : nothing}
      <section class="band" aria-labelledby="range">
        <div class="band-head">
          <h2 id="range">${this.say('home.range')}</h2>
          <a class="more" href=${categoryAddress([])}>${this.sayCount('home.all', this.shop.about.items)}</a>
        </div>
        <div class="grid">
          ${
            shown
              ? repeat(
                  shown.range,
                  ({ id }) => id,
                  (product) => productCard(product, this.language),
                )
              : placeholders(8)
          }
        </div>
      </section>
      ${own ? nothing : this.#invitation()}
    `;
  }

  async #load(): Promise<Shown> {
    const { vitrine, categories } = this.shop;
    const { products } = await vitrine.products({ limit: 100, filter: { inStock: true } });
    const left = inTurn(products);
    const take = (suits: (product: Product) => boolean) => {
      const [taken] = left.splice(Math.max(0, left.findIndex(suits)), 1);
      return taken;
    };
    const first = take(({ category }) => category[0]?.key === categories[0]?.key);
    const heroes = [first, take(({ category }) => category[0]?.key !== first?.category[0]?.key)];
    const faces = new Map<string, Product>();
    for (const { key } of categories.slice(0, mostDepartments)) {
      const suits = ({ category }: Product) => category[0]?.key === key;
      const face = left.some(suits) ? take(suits) : products.find(suits);
      if (face) faces.set(key, face);
    }
    return { heroes, faces, range: left.slice(0, 8) };
  }

  #hero(shown: Shown | undefined): TemplateResult {
    const [first, second] = shown?.heroes ?? [];
    return html`<section class="hero">
      <div class="hero-words">
        <h1>${this.say('hero.title')}</h1>
        <p>${this.say('hero.text')}</p>
        <a class="button" href=${categoryAddress([])}>${this.say('hero.enter')}</a>
      </div>
      <div class="hero-pictures">${this.#heroPicture(first)}${this.#heroPicture(second)}</div>
    </section>`;
  }

  #ownHero(name: string, shown: Shown | undefined): TemplateResult {
    const [first, second] = shown?.heroes ?? [];
    return html`<section class="hero own">
      <div class="hero-words">
        <h1>${name}</h1>
        <p>${this.sayCount('own.hero', this.shop.about.items)}</p>
        <a class="button" href=${categoryAddress([])}>${this.say('hero.enter')}</a>
      </div>
      <div class="hero-pictures">${this.#heroPicture(first)}${this.#heroPicture(second)}</div>
    </section>`;
  }

  #heroPicture(product: Product | undefined): TemplateResult {
    if (!product) return html`<span class="hero-picture"><span class="picture"></span></span>`;
    const title = nameOf(product.title, this.language);
    return html`<a class="hero-picture" href=${productAddress(product.id)}
      >${picture(product.pictures[0], title, this.language, 'hero', { eager: true })}<span class="caption">${title}</span></a
    >`;
  }

  #departments(departments: CategoryNode[], shown: Shown | undefined): TemplateResult {
    return html`<section class="band" aria-labelledby="departments">
      <div class="band-head"><h2 id="departments">${this.say('home.departments')}</h2></div>
      <ul class="departments">
        ${departments.map(({ key, name, count }) => {
          const face = shown?.faces.get(key);
          return html`<li>
            <a class="department" href=${categoryAddress([key])}>
              ${picture(face?.pictures[0], nameOf(name, this.language), this.language, 'card', { silent: true })}
              <span class="department-name">${nameOf(name, this.language)}</span>
              <span class="quiet">${this.sayCount('pieces', count)}</span>
            </a>
          </li>`;
        })}
      </ul>
    </section>`;
  }

  #invitation(): TemplateResult {
    return html`<section class="invitation" aria-labelledby="invitation">
      <h2 id="invitation">${this.say('invitation.title')}</h2>
      <p>${this.say('invitation.text')}</p>
      <a class="button" href="/your-shop">${this.say('invitation.enter')}</a>
    </section>`;
  }
}

/** Empty squares where products will be, so that nothing moves when they come. */
export const placeholders = (count: number) =>
  Array.from({ length: count }, () => html`<span class="card" aria-hidden="true"><span class="picture"></span></span>`);

/** Products of different departments in turn, so that the first few show the breadth of the shop. */
function inTurn(products: Product[]): Product[] {
  const piles = new Map<string, Product[]>();
  for (const product of products) {
    const key = product.category.at(-1)?.key ?? '';
    piles.set(key, [...(piles.get(key) ?? []), product]);
  }
  const longest = Math.max(0, ...[...piles.values()].map(({ length }) => length));
  const rounds = Array.from({ length: longest }, (_, round) =>
    [...piles.values()].flatMap((pile) => pile[round] ?? []),
  );
  return rounds.flat();
}
