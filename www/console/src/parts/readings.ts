/** What a device measured: a chart for each of its metrics, following what comes in. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { asProblem, type Problem } from '../api/problem';
import type { Device, Reading } from '../api/types';
import { clock } from '../state/clock';
import { metricsOf } from '../state/metrics';
import { rowsOf, type Span, seriesOf, spans } from '../state/series';
import { Page } from './part';
import { problemNotice } from './problem';
import './chart';

/** Milliseconds between two looks at the database while readings come in. */
const pace = 3_000;

@customElement('console-readings')
export class Readings extends Page {
  @property({ attribute: false }) device!: Device;
  @state() private span: Span = 'hour';
  @state() private rows = new Map<string, readonly Reading[]>();
  @state() private problem: Problem | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('device') as Device | undefined;
    if (changed.has('span') || (changed.has('device') && before?.id !== this.device.id)) {
      this.rows = new Map();
      void this.#load(false);
    } else if (changed.has('device') && before && before.version !== this.device.version) {
      this.#timer ??= setTimeout(() => void this.#load(true), pace);
    }
  }

  protected override render(): TemplateResult {
    return html`<section class="block readings" aria-labelledby="readings-title">
      <div class="block-head">
        <h2 id="readings-title">${this.say('readings')}</h2>
        <fieldset class="choice">
          <legend class="visually-hidden">${this.say('readings.span')}</legend>
          ${(Object.keys(spans) as Span[]).map(
            (span) =>
              html`<label
                ><input
                  type="radio"
                  name="span"
                  .checked=${span === this.span}
                  @change=${() => {
                    this.span = span;
                  }}
                /><span>${this.say(`span.${span}`)}</span></label
              >`,
          )}
        </fieldset>
      </div>
      ${problemNotice(this.problem, this.language, () => void this.#load(false))}
      ${
        this.device.counts.accepted === 0
          ? html`<p class="quiet">${this.say('readings.none')}</p>`
          : html`<div class="charts">
            ${repeat(
              metricsOf(this.device),
              (metric) => metric,
              (metric) =>
                html`<console-chart
                  .language=${this.language}
                  metric=${metric}
                  span=${this.span}
                  .series=${seriesOf(this.rows.get(metric) ?? [], metric, this.span, clock.now, this.device)}
                ></console-chart>`,
            )}
          </div>`
      }
    </section>`;
  }

  /** Asks for the rows; `more` only for those that may have changed since the last time. */
  async #load(more: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#round += 1;
    const round = this.#round;
    const { device, span } = this;
    try {
      const found = await Promise.all(
        metricsOf(device).map(async (metric) => {
          const had = more ? (this.rows.get(metric) ?? []) : [];
          const last = had.at(-1);
          const since = last && new Date(last.start).getTime();
          const rows = await rowsOf(this.signedIn.api, device.id, metric, span, clock.now, since);
          const fresh = new Set(rows.map(({ start }) => start));
          return [metric, [...had.filter(({ start }) => !fresh.has(start)), ...rows]] as const;
        }),
      );
      if (round !== this.#round || !this.isConnected) return;
      this.rows = new Map(found);
      this.problem = undefined;
    } catch (thrown) {
      if (round === this.#round) this.problem = asProblem(thrown);
    }
  }
}
