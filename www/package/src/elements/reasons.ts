/** The reasons of one suggestion: each part of its score in words, how much it weighs, and how to take it back. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Language, Reason, Recommendation } from '../types.js';
import { say } from './messages.js';

/** What can be done about reasons. */
export interface ReasonActions {
  /** Removes the event that a reason goes back to. */
  remove(event: string): void;
  /** Hides the reasons of a product. */
  explain(id: string): void;
}

/** The panel that lies over the card. */
export function reasonPanel(
  { id, reasons }: Recommendation,
  title: string,
  language: Language,
  actions: ReasonActions,
): TemplateResult {
  const whole = reasons.reduce((sum, { amount }) => sum + Math.abs(amount), 0) || 1;
  return html`
    <div class="panel" part="reasons" role="group" aria-label=${say('card.whyProduct', language, { product: title })}>
      <div class="panel-head">
        <span aria-hidden="true">${say('card.why', language)}</span>
        <button
          type="button"
          class="close"
          part="close"
          data-role="close"
          aria-label=${say('reasons.close', language)}
          @click=${() => actions.explain(id)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 3.5l9 9m0-9l-9 9" /></svg>
        </button>
      </div>
      <ul class="reasons" role="list">
        ${reasons.map((reason, index) => reasonRow(reason, reason.amount / whole, index, language, actions))}
      </ul>
    </div>
  `;
}

function reasonRow(
  { sentence, source, event }: Reason,
  share: number,
  index: number,
  language: Language,
  actions: ReasonActions,
): TemplateResult {
  return html`
    <li part="reason" data-source=${source}>
      <p id="reason-${index}" lang=${language}>${sentence}</p>
      <span class="share" part="share">
        <svg class="bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
          <rect class=${share < 0 ? 'against' : 'for'} width=${Math.max(1, Math.abs(share) * 100)} height="1" />
        </svg>
        <span class="hidden">${say('reasons.share', language, { share: percent(share, language) })}</span>
        <span aria-hidden="true">${percent(share, language)}</span>
      </span>
      ${
        event === undefined
          ? nothing
          : html`<button
              type="button"
              class="remove"
              part="remove"
              data-role="remove"
              aria-describedby="reason-${index}"
              @click=${() => actions.remove(event)}
            >
              ${say('reasons.remove', language)}
            </button>`
      }
    </li>
  `;
}

function percent(share: number, language: Language): string {
  const text = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  return share !== 0 && Math.abs(share) < 0.01 ? `${share < 0 ? '−' : ''}<${text.format(0.01)}` : text.format(share);
}
