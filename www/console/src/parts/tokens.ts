/** Access tokens: which there are, a new one shown once, and their withdrawal. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { part } from '../api/client';
import type { Role, Token } from '../api/types';
import { Listed } from './listed';
import { Page } from './part';
import { problemNotice } from './problem';
import { confirmed } from './question';
import './secret';

const roles: readonly Role[] = ['viewer', 'operator', 'owner'];

@customElement('console-tokens')
export class Tokens extends Page {
  readonly #list = new Listed<Token>(this, 'tokens');
  @state() private made: (Token & { token: string }) | undefined;

  protected override render(): TemplateResult {
    const { items, loaded, problem } = this.#list;
    return html`<section class="block" aria-labelledby="tokens-title">
      <div class="block-head"><h2 id="tokens-title">${this.say('tokens')}</h2></div>
      <p class="quiet">${this.say('tokens.text')}</p>
      ${problemNotice(problem, this.language, () => void this.#list.load())}
      ${loaded && items.length === 0 ? html`<p class="quiet">${this.say('tokens.none')}</p>` : nothing}
      ${items.length > 0 ? this.#table(items) : nothing}
      ${
        this.made
          ? html`<console-secret .language=${this.language} .heading=${this.say('token.of', { label: this.made.label })} .secret=${this.made.token} .note=${this.say('secret.once')}></console-secret>`
          : nothing
      }
      <form class="form row-form" @submit=${this.#add}>
        <p class="field"><label for="token-label">${this.say('label')}</label><input id="token-label" name="label" required maxlength="100" autocomplete="off" /></p>
        <p class="field">
          <label for="token-role">${this.say('role')}</label>
          <select id="token-role" name="role">${roles.map((role) => html`<option value=${role}>${this.say(`role.${role}`)}</option>`)}</select>
        </p>
        <p><button class="button small" type="submit">${this.say('token.make')}</button></p>
      </form>
    </section>`;
  }

  #table(items: readonly Token[]): TemplateResult {
    return html`<table class="list">
      <thead>
        <tr>
          <th scope="col">${this.say('label')}</th>
          <th scope="col">${this.say('role')}</th>
          <th scope="col">${this.say('key.made')}</th>
          <th scope="col">${this.say('key.ends')}</th>
          <th scope="col"><span class="visually-hidden">${this.say('key.withdraw')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          ({ id, label, role, createdAt, expiresAt }) =>
            html`<tr>
              <th scope="row">${label}<span class="under quiet"><code>${id}</code></span></th>
              <td data-label=${this.say('role')}>${this.sayOf('role', role)}</td>
              <td data-label=${this.say('key.made')}>${this.moment(createdAt)}</td>
              <td data-label=${this.say('key.ends')}>${expiresAt ? this.moment(expiresAt) : this.say('never')}</td>
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
    const wanted = { label: String(fields.get('label')).trim(), role: String(fields.get('role')) };
    const worked = await this.#list.change(async () => {
      this.made = await this.signedIn.api.post('tokens', wanted);
    });
    if (worked) form.reset();
  };

  async #remove(id: string, label: string): Promise<void> {
    const yes = await confirmed({
      title: this.say('key.withdraw.one', { key: label }),
      text: this.say('token.withdraw.text'),
      action: this.say('key.withdraw'),
    });
    if (!yes) return;
    if (this.made?.id === id) this.made = undefined;
    await this.#list.change(() => this.signedIn.api.delete(`tokens/${part(id)}`));
  }
}
