/** What is known of a device, in two columns: what it is, what came of what it sent, and what did not come. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import type { Config, Device, Gap } from '../api/types';
import { clock } from '../state/clock';
import { ago, type Key, moment, number, say, sayCount } from '../words';

/** Parts of the configuration that are a number, with their units. */
const measures: [Exclude<keyof Config, 'tags'>, string][] = [
  ['unitGrams', 'g'],
  ['tareGrams', 'g'],
  ['noiseGrams', 'g'],
  ['settleSeconds', 's'],
  ['minCelsius', '°C'],
  ['maxCelsius', '°C'],
  ['toleranceSeconds', 's'],
  ['silentAfterSeconds', 's'],
];

export function deviceFacts(device: Device, language: Language): TemplateResult {
  const { id, sku, config, ordering, createdAt, revokedAt, counts, pending, gaps, stock, position } = device;
  const tags = Object.entries(config.tags ?? {});
  const row = (key: Key, value: unknown) => html`<div><dt>${say(language, key)}</dt><dd>${value}</dd></div>`;
  return html`<section class="block facts-block" aria-labelledby="facts-title">
    <div class="block-head"><h2 id="facts-title">${say(language, 'facts')}</h2></div>
    <dl class="facts">
      ${row('device.id', html`<code>${id}</code>`)}
      ${sku ? row('device.sku', html`<code>${sku}</code>`) : nothing}
      ${stock.map(({ sku, source }) =>
        row(
          'device.stock',
          html`${sku} · ${source.between ? say(language, 'between', { low: source.between[0], high: source.between[1] }) : sayCount(language, 'pieces', source.units)}
            ${source.state === 'exact' ? nothing : html`<span class="under quiet">${say(language, source.state === 'needs-tare' ? 'source.needs-tare' : 'source.between')}</span>`}`,
        ),
      )}
      ${measures.map(([name, unit]) => (config[name] === undefined ? nothing : row(`config.${name}`, `${number(language, config[name] ?? 0, 2)} ${unit}`)))}
      ${
        tags.length > 0
          ? row(
              'config.tags',
              tags.map(([gtin, sku]) => html`<span class="under"><code>${gtin}</code> ${sku}</span>`),
            )
          : nothing
      }
      ${position ? row('device.position', html`${degrees(position.latitude, language)}, ${degrees(position.longitude, language)} <span class="quiet">${ago(language, position.at, clock.now)}</span>`) : nothing}
      ${row('device.ordering', say(language, `ordering.${ordering}`))}
      ${row('device.created', html`<time datetime=${createdAt}>${moment(language, createdAt)}</time>`)}
      ${revokedAt ? row('device.revoked', html`<time datetime=${revokedAt}>${moment(language, revokedAt)}</time>`) : nothing}
      ${row('counts.accepted', number(language, counts.accepted))}
      ${row('counts.duplicate', number(language, counts.duplicate))}
      ${row('counts.late', number(language, counts.late))}
      ${row('counts.refused', number(language, counts.refused))}
      ${row('gaps', gaps.length === 0 ? say(language, 'gaps.none') : gapList(gaps, language))}
      ${pending > 0 ? row('pending', sayCount(language, 'pendingEvents', pending)) : nothing}
    </dl>
  </section>`;
}

/** Five decimals are a metre. */
const degrees = (value: number, language: Language) => `${number(language, value, 5)}°`;

/** The latest first. */
function gapList(gaps: readonly Gap[], language: Language): TemplateResult {
  return html`<ul class="gaps">
    ${[...gaps].reverse().map(({ from, to, open, closedAt }) => {
      const range = from === to ? number(language, from) : `${number(language, from)}–${number(language, to)}`;
      return html`<li>
        ${range}
        <span class="quiet">${open ? say(language, 'gap.open') : closedAt ? say(language, 'gap.lost', { ago: ago(language, closedAt, clock.now) }) : say(language, 'gap.closed')}</span>
      </li>`;
    })}
  </ul>`;
}
