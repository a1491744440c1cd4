/** Enters how many pieces somebody counted by hand: orders are taken off from there on. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { part } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import { stock } from '../state/stock';
import { Page } from './part';
import { problemNotice } from './problem';

@customElement('console-stocktake')
export class Stocktake extends Page {
  /** Opens the dialog; empty texts where product and site are to be filled in. */
  @property({ attribute: false }) counting: { sku: string; site: string } | undefined;
  @state() private problem: Problem | undefined;
  @state() private busy = false;
  readonly #dialog = createRef<HTMLDialogElement>();

  protected override render(): TemplateResult {
    const { counting } = this;
    const fixed = counting !== undefined && counting.sku !== '';
    return html`<dialog ${ref(this.#dialog)} class="question" aria-labelledby="count-title" @close=${() => this.dispatchEvent(new CustomEvent('closed'))}>
      ${
        counting
          ? html`<form class="form" @submit=${this.#submit}>
            <h2 id="count-title">${this.say('count.enter')}</h2>
            <p class="quiet">${this.say('count.text')}</p>
            ${
              fixed
                ? html`<p><strong>${counting.sku}</strong> · ${counting.site}</p>`
                : html`<p class="field"><label for="count-sku">${this.say('device.sku')}</label><input id="count-sku" name="sku" required maxlength="64" pattern="[^\\s&quot;'\`\\/]+" autocomplete="off" spellcheck="false" /></p>
                  <p class="field"><label for="count-site">${this.say('device.site')}</label><input id="count-site" name="site" required pattern="[a-z0-9][a-z0-9\\-]{0,62}" autocomplete="off" list="count-sites" spellcheck="false" /><span class="hint">${this.say('hint.site')}</span></p>
                  <datalist id="count-sites">${stock.sites.map((site) => html`<option value=${site}></option>`)}</datalist>`
            }
            <p class="field"><label for="count-units">${this.say('count.units')}</label><input id="count-units" name="units" type="number" inputmode="numeric" min="0" max="1000000" step="1" required ?autofocus=${fixed} /></p>
            ${problemNotice(this.problem, this.language)}
            <p class="actions">
              <button type="button" class="button secondary" @click=${() => this.#dialog.value?.close()}>${this.say('cancel')}</button>
              <button type="submit" class="button" ?disabled=${this.busy}>${this.say('save')}</button>
            </p>
          </form>`
          : nothing
      }
    </dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('counting') || !this.counting) return;
    this.problem = undefined;
    this.#dialog.value?.showModal();
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { counting } = this;
    if (!counting || this.busy) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const sku = counting.sku || String(form.get('sku')).trim();
    const site = counting.site || String(form.get('site')).trim();
    this.busy = true;
    try {
      await this.signedIn.api.put(`stock/${part(sku)}/count`, { site, units: Number(form.get('units')) });
      this.#dialog.value?.close();
      void stock.load();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  };
}
