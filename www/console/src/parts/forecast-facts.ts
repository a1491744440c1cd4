/** What a forecast says in figures and plain words: the shelf, the sums, what it is made of, and how far it was off. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Forecast, PlaceForecast, StockRisk } from '../api/forecast-types';
import { sum } from '../state/fan';
import { membersOf } from '../state/methods';
import { dateOf, type Key, number, percent, say, sayCount, sayOf } from '../words';
import { riskBar } from './risk-bar';

const row = (language: Language, key: Key, value: unknown) =>
  html`<div><dt>${say(language, key)}</dt><dd>${value}</dd></div>`;

export function stockFacts(
  place: PlaceForecast,
  forecast: Forecast,
  risk: StockRisk | undefined,
  language: Language,
): TemplateResult {
  const whole = (value: number) => number(language, value, value < 10 ? 1 : 0);
  return html`<div>
    <h3>${say(language, 'forecast.stock')}</h3>
    ${risk ? shelf(risk, language) : html`<p class="quiet">${say(language, 'forecast.stock.none')}</p>`}
    <h3>${say(language, 'forecast.sums')}</h3>
    <dl class="facts">
      ${row(language, 'forecast.last28', whole(sum((place.history?.units ?? []).slice(-28))))}
      ${row(language, 'forecast.next7', whole(sum(forecast.mean.slice(0, 7))))}
      ${row(language, 'forecast.next28', whole(sum(forecast.mean)))}
    </dl>
    ${
      forecast.changes.length > 0
        ? html`<h3>${say(language, 'forecast.changes')}</h3>
            <ul class="plain">
              ${forecast.changes.map(({ date, before, after }) => html`<li>${say(language, 'forecast.change', { date: dateOf(language, date), before: whole(before), after: whole(after) })}</li>`)}
            </ul>`
        : nothing
    }
    ${
      forecast.peaks.length > 0
        ? html`<h3>${say(language, 'peaks')}</h3>
            <ul class="plain">
              ${forecast.peaks.map(({ date, expected, usual }) => html`<li>${dateOf(language, date)}: ${say(language, 'peaks.one', { expected: whole(expected), usual: whole(usual) })}</li>`)}
            </ul>`
        : nothing
    }
  </div>`;
}

function shelf({ units, outBy, runOut, reorder }: StockRisk, language: Language): TemplateResult {
  const { point, upTo, quantity, leadTime, service } = reorder;
  const up = (value: number) => number(language, Math.ceil(value));
  return html`<dl class="facts">
      ${row(language, 'forecast.stock.units', html`<strong>${number(language, units)}</strong>`)}
      ${row(language, 'forecast.stock.before', riskBar(runOut[leadTime - 1] ?? 0, language))}
      ${row(language, 'forecast.stock.gone', outBy ? html`<time datetime=${outBy}>${dateOf(language, outBy)}</time>` : say(language, 'forecast.stock.lasts'))}
      ${row(language, 'forecast.stock.order', quantity > 0 ? html`<strong>${number(language, quantity)}</strong>` : say(language, 'forecasts.noOrder'))}
      ${row(language, 'forecast.stock.point', up(point))}
      ${row(language, 'forecast.stock.upTo', up(upTo))}
    </dl>
    <p class="quiet small">${say(language, 'forecast.stock.policy', { days: sayCount(language, 'forecasts.days', leadTime), percent: percent(language, service) })}</p>`;
}

export function madeOf(forecast: Forecast, language: Language): TemplateResult {
  const { shares } = forecast.parts;
  return html`<div>
    <h3>${say(language, 'forecast.made')}</h3>
    <ul class="shares">
      ${(['level', 'season', 'trend', 'event'] as const)
        .filter((name) => shares[name] > 0)
        .map(
          (name) => html`<li>
            <span>${say(language, `forecast.${name}`)} <span class="quiet">${say(language, `forecast.${name}.what`)}</span></span>
            <b>${percent(language, shares[name])}</b>
            <svg class="share-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
              ${svg`<rect class="all" width="100" height="4" /><rect class="part" width=${shares[name] * 100} height="4" />`}
            </svg>
          </li>`,
        )}
    </ul>
    <h3>${say(language, 'forecast.method')}</h3>
    ${method(forecast, language)}
  </div>`;
}

function method({ model, validation, notes }: Forecast, language: Language): TemplateResult {
  const members = membersOf(model);
  const list = new Intl.ListFormat(language === 'zh' ? 'zh-CN' : 'en-IE', { type: 'conjunction' });
  const methods = list.format(
    members.map(({ name, weight }) => {
      const words = sayOf(language, 'method', name);
      const shown = words === `method.${name}` ? name : words;
      return members.length > 1 ? `${shown} (${percent(language, weight)})` : shown;
    }),
  );
  const told = [
    say(language, members.length > 1 ? 'forecast.method.text' : 'forecast.method.single', {
      count: number(language, members.length),
      methods,
    }),
    ...errors(validation, language),
    ...(notes.missing > 0 ? [sayCount(language, 'forecast.notes.missing', notes.missing)] : []),
    ...(notes.outOfStock > 0 ? [sayCount(language, 'forecast.notes.out', notes.outOfStock)] : []),
    ...(notes.outliers > 0 ? [sayCount(language, 'forecast.notes.outliers', notes.outliers)] : []),
  ];
  return html`<div class="method" title=${model}>${told.map((text) => html`<p>${text}</p>`)}</div>`;
}

function errors(validation: Forecast['validation'], language: Language): string[] {
  if (!validation) return [say(language, 'forecast.error.none')];
  const { origins, absoluteError, scaledError } = validation;
  const off = say(language, 'forecast.error', {
    origins: number(language, origins),
    error: number(language, absoluteError, absoluteError < 10 ? 2 : 1),
  });
  if (scaledError === undefined) return [off];
  const beside =
    scaledError < 0.995
      ? say(language, 'forecast.error.better', { percent: percent(language, 1 - scaledError) })
      : say(language, 'forecast.error.worse');
  return [off, beside];
}
