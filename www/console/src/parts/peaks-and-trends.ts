/** Peaks ahead and trends of the whole shop, the first few, the rest on demand. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import type { PeakAhead, Trend } from '../api/forecast-types';
import { forecastAddress } from '../route';
import { dateOf, type Key, number, say } from '../words';

/** Shown without asking. */
const few = 5;

const amount = (language: Language, value: number) => number(language, value, value < 10 ? 1 : 0);
const times = (language: Language, value: number | undefined) =>
  value === undefined ? nothing : html`<span class="times">×${number(language, value, 1)}</span>`;

function block(
  id: string,
  title: Key,
  none: Key,
  all: Key,
  items: readonly TemplateResult[] | undefined,
  language: Language,
): TemplateResult {
  return html`<section class="block" aria-labelledby=${id}>
    <div class="block-head"><h2 id=${id}>${say(language, title)}</h2></div>
    ${items === undefined ? html`<p class="quiet">${say(language, 'loading')}</p>` : nothing}
    ${items?.length === 0 ? html`<p class="quiet">${say(language, none)}</p>` : nothing}
    ${items && items.length > 0 ? html`<ul class="ahead">${items.slice(0, few)}</ul>` : nothing}
    ${
      items && items.length > few
        ? html`<details><summary>${say(language, all)} <span class="quiet">${number(language, items.length)}</span></summary><ul class="ahead">${items.slice(few)}</ul></details>`
        : nothing
    }
  </section>`;
}

export function peakList(peaks: readonly PeakAhead[] | undefined, language: Language): TemplateResult {
  const items = peaks?.map(
    (peak) => html`<li>
      <time datetime=${peak.date}>${dateOf(language, peak.date)}</time>
      <a href=${forecastAddress(peak.sku)}>${peak.sku}</a> ${times(language, peak.times)}
      <span class="under quiet">${peak.site} · ${say(language, 'peaks.one', { expected: amount(language, peak.expected), usual: amount(language, peak.usual) })}</span>
    </li>`,
  );
  return block('peaks-title', 'peaks', 'peaks.none', 'peaks.all', items, language);
}

export function trendList(trends: readonly Trend[] | undefined, language: Language): TemplateResult {
  const items = trends?.map(
    (trend) => html`<li data-kind=${trend.kind}>
      <span class="kind">${say(language, `trend.${trend.kind}`)}</span>
      <a href=${forecastAddress(trend.sku)}>${trend.sku}</a> ${times(language, trend.times)}
      <span class="under quiet">${trend.site} · ${say(language, 'trend.one', { before: amount(language, trend.before), after: amount(language, trend.after), date: dateOf(language, trend.since) })}</span>
    </li>`,
  );
  return block('trends-title', 'trends', 'trends.none', 'trends.all', items, language);
}
