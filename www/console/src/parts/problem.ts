/** A problem as the merchant reads it: what happened, what to do, and what to tell whoever runs the worker. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api/problem';
import { type Key, say } from '../words';

const known = new Set([0, 401, 403, 404, 409, 412, 429]);

/** The sentence for a problem. */
export function problemText(problem: Problem, language: Language): string {
  const { status, retryAfter } = problem;
  if (status === 429) return say(language, 'problem.429', { seconds: retryAfter ?? 1 });
  if (known.has(status)) return say(language, `problem.${status}` as Key);
  return say(language, status >= 500 ? 'problem.500' : 'problem.400');
}

/** The problem; `again` tries what failed once more. */
export function problemNotice(problem: Problem | undefined, language: Language, again?: () => void): TemplateResult {
  if (!problem) return html`<div role="alert"></div>`;
  const { status, detail, request, fields } = problem;
  const telling = status !== 0 && status !== 401 && detail !== '';
  return html`<div role="alert">
    <div class="failed">
      <p>${problemText(problem, language)}</p>
      ${telling ? html`<p class="quiet" lang="en">${detail}</p>` : nothing}
      ${fields.length > 0 && fields.some((field) => field.detail !== detail) ? html`<ul lang="en">${fields.map((field) => html`<li><code>${field.pointer}</code> ${field.detail}</li>`)}</ul>` : nothing}
      ${status >= 500 && request ? html`<p class="quiet">${say(language, 'problem.request')} <code>${request}</code></p>` : nothing}
      ${again ? html`<p><button type="button" class="link" @click=${again}>${say(language, 'again')}</button></p>` : nothing}
    </div>
  </div>`;
}
