/** Who changed what, the latest first. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { AuditEntry } from '../api/types';
import { Listed } from '../parts/listed';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';

@customElement('console-audit')
export class AuditPage extends Page {
  readonly #list = new Listed<AuditEntry>(this, 'audit');

  protected override render(): TemplateResult {
    const { items, loaded, problem, more } = this.#list;
    this.nameWindow(this.say('nav.audit'));
    return html`
      <header class="page-head">
        <h1>${this.say('nav.audit')}</h1>
        <p class="lead">${this.say('audit.text')}</p>
      </header>
      ${problemNotice(problem, this.language, () => void this.#list.load())}
      ${!loaded && !problem ? html`<p class="quiet" role="status">${this.say('loading')}</p>` : nothing}
      ${loaded && items.length === 0 ? html`<p class="empty">${this.say('audit.none')}</p>` : nothing}
      ${items.length > 0 ? this.#table(items) : nothing}
      ${more ? html`<p class="actions"><button type="button" class="button secondary small" @click=${() => void this.#list.loadMore()}>${this.say('more')}</button></p>` : nothing}
    `;
  }

  #table(items: readonly AuditEntry[]): TemplateResult {
    return html`<table class="list audit">
      <caption class="visually-hidden">${this.say('nav.audit')}</caption>
      <thead>
        <tr>
          <th scope="col">${this.say('audit.what')}</th>
          <th scope="col">${this.say('audit.target')}</th>
          <th scope="col">${this.say('audit.by')}</th>
          <th scope="col">${this.say('audit.request')}</th>
          <th scope="col" class="number">${this.say('audit.at')}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          ({ at, by, action, target, request }) =>
            html`<tr>
              <th scope="row">${this.sayOf('action', action)}</th>
              <td>${target || '–'}</td>
              <td data-label=${this.say('audit.by')}><code>${by}</code></td>
              <td class="spare"><code>${request}</code></td>
              <td class="number quiet">${this.moment(at)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
