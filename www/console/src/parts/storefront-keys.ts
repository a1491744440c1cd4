/** Publishable keys: with which pages of which origins show stock. They are no secret, so they are always shown. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { part } from '../api/client';
import type { StorefrontKey } from '../api/types';
import { Listed } from './listed';
import { Page } from './part';
import { problemNotice } from './problem';
import { confirmed } from './question';

@customElement('console-storefront-keys')
export class StorefrontKeys extends Page {
  readonly #list = new Listed<StorefrontKey>(this, 'storefront-keys');

  protected override render(): TemplateResult {
    const { items, loaded, problem } = this.#list;
    return html`<section class="block" aria-labelledby="storefront-title">
      <div class="block-head"><h2 id="storefront-title">${this.say('storefront')}</h2></div>
      <p class="quiet">${this.say('storefront.text')}</p>
      ${problemNotice(problem, this.language, () => void this.#list.load())}
      ${loaded && items.length === 0 ? html`<p class="quiet">${this.say('storefront.none')}</p>` : nothing}
      ${items.length > 0 ? this.#table(items) : nothing}
      <form class="form row-form" @submit=${this.#add}>
        <p class="field"><label for="storefront-label">${this.say('label')}</label><input id="storefront-label" name="label" required maxlength="100" autocomplete="off" /></p>
        <p class="field wide">
          <label for="storefront-origins">${this.say('origins')}</label>
          <input id="storefront-origins" name="origins" required placeholder="https://shop.example" autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="origins-hint" />
          <span class="hint" id="origins-hint">${this.say('origins.hint')}</span>
        </p>
        <p><button class="button small" type="submit">${this.say('storefront.make')}</button></p>
      </form>
    </section>`;
  }

  #table(items: readonly StorefrontKey[]): TemplateResult {
    return html`<table class="list">
      <thead>
        <tr>
          <th scope="col">${this.say('label')}</th>
          <th scope="col">${this.say('origins')}</th>
          <th scope="col">${this.say('key.made')}</th>
          <th scope="col"><span class="visually-hidden">${this.say('key.withdraw')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          ({ id, key, label, origins, createdAt }) =>
            html`<tr>
              <th scope="row">${label}<span class="under quiet"><code>${key}</code></span></th>
              <td>${origins.map((origin) => html`<span class="under">${origin}</span>`)}</td>
              <td data-label=${this.say('key.made')}>${this.moment(createdAt)}</td>
              <td class="number"><button type="button" class="link" aria-label=${this.say('key.withdraw.one', { key: label })} @click=${() => this.#remove(id, label)}>${this.say('key.withdraw')}</button></td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  readonly #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const origins = String(fields.get('origins'))
      .split(/[\s,]+/)
      .filter(Boolean);
    const label = String(fields.get('label')).trim();
    const worked = await this.#list.change(() => this.signedIn.api.post('storefront-keys', { label, origins }));
    if (worked) form.reset();
  };

  async #remove(id: string, label: string): Promise<void> {
    const yes = await confirmed({
      title: this.say('key.withdraw.one', { key: label }),
      text: this.say('storefront.withdraw.text'),
      action: this.say('key.withdraw'),
    });
    if (yes) await this.#list.change(() => this.signedIn.api.delete(`storefront-keys/${part(id)}`));
  }
}
