/** One metric of a device over time: a line within its extremes, or bars; the same figures as a table beside it. */
import { locales } from '@vitrine/look/words';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { createRef, ref } from 'lit/directives/ref.js';
import UPlot from 'uplot';
import { metricOf, written } from '../state/metrics';
import { extremes, type Series, type Span } from '../state/series';
import { moment } from '../words';
import { chartOptions } from './chart-options';
import { Part } from './part';

@customElement('console-chart')
export class Chart extends Part {
  @property({ attribute: false }) series!: Series;
  @property() metric = '';
  @property() span: Span = 'hour';
  readonly #place = createRef<HTMLDivElement>();
  #plot: UPlot | undefined;
  readonly #size = new ResizeObserver(() => this.#fit());
  readonly #light = matchMedia('(prefers-color-scheme: dark)');
  readonly #redraw = () => this.#plot?.redraw(false, true);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#light.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#light.removeEventListener('change', this.#redraw);
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  protected override render(): TemplateResult {
    const { metric, language, span } = this;
    const name = this.sayOf('metric', metric);
    const found = extremes(this.series);
    const [least, most, last] = found
      ? [found.least, found.most, found.last].map((value) => written(language, metric, value))
      : [];
    const text = found
      ? this.say('chart.summary', {
          name,
          span: this.say(`span.${span}`),
          least: least ?? '',
          most: most ?? '',
          last: last ?? '',
        })
      : this.say('chart.none', { name, span: this.say(`span.${span}`) });
    return html`<figure class="chart">
      <figcaption><span>${name}</span> <strong>${last ?? '–'}</strong></figcaption>
      <div class="plot" role="img" aria-label=${text} ${ref(this.#place)}></div>
      ${found ? this.#table(name) : html`<p class="quiet chart-none">${this.say('chart.empty')}</p>`}
    </figure>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const place = this.#place.value;
    if (!place) return;
    const anew = !this.#plot || changed.has('metric') || changed.has('language') || changed.has('span');
    const { times, values, low, high } = this.series;
    const data: UPlot.AlignedData =
      metricOf(this.metric).drawn === 'sum' ? [times, values] : [times, values, high, low];
    if (!anew) {
      this.#plot?.setData(data);
      return;
    }
    this.#plot?.destroy();
    const write = (value: number) => written(this.language, this.metric, value);
    const options = chartOptions(this.metric, locales[this.language], write, () => getComputedStyle(this));
    this.#plot = new UPlot({ ...options, ...sizeOf(place) }, data, place);
    this.#size.disconnect();
    this.#size.observe(place);
  }

  /** The figures for those who cannot see the line, or want them exact; only those that are there. */
  #table(name: string): TemplateResult {
    const { times, values } = this.series;
    const rows = times.flatMap((time, place) => {
      const value = values[place];
      return value === null || value === undefined ? [] : [{ time, value }];
    });
    return html`<details class="figures">
      <summary>${this.say('chart.figures')}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.say('chart.figures.of', { name })}>
        <table>
          <thead>
            <tr><th scope="col">${this.say('chart.time')}</th><th scope="col" class="number">${name}</th></tr>
          </thead>
          <tbody>
            ${rows
              .reverse()
              .map(
                ({ time, value }) =>
                  html`<tr><th scope="row">${moment(this.language, time * 1000)}</th><td class="number">${written(this.language, this.metric, value)}</td></tr>`,
              )}
          </tbody>
        </table>
      </div>
    </details>${nothing}`;
  }

  #fit(): void {
    const place = this.#place.value;
    if (place && this.#plot && this.#plot.width !== place.clientWidth) this.#plot.setSize(sizeOf(place));
  }
}

const sizeOf = ({ clientWidth }: HTMLElement) => ({ width: Math.max(120, clientWidth), height: 160 });
