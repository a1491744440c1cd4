/** What runs out first: products at sites by the risk of their stock, the peaks ahead, and what sells more or less than before. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ForecastEntry, PeakAhead, Trend } from '../api/forecast-types';
import { asProblem, type Problem } from '../api/problem';
import { Page } from '../parts/part';
import { peakList, trendList } from '../parts/peaks-and-trends';
import { problemNotice } from '../parts/problem';
import { riskBar } from '../parts/risk-bar';
import { forecastAddress } from '../route';
import { clock } from '../state/clock';
import { csv, plain, saveText } from '../state/csv';
import { type ForecastOrder, type ForecastView, forecasts, riskOf, viewed } from '../state/forecasts';
import { dateOf, number } from '../words';

const orders: readonly ForecastOrder[] = ['sku', 'site', 'units', 'risk', 'expected', 'order'];
const figures: ReadonlySet<ForecastOrder> = new Set(['units', 'expected', 'order']);
/** Days from ordering until goods can be sold that can be chosen. */
const leadTimes = [3, 7, 14, 20];

@customElement('console-forecasts')
export class ForecastsPage extends Page {
  readonly follow = new Follow(this, forecasts, clock);
  @state() private view: ForecastView = { text: '', site: '', order: 'risk', descending: true };
  @state() private peaks: readonly PeakAhead[] | undefined;
  @state() private trends: readonly Trend[] | undefined;
  @state() private problem: Problem | undefined;
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = forecasts.follow(this.signedIn);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override render(): TemplateResult {
    this.nameWindow(this.say('nav.forecasts'));
    const { entries, loaded } = forecasts;
    const problem = forecasts.problem ?? this.problem;
    const again = () => {
      void forecasts.load();
      void this.#load();
    };
    return html`
      <header class="page-head with-tools">
        <div>
          <h1>${this.say('nav.forecasts')}</h1>
          <p class="lead">${this.say('forecasts.lead')}</p>
        </div>
        ${entries.size > 0 ? html`<button type="button" class="button small secondary" @click=${() => this.#save()}>${this.say('forecasts.export')}</button>` : nothing}
      </header>
      ${problemNotice(problem, this.language, again)}
      ${
        !loaded
          ? problem
            ? nothing
            : html`<p class="quiet" role="status">${this.say('loading')}</p>`
          : entries.size === 0
            ? html`<div class="empty"><p>${this.say('forecasts.none')}</p></div>`
            : html`<div class="forecasts-page">
                <div>${this.#list(viewed(entries.values(), this.view))}</div>
                <div class="beside">
                  ${peakList(this.peaks, this.language)} ${trendList(this.trends, this.language)}
                </div>
              </div>`
      }
    `;
  }

  #list(shown: ForecastEntry[]): TemplateResult {
    const { view } = this;
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
        ${forecasts.sites.length > 1 ? this.#sites() : nothing}
        <label class="sort">
          <span>${this.say('forecasts.leadTime')}</span>
          <select @change=${(event: Event) => forecasts.setLeadTime(Number((event.target as HTMLSelectElement).value))}>
            ${leadTimes.map((days) => html`<option value=${days} ?selected=${days === forecasts.leadTime}>${this.sayCount('forecasts.days', days)}</option>`)}
          </select>
        </label>
        <p class="count" role="status">${this.sayCount('forecasts.shown', shown.length)}</p>
      </div>
      <table class="list forecasts">
        <caption class="visually-hidden">${this.say('nav.forecasts')}</caption>
        <thead>
          <tr>${orders.map((order) => this.#heading(order))}</tr>
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
      ${forecasts.whole ? nothing : html`<p class="quiet">${this.sayCount('forecasts.cut', forecasts.entries.size)}</p>`}
    `;
  }

  #heading(order: ForecastOrder): TemplateResult {
    const { view } = this;
    const current = view.order === order;
    const words = figures.has(order) || order === 'risk';
    return html`<th scope="col" class=${figures.has(order) ? 'number' : ''} aria-sort=${current ? (view.descending ? 'descending' : 'ascending') : nothing}>
      <button type="button" class="sorter" @click=${() => this.#look({ order, descending: current ? !view.descending : words })}>
        ${this.say(`forecasts.${order}`)}<span class="arrow" aria-hidden="true">${current ? (view.descending ? '↓' : '↑') : ''}</span>
      </button>
    </th>`;
  }

