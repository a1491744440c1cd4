/** A device's keys: which hold, a next one beside them, and their withdrawal. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { part } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Device, Key, NewKey } from '../api/types';
import { session } from '../state/current-session';
import { Page } from './part';
import { problemNotice } from './problem';
import { confirmed } from './question';
import { since } from './time';
import './secret';

/** Seconds for which the present keys hold beside the next one. */
const graces = ['0', '3600', '86400', '604800'] as const;

@customElement('console-keys')
export class Keys extends Page {
  @property({ attribute: false }) device!: Device;
  @state() private made: NewKey | undefined;
  @state() private problem: Problem | undefined;
  @state() private busy = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('device');
    if (before && before.id !== this.device.id) this.made = this.problem = undefined;
  }

  protected override render(): TemplateResult {
    const { keys, revokedAt } = this.device;
    const may = session.may('operator') && !revokedAt;
    return html`<section class="block" aria-labelledby="keys-title">
      <div class="block-head"><h2 id="keys-title">${this.say('keys')}</h2></div>
      ${keys.length === 0 ? html`<p class="quiet">${this.say('keys.none')}</p>` : this.#table(keys, may)}
      ${problemNotice(this.problem, this.language)}
      ${this.made ? this.#shown(this.made) : nothing}
      ${may ? this.#next(keys.length) : nothing}
    </section>`;
  }

  #table(keys: readonly Key[], may: boolean): TemplateResult {
    return html`<table class="list">
      <thead>
        <tr>
          <th scope="col">${this.say('key')}</th>
          <th scope="col">${this.say('key.made')}</th>
          <th scope="col">${this.say('key.used')}</th>
          <th scope="col">${this.say('key.ends')}</th>
          ${may ? html`<th scope="col"><span class="visually-hidden">${this.say('key.withdraw')}</span></th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${keys.map(
          (key) =>
            html`<tr>
              <th scope="row"><code>${key.id}</code><span class="under quiet">${this.say(`algorithm.${key.algorithm}`)}</span></th>
              <td data-label=${this.say('key.made')}>${since(this.language, key.createdAt)}</td>
              <td data-label=${this.say('key.used')}>${key.lastUsedAt ? since(this.language, key.lastUsedAt) : this.say('never')}</td>
              <td data-label=${this.say('key.ends')}>${key.expiresAt ? this.moment(key.expiresAt) : this.say('never')}</td>
              ${
                may
                  ? html`<td class="number">
                    <button type="button" class="link" aria-label=${this.say('key.withdraw.one', { key: key.id })} @click=${() => this.#withdraw(key, keys.length)}>
                      ${this.say('key.withdraw')}
                    </button>
                  </td>`
                  : nothing
              }
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #shown({ id, secret }: NewKey): TemplateResult {
    return secret
      ? html`<console-secret
          .language=${this.language}
          .heading=${this.say('key.secret', { key: id })}
          .secret=${secret}
          .note=${this.say('secret.once')}
        ></console-secret>`
      : html`<p role="status">${this.say('key.added', { key: id })}</p>`;
  }

  #next(live: number): TemplateResult {
    if (live >= 2) return html`<p class="quiet">${this.say('keys.two')}</p>`;
    return html`<form class="form row-form" @submit=${this.#rotate}>
      <p class="field">
        <label for="grace">${this.say('key.grace')}</label>
        <select id="grace" name="grace">
          ${graces.map((seconds) => html`<option value=${seconds} ?selected=${seconds === '86400'}>${this.say(`grace.${seconds}`)}</option>`)}
        </select>
      </p>
      <p class="field">
        <label for="algorithm">${this.say('key.algorithm')}</label>
        <select id="algorithm" name="algorithm">
          <option value="v1">${this.say('algorithm.v1')}</option>
          <option value="v1a">${this.say('algorithm.v1a')}</option>
        </select>
      </p>
      <p><button class="button small" type="submit" ?disabled=${this.busy}>${this.say('key.next')}</button></p>
    </form>`;
  }

  readonly #rotate = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    await this.#do(async () => {
      this.made = await this.signedIn.api.post<NewKey>(`devices/${part(this.device.id)}/keys`, {
        algorithm: String(form.get('algorithm')),
        expireOthersAfterSeconds: Number(form.get('grace')),
      });
    });
  };

  async #withdraw({ id }: Key, live: number): Promise<void> {
    const yes = await confirmed({
      title: this.say('key.withdraw.one', { key: id }),
      text: this.say(live > 1 ? 'key.withdraw.text' : 'key.withdraw.last'),
      action: this.say('key.withdraw'),
    });
    if (!yes) return;
    await this.#do(async () => {
      await this.signedIn.api.delete(`devices/${part(this.device.id)}/keys/${part(id)}`);
      if (this.made?.id === id) this.made = undefined;
    });
  }

  async #do(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      await act();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
