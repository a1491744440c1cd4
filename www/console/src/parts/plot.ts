/** A drawing by uPlot that follows its place's width and the light; what it shows is said in its label. */
import { LightElement } from '@vitrine/look/light-element';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { createRef, ref } from 'lit/directives/ref.js';
import UPlot from 'uplot';

export type PlotOptions = Omit<UPlot.Options, 'width' | 'height'>;

@customElement('console-plot')
export class Plot extends LightElement {
  @property({ attribute: false }) data!: UPlot.AlignedData;
  /** Another function draws anew. */
  @property({ attribute: false }) options!: (style: () => CSSStyleDeclaration) => PlotOptions;
  @property() label = '';
  @property({ type: Number }) height = 260;
  readonly #place = createRef<HTMLDivElement>();
  #plot: UPlot | undefined;
  readonly #size = new ResizeObserver(() => this.#fit());
  readonly #light = matchMedia('(prefers-color-scheme: dark)');
  readonly #theme = new MutationObserver(() => this.#redraw());
  readonly #redraw = () => this.#plot?.redraw(false, true);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#light.addEventListener('change', this.#redraw);
    this.#theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#light.removeEventListener('change', this.#redraw);
    this.#theme.disconnect();
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  protected override render(): TemplateResult {
    return html`<div class="plot" role="img" aria-label=${this.label} ${ref(this.#place)}></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const place = this.#place.value;
    if (!place) return;
    if (this.#plot && !changed.has('options') && !changed.has('height')) {
      if (changed.has('data')) this.#plot.setData(this.data);
      return;
    }
    this.#plot?.destroy();
    const options = this.options(() => getComputedStyle(this));
    this.#plot = new UPlot({ ...options, ...this.#sizeOf(place) }, this.data, place);
    this.#size.disconnect();
    this.#size.observe(place);
  }

  #sizeOf = ({ clientWidth }: HTMLElement) => ({ width: Math.max(120, clientWidth), height: this.height });

  #fit(): void {
    const place = this.#place.value;
    if (place && this.#plot && this.#plot.width !== place.clientWidth) this.#plot.setSize(this.#sizeOf(place));
  }
}
