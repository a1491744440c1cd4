/** A probability as a bar and in words; the bar alone would be a riddle, and colour alone would too. */
import type { Language } from '@vitrine/storefront';
import { html, svg, type TemplateResult } from 'lit';
import { percent, say } from '../words';

/** From where on a risk is worth a look, and from where on it is more likely than not. */
const level = (risk: number) => (risk >= 0.5 ? 'high' : risk >= 0.05 ? 'some' : 'low');

export function riskBar(risk: number, language: Language): TemplateResult {
  const width = Math.max(risk > 0 ? 1.5 : 0, risk * 100);
  return html`<span class="risk-line" data-level=${level(risk)}
    ><svg class="risk-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${svg`<rect class="all" width="100" height="8" /><rect class="part" width=${width} height="8" />`}
    </svg>
    <span title=${say(language, 'forecasts.risk.value', { percent: percent(language, risk) })}>${percent(language, risk)}</span></span
  >`;
}
