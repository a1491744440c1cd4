/** Stock by product and site, with what each source says and how old that is. Disagreements are shown, never averaged. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { StockEntry, StockSource } from '../api/types';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { deviceAddress } from '../route';
import { clock } from '../state/clock';
import { session } from '../state/current-session';
import { type StockOrder, type StockView, seenAt, stock, viewed } from '../state/stock';
import { number } from '../words';
import '../parts/stocktake';

const orders: readonly StockOrder[] = ['sku', 'site', 'units', 'spread', 'age'];

@customElement('console-stock')
export class StockPage extends Page {
  readonly follow = new Follow(this, stock, clock);
  @state() private view: StockView = { text: '', site: '', differing: false, order: 'sku', descending: false };
  /** What is being counted: an entry of the table, or something new. */
  @state() private counting: { sku: string; site: string } | undefined;
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = stock.follow(this.signedIn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override render(): TemplateResult {
    this.nameWindow(this.say('nav.stock'));
    const { entries, loaded, problem } = stock;
    const may = session.may('operator');
    return html`
      <header class="page-head with-tools">
        <h1>${this.say('nav.stock')}</h1>
        ${may && entries.size > 0 ? html`<button type="button" class="button small" @click=${() => this.#count('', '')}>${this.say('count.enter')}</button>` : nothing}
      </header>
      ${problemNotice(problem, this.language, () => void stock.load())}
      ${
        !loaded
          ? problem
            ? nothing
            : html`<p class="quiet" role="status">${this.say('loading')}</p>`
          : entries.size === 0
            ? this.#none(may)
            : this.#list(viewed(entries.values(), this.view))
      }
      ${may ? html`<console-stocktake .language=${this.language} .signedIn=${this.signedIn} .counting=${this.counting} @closed=${() => (this.counting = undefined)}></console-stocktake>` : nothing}
    `;
  }

  #none(may: boolean): TemplateResult {
    return html`<div class="empty">
      <p>${this.say('stock.none')}</p>
      ${
        may
          ? html`<p class="actions"><a class="button" href="#/add">${this.say('add.title')}</a>
        <button type="button" class="button secondary" @click=${() => this.#count('', '')}>${this.say('count.enter')}</button></p>`
          : nothing
      }
    </div>`;
  }

  #list(shown: StockEntry[]): TemplateResult {
    const { view } = this;
    const differing = [...stock.entries.values()].filter(({ agreed }) => !agreed).length;
    return html`
      <div class="tools">
        <label class="search"
          ><span class="visually-hidden">${this.say('stock.search')}</span
          ><input
            type="search"
            placeholder=${this.say('stock.search')}
            .value=${view.text}
            @input=${(event: Event) => this.#look({ text: (event.target as HTMLInputElement).value })}
        /></label>
        ${stock.sites.length > 1 ? this.#sites() : nothing}
        <label class="check">
          <input type="checkbox" .checked=${view.differing} @change=${(event: Event) => this.#look({ differing: (event.target as HTMLInputElement).checked })} />
          <span>${this.say('stock.differing')} <span class="quiet">${number(this.language, differing)}</span></span>
        </label>
        <p class="count" role="status">${this.sayCount('stock.shown', shown.length)}</p>
      </div>
      <table class="list stock">
        <caption class="visually-hidden">${this.say('nav.stock')}</caption>
        <thead>
          <tr>
            ${orders.map((order) => this.#heading(order))}
            ${session.may('operator') ? html`<th scope="col"><span class="visually-hidden">${this.say('count')}</span></th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            shown,
            ({ sku, site }) => `${sku} ${site}`,
            (entry) => this.#row(entry),
          )}
        </tbody>
      </table>
      ${shown.length === 0 ? html`<p class="empty">${this.say('filter.none')}</p>` : nothing}
      ${stock.whole ? nothing : html`<p class="quiet">${this.sayCount('list.cut', stock.entries.size)}</p>`}
    `;
  }

  #heading(order: StockOrder): TemplateResult {
    const { view } = this;
    const current = view.order === order;
    return html`<th scope="col" class=${order === 'units' ? 'number' : ''} aria-sort=${current ? (view.descending ? 'descending' : 'ascending') : nothing}>
      <button type="button" class="sorter" @click=${() => this.#look({ order, descending: current && !view.descending })}>
        ${this.say(`stock.${order}`)}<span class="arrow" aria-hidden="true">${current ? (view.descending ? '↓' : '↑') : ''}</span>
      </button>
    </th>`;
  }

  #row(entry: StockEntry): TemplateResult {
    const { sku, site, units, sources, agreed, spread } = entry;
    return html`<tr data-differing=${!agreed}>
      <th scope="row">${sku}</th>
      <td data-label=${this.say('stock.site')}>${site}</td>
      <td class="number units">${units === undefined ? html`<span class="quiet">${this.say('stock.unknown')}</span>` : number(this.language, units)}</td>
      <td class="agreement">${agreed ? html`<span class="quiet">${this.say(sources.length > 1 ? 'stock.agreed' : 'stock.single')}</span>` : html`<strong>${this.sayCount('stock.differ', spread)}</strong>`}</td>
      <td>
        <ul class="sources">
          ${[...sources].sort((a, b) => (a.observedAt < b.observedAt ? 1 : -1)).map((source) => this.#source(source))}
        </ul>
        ${sources.length === 0 && seenAt(entry) === 0 ? '–' : nothing}
      </td>
      ${
        session.may('operator')
          ? html`<td class="number"><button type="button" class="link" aria-label=${this.say('count.one', { sku, site })} @click=${() => this.#count(sku, site)}>${this.say('count')}</button></td>`
          : nothing
      }
    </tr>`;
  }

  #source({ kind, device, units, between, observedAt, state }: StockSource): TemplateResult {
    const name = this.sayOf('source', kind);
    const said = between ? this.say('between', { low: between[0], high: between[1] }) : number(this.language, units);
    return html`<li>
      ${device ? html`<a href=${deviceAddress(device)} title=${device}>${name}</a>` : html`<span>${name}</span>`}
      <b>${state === 'needs-tare' ? '–' : said}</b>
      <time class="quiet" datetime=${observedAt} title=${this.moment(observedAt)}>${this.ago(observedAt)}</time>
      ${state === 'needs-tare' ? html`<span class="reduced">${this.say('source.needs-tare')}</span>` : nothing}
    </li>`;
  }

  #sites(): TemplateResult {
    return html`<label class="sort">
      <span class="visually-hidden">${this.say('stock.site')}</span>
      <select @change=${(event: Event) => this.#look({ site: (event.target as HTMLSelectElement).value })}>
        <option value="">${this.say('site.all')}</option>
        ${stock.sites.map((site) => html`<option value=${site} ?selected=${site === this.view.site}>${site}</option>`)}
      </select>
    </label>`;
  }

  #look(change: Partial<StockView>): void {
    this.view = { ...this.view, ...change };
  }

  #count(sku: string, site: string): void {
    this.counting = { sku, site };
  }
}