  #row(entry: ForecastEntry): TemplateResult {
    const { sku, site, stock, expected, sold, problem } = entry;
    const { language } = this;
    const unknown = html`<span class="quiet">${this.say('forecasts.unknown')}</span>`;
    const order = stock?.reorder.quantity ?? 0;
    return html`<tr>
      <th scope="row"><a href=${forecastAddress(sku)}>${sku}</a></th>
      <td class="site">${site}</td>
      <td class="number units" data-label=${this.say('forecasts.units')}>${stock ? number(language, stock.units) : unknown}</td>
      <td class="risk">${this.#risk(entry)}</td>
      <td class="number" data-label=${this.say('forecasts.expected')}>
        ${expected === undefined ? html`<span class="quiet" title=${problem ?? ''}>${this.say('forecasts.unknown')}</span>` : number(language, expected, expected < 10 ? 1 : 0)}
        <span class="under quiet">${this.say('forecasts.sold', { sold: number(language, sold) })}</span>
      </td>
      <td class="number order" data-label=${stock ? this.say('forecasts.order') : nothing}>${stock ? (order > 0 ? html`<strong>${number(language, order)}</strong>` : html`<span class="quiet">${this.say('forecasts.noOrder')}</span>`) : nothing}</td>
    </tr>`;
  }

  #risk(entry: ForecastEntry): TemplateResult {
    const risk = riskOf(entry);
    if (risk === undefined) return html`<span class="quiet">${this.say('forecasts.risk.none')}</span>`;
    const { units, outBy } = entry.stock ?? {};
    const when =
      outBy &&
      (units === 0
        ? this.say('forecasts.risk.gone')
        : this.say('forecasts.risk.by', { date: dateOf(this.language, outBy) }));
    return html`${riskBar(risk, this.language)} ${when ? html`<span class="under quiet">${when}</span>` : nothing}`;
  }

  #sites(): TemplateResult {
    return html`<label class="sort">
      <span class="visually-hidden">${this.say('stock.site')}</span>
      <select @change=${(event: Event) => this.#look({ site: (event.target as HTMLSelectElement).value })}>
        <option value="">${this.say('site.all')}</option>
        ${forecasts.sites.map((site) => html`<option value=${site} ?selected=${site === this.view.site}>${site}</option>`)}
      </select>
    </label>`;
  }

  #look(change: Partial<ForecastView>): void {
    this.view = { ...this.view, ...change };
  }

  /** What is shown, in its order. */
  #save(): void {
    const heading =
      'sku,site,units,risk_before_goods_arrive,likely_gone_by,sold_last_28_days,expected_next_28_days,order_now,reorder_at,fill_up_to,lead_time_days,absolute_error,scaled_error,model,computed_at';
    const rows = viewed(forecasts.entries.values(), this.view).map((entry) => [
      entry.sku,
      entry.site,
      entry.stock?.units,
      plain(riskOf(entry)),
      entry.stock?.outBy,
      entry.sold,
      plain(entry.expected),
      plain(entry.stock?.reorder.quantity),
      plain(entry.stock?.reorder.point),
      plain(entry.stock?.reorder.upTo),
      entry.stock?.reorder.leadTime,
      plain(entry.absoluteError),
      plain(entry.scaledError),
      entry.model ?? entry.problem,
      entry.computedAt,
    ]);
    saveText('forecasts.csv', csv(heading.split(','), rows));
  }

  async #load(): Promise<void> {
    const { api } = this.signedIn;
    try {
      const [peaks, trends] = await Promise.all([
        api.all<PeakAhead>('forecasts/peaks'),
        api.all<Trend>('forecasts/trends'),
      ]);
      this.peaks = peaks.items;
      this.trends = trends.items;
      this.problem = undefined;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }
}
