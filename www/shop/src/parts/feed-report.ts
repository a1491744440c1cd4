/** What became of a feed: how many products, how many rows refused, which and why; the list can be downloaded. */
import type { FeedReport, Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import type { OwnShop } from '../shop/own-shop';
import { say, sayCount } from '../words';
import { currencyChoice } from './currency-choice';

/** Problems shown on the page; the download has all that the report lists. */
const mostShown = 20;

/** The report as a part of a page. */
export function feedReport(own: Omit<OwnShop, 'pack'>, language: Language): TemplateResult {
  const { report, file, took } = own;
  const { problems, products, rejected } = report;
  const seconds = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-IE', { maximumFractionDigits: 1 }).format(
    took / 1000,
  );
  return html`<p>${sayCount(language, 'report.products', products, { file, seconds })}</p>
    ${currencyChoice(own, language)}
    ${
      rejected === 0
        ? html`<p>${say(language, 'report.noneRefused')}</p>`
        : html`<p>${sayCount(language, 'report.refused', rejected)}</p>
          <div class="scroll" tabindex="0" role="region" aria-label=${say(language, 'report.list')}>
            <table class="problems">
              <thead>
                <tr>
                  <th scope="col">${say(language, 'report.line')}</th>
                  <th scope="col">${say(language, 'report.item')}</th>
                  <th scope="col">${say(language, 'report.field')}</th>
                  <th scope="col">${say(language, 'report.found')}</th>
                  <th scope="col">${say(language, 'report.expected')}</th>
                </tr>
              </thead>
              <tbody>
                ${problems.slice(0, mostShown).map(
                  ({ line, item, field, found, expected }) =>
                    html`<tr>
                      <td>${line}</td>
                      <td>${item ?? '–'}</td>
                      <td>${field}</td>
                      <td>${found || '–'}</td>
                      <td>${expected}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
          ${problems.length > mostShown ? html`<p class="quiet">${sayCount(language, 'report.further', problems.length - mostShown)}</p>` : nothing}
          <p>
            <button type="button" class="link" @click=${() => download(report, file)}>${say(language, 'report.download')}</button>
          </p>`
    }`;
}

/** Gives the refused rows to the shopper as a CSV file. */
function download({ problems }: FeedReport, file: string): void {
  const cell = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const head = ['line', 'item', 'field', 'found', 'expected'];
  const rows = problems.map((row) => [row.line, row.item, row.field, row.found, row.expected]);
  const text = [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
  const address = URL.createObjectURL(new Blob([`\uFEFF${text}\r\n`], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${file.replace(/\.[^.]+$/, '')}-refused.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
