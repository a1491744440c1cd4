/** A product at a site: what was sold and what is expected, what that does to the shelf, and how it was found out. */
import { locales } from '@vitrine/look/words';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Forecast, PlaceForecast, StockRisk } from '../api/forecast-types';
import { csv, plain, saveText } from '../state/csv';
import { atLevel, type Back, backs, daysOf, fanOf, meanOf } from '../state/fan';
import { dateOf, number, percent } from '../words';
import { fanOptions, riskOptions } from './fan-options';
import { madeOf, stockFacts } from './forecast-facts';
import { Part } from './part';
import { since } from './time';
import './plot';

@customElement('console-place-forecast')
export class PlaceForecastPart extends Part {
  @property({ attribute: false }) place!: PlaceForecast;
  @property({ attribute: false }) risk: StockRisk | undefined;
  @state() private back: Back = 'weeks';
  #drawnFor = '';
  #fan = (style: () => CSSStyleDeclaration) => fanOptions({ ...this.#drawing(0), style });
  #risk = (style: () => CSSStyleDeclaration) => riskOptions({ ...this.#drawing(1), style });

  protected override willUpdate(): void {
    // Other words are another drawing.
    if (this.#drawnFor === this.language) return;
    this.#drawnFor = this.language;
    this.#fan = (style) => fanOptions({ ...this.#drawing(0), style });
    this.#risk = (style) => riskOptions({ ...this.#drawing(1), style });
  }

  protected override render(): TemplateResult {
    const { place, risk, language } = this;
    const { site, source, computedAt, forecast, problem } = place;
    const id = `place-${site}`;
    return html`<section class="place" aria-labelledby=${id}>
      <div class="block-head">
        <h2 id=${id}>${site}</h2>
        <p class="quiet">${this.say(source ? `forecast.source.${source}` : 'forecast.source.none')} · ${since(language, computedAt)}</p>
      </div>
      ${
        forecast
          ? html`<div class="place-grid">
              <div>${this.#demand(forecast)} ${risk ? this.#gone(risk) : nothing}</div>
              <div class="shelf">${stockFacts(place, forecast, risk, language)}</div>
              <div>${madeOf(forecast, language)}</div>
            </div>`
          : html`<p>${this.say('forecast.problem', { problem: this.#isShort() ? this.say('forecast.short') : (problem ?? '') })}</p>`
      }
    </section>`;
  }

  /** The most usual reason, in the merchant's own language. */
  #isShort(): boolean {
    const known = (this.place.history?.units ?? []).filter((units) => units !== null);
    return known.length < 3;
  }

  #demand(forecast: Forecast): TemplateResult {
    const { language, place } = this;
    const fan = fanOf(place, this.back);
    const data = [fan.times, fan.sold, fan.mean, fan.high, fan.low, fan.highHalf, fan.lowHalf];
    const each = (value: number) => number(language, value, 1);
    const label = this.say('forecast.demand.summary', {
      sold: each(meanOf((place.history?.units ?? []).slice(-28))),
      expected: each(meanOf(forecast.mean)),
      low: each(meanOf(atLevel(forecast, 0.05))),
      high: each(meanOf(atLevel(forecast, 0.95))),
    });
    return html`<figure class="chart">
      <figcaption>
        <h3>${this.say('forecast.demand')}</h3>
        <fieldset class="choice">
          <legend class="visually-hidden">${this.say('forecast.span')}</legend>
          ${(Object.keys(backs) as Back[]).map(
            (back) =>
              html`<label
                ><input
                  type="radio"
                  name=${`back-${place.site}`}
                  .checked=${back === this.back}
                  @change=${() => {
                    this.back = back;
                  }}
                /><span>${this.say(`forecast.span.${back}`)}</span></label
              >`,
          )}
        </fieldset>
      </figcaption>
      <ul class="legend" aria-hidden="true">
        ${(['sold', 'expected', 'half', 'nine'] as const).map((name) => html`<li data-name=${name}>${this.say(`forecast.legend.${name}`)}</li>`)}
      </ul>
      <console-plot .language=${language} .data=${data} .options=${this.#fan} label=${label}></console-plot>
      ${this.#figures()}
    </figure>`;
  }

  #gone(risk: StockRisk): TemplateResult {
    const { language } = this;
    const data = [risk.dates.map((date) => Date.parse(date) / 1000), risk.runOut];
    const label = this.say('forecast.risk.summary', {
      week: percent(language, risk.runOut[6] ?? 0),
      month: percent(language, risk.runOut.at(-1) ?? 0),
    });
    return html`<figure class="chart">
      <figcaption><h3>${this.say('forecast.risk')}</h3></figcaption>
      <console-plot .language=${language} .data=${data} .options=${this.#risk} .height=${140} label=${label}></console-plot>
    </figure>`;
  }

  /** The figures for those who cannot see the drawing, or want them exact; and as a file. */
  #figures(): TemplateResult {
    const { language, risk } = this;
    const days = daysOf(this.place, risk);
    const each = (value: number) => number(language, value, 1);
    return html`<div class="under-chart">
      <details class="figures">
        <summary>${this.say('forecast.figures')}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${this.say('forecast.figures.of')}>
          <table>
            <thead>
              <tr>
                <th scope="col">${this.say('forecast.day')}</th>
                <th scope="col" class="number">${this.say('forecast.expected')}</th>
                <th scope="col" class="number">${this.say('forecast.between')}</th>
                ${risk ? html`<th scope="col" class="number">${this.say('forecast.gone')}</th>` : nothing}
              </tr>
            </thead>
            <tbody>
              ${days.map(
                ({ date, expected, low, high, gone }) =>
                  html`<tr>
                    <th scope="row">${dateOf(language, date)}</th>
                    <td class="number">${each(expected)}</td>
                    <td class="number">${each(low)}–${each(high)}</td>
                    ${risk ? html`<td class="number">${gone === undefined ? '–' : percent(language, gone)}</td>` : nothing}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
      <button type="button" class="link" @click=${() => this.#save()}>${this.say('forecasts.export')}</button>
    </div>`;
  }

  /** History and forecast in one file, a row for each day. */
  #save(): void {
    const { place, risk } = this;
    const { sku, site, history, forecast } = place;
    const levels = forecast?.levels ?? [];
    const heading = ['sku', 'site', 'date', 'sold', 'out_of_stock', 'expected', ...levels.map((level) => `q${level}`)];
    const first = Date.parse(history?.from ?? '');
    const past = (history?.units ?? []).map((units, at) => {
      const date = new Date(first + at * 86_400_000).toISOString().slice(0, 10);
      return [sku, site, date, units ?? undefined, history?.outOfStock.includes(date) ? 'yes' : 'no'];
    });
    const ahead = (forecast?.dates ?? []).map((date, at) => [
      sku,
      site,
      date,
      undefined,
      undefined,
      plain(forecast?.mean[at]),
      ...(forecast?.quantiles ?? []).map((row) => plain(row[at])),
      plain(risk?.runOut[risk.dates.indexOf(date)]),
    ]);
    saveText(`forecast-${sku}-${site}.csv`, csv([...heading, 'gone_by_the_end'], [...past, ...ahead]));
  }

  #drawing(digits: number): { locale: string; write: (value: number) => string } {
    const { language } = this;
    return {
      locale: locales[language],
      write: (value) => (digits === 1 ? percent(language, value) : number(language, value, value < 10 ? 1 : 0)),
    };
  }
}
