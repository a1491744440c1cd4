/** What customers brought about through the assistant: codes that somebody has to pass on, and returns. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { OrderCode, Return } from '../api/types';
import { Listed } from '../parts/listed';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { clock } from '../state/clock';
import { session } from '../state/current-session';

/** Milliseconds between two looks: a customer is waiting. */
const again = 4000;

@customElement('console-customers')
export class CustomersPage extends Page {
  readonly follow = new Follow(this, clock);
  readonly #codes = session.may('operator') ? new Listed<OrderCode>(this, 'order-codes') : undefined;
  readonly #returns = new Listed<Return>(this, 'returns');
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      void this.#codes?.load();
      void this.#returns.load();
    }, again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult {
    this.nameWindow(this.say('nav.customers'));
    return html`
      <header class="page-head">
        <h1>${this.say('nav.customers')}</h1>
        <p class="lead">${this.say('customers.text')}</p>
      </header>
      ${this.#codes ? this.#codeList(this.#codes) : nothing}
      <section aria-labelledby="returns">
        <h2 id="returns">${this.say('returns.title')}</h2>
        ${this.#returnList(this.#returns)}
      </section>
    `;
  }

  #codeList(list: Listed<OrderCode>): TemplateResult {
    const { items, loaded, problem } = list;
    return html`<section aria-labelledby="codes">
      <h2 id="codes">${this.say('codes.title')}</h2>
      <p class="quiet">${this.say('codes.text')}</p>
      ${problemNotice(problem, this.language, () => void list.load())}
      ${loaded && items.length === 0 ? html`<p class="empty">${this.say('codes.none')}</p>` : nothing}
      ${
        items.length > 0
          ? html`<table class="list">
              <caption class="visually-hidden">${this.say('codes.title')}</caption>
              <thead>
                <tr>
                  <th scope="col">${this.say('codes.order')}</th>
                  <th scope="col">${this.say('codes.code')}</th>
                  <th scope="col">${this.say('codes.asked')}</th>
                  <th scope="col" class="number">${this.say('codes.until')}</th>
                </tr>
              </thead>
              <tbody>
                ${items.map(
                  ({ order, code, createdAt, expiresAt }) =>
                    html`<tr>
                      <th scope="row">${order}</th>
                      <td data-label=${this.say('codes.code')}><code class="code-to-tell">${code}</code></td>
                      <td class="quiet" data-label=${this.say('codes.asked')}>${this.ago(createdAt)}</td>
                      <td class="number quiet" data-label=${this.say('codes.until')}>${this.moment(expiresAt)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
          : nothing
      }
    </section>`;
  }

  #returnList(list: Listed<Return>): TemplateResult {
    const { items, loaded, problem, more } = list;
    return html`${problemNotice(problem, this.language, () => void list.load())}
    ${loaded && items.length === 0 ? html`<p class="empty">${this.say('returns.none')}</p>` : nothing}
    ${
      items.length > 0
        ? html`<table class="list">
            <caption class="visually-hidden">${this.say('returns.title')}</caption>
            <thead>
              <tr>
                <th scope="col">${this.say('codes.order')}</th>
                <th scope="col">${this.say('returns.skus')}</th>
                <th scope="col">${this.say('returns.id')}</th>
                <th scope="col" class="number">${this.say('returns.at')}</th>
              </tr>
            </thead>
            <tbody>
              ${items.map(
                ({ id, order, skus, createdAt }) =>
                  html`<tr>
                    <th scope="row">${order}</th>
                    <td data-label=${this.say('returns.skus')}>${skus.join(', ')}</td>
                    <td data-label=${this.say('returns.id')}><code>${id}</code></td>
                    <td class="number quiet" data-label=${this.say('returns.at')}>${this.moment(createdAt)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
        : nothing
    }
    ${more ? html`<p class="actions"><button type="button" class="button secondary small" @click=${() => void list.loadMore()}>${this.say('more')}</button></p>` : nothing}`;
  }
}
