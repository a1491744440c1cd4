/** The forecast of one product, site by site. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { part } from '../api/client';
import type { PlaceForecast, StockOutlook } from '../api/forecast-types';
import { asProblem, type Problem } from '../api/problem';
import type { Page as Listed } from '../api/types';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { clock } from '../state/clock';
import { forecasts } from '../state/forecasts';
import '../parts/place-forecast';

@customElement('console-forecast')
export class ForecastPage extends Page {
  @property() sku = '';
  @state() private places: readonly PlaceForecast[] | undefined;
  @state() private outlooks: readonly StockOutlook[] = [];
  @state() private problem: Problem | undefined;
  readonly follow = new Follow(this, clock);
  #round = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('sku') || changed.has('signedIn')) void this.#load();
  }

  protected override render(): TemplateResult {
    const { sku, places, problem, language } = this;
    this.nameWindow(this.say('forecast.title', { sku }));
    return html`
      <header class="page-head">
        <nav class="breadcrumbs" aria-label=${this.say('breadcrumbs')}><a href="#/forecasts">${this.say('nav.forecasts')}</a></nav>
        <h1>${sku}</h1>
      </header>
      ${problemNotice(problem, language, () => void this.#load())}
      ${places?.length === 0 ? html`<div class="empty"><p>${this.say('forecast.missing')}</p></div>` : nothing}
      ${!places && !problem ? html`<p class="quiet" role="status">${this.say('loading')}</p>` : nothing}
      <div class="places">
        ${(places ?? []).map(
          (place) =>
            html`<console-place-forecast
              .language=${language}
              .place=${place}
              .risk=${this.outlooks.find(({ site }) => site === place.site)}
            ></console-place-forecast>`,
        )}
      </div>
    `;
  }

  async #load(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    const { api } = this.signedIn;
    this.places = undefined;
    try {
      const [places, outlooks] = await Promise.all([
        api.get<Listed<PlaceForecast>>(`forecasts/${part(this.sku)}`),
        api.get<Listed<StockOutlook>>(`stock/${part(this.sku)}/outlook?leadTime=${forecasts.leadTime}`),
      ]);
      if (round !== this.#round) return;
      this.places = places.items;
      this.outlooks = outlooks.items;
      this.problem = undefined;
    } catch (thrown) {
      if (round === this.#round) this.problem = asProblem(thrown);
    }
  }
}
