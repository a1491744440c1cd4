/** Events of a device that were refused lately, and why. */
import type { Language } from '@vitrine/storefront';
import { html, type TemplateResult } from 'lit';
import type { Refusal } from '../api/types';
import { say } from '../words';
import { since } from './time';

export function refusalList(refusals: readonly Refusal[], language: Language): TemplateResult {
  return html`<section class="block" aria-labelledby="refusals-title">
    <div class="block-head"><h2 id="refusals-title">${say(language, 'refusals')}</h2></div>
    ${
      refusals.length === 0
        ? html`<p class="quiet">${say(language, 'refusals.none')}</p>`
        : html`<ul class="refusals">
          ${[...refusals]
            .sort((a, b) => (a.at < b.at ? 1 : -1))
            .map(
              ({ at, id, code, detail }) =>
                html`<li>
                  <p><code>${code}</code> <span class="quiet">${since(language, at)}</span></p>
                  <p lang="en">${detail}</p>
                  ${id ? html`<p class="quiet">${say(language, 'refusal.event')} <code>${id}</code></p>` : ''}
                </li>`,
            )}
        </ul>`
    }
  </section>`;
}
