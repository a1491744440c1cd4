/** A product's measures in centimetres, size by size. */
import type { Language, Product } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../words';

const measures = ['chest', 'waist', 'hip', 'shoulder', 'sleeve', 'length', 'inseam'] as const;

/** The table, folded away until asked for; nothing where the product has no measures. */
export function sizeTable(sizes: Product['sizes'], language: Language): TemplateResult | typeof nothing {
  const given = measures.filter((measure) => sizes.some((row) => row.measures[measure] !== undefined));
  if (given.length === 0) return nothing;
  const number = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-IE', { maximumFractionDigits: 1 });
  return html`<details class="sizes">
    <summary>${say(language, 'sizes.title')}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${say(language, 'sizes.title')}>
      <table>
        <caption class="quiet">
          ${say(language, 'sizes.how')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say(language, 'sizes.size')}</th>
            ${given.map((measure) => html`<th scope="col">${say(language, `measure.${measure}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${sizes.map(
            ({ label, measures: row }) =>
              html`<tr>
                <th scope="row">${label}</th>
                ${given.map((measure) => html`<td>${row[measure] === undefined ? '–' : number.format(row[measure])}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
