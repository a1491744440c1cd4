/** Says which currency was assumed for a feed that names none, and lets the visitor choose another. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { feedDesk } from '../shop/feed-desk';
import type { OwnShop } from '../shop/own-shop';
import { say } from '../words';

/** Currencies that are offered, the likeliest first. */
const currencies =
  'EUR USD GBP CNY JPY HKD TWD KRW SGD AUD CAD NZD CHF SEK NOK DKK PLN CZK HUF RON TRY ILS AED SAR INR IDR MYR THB VND PHP BRL MXN ZAR'.split(
    ' ',
  );

/** A currency by its code and its name. */
export function currencyName(code: string, language: Language): string {
  const names = new Intl.DisplayNames(language === 'zh' ? 'zh-CN' : 'en', { type: 'currency' });
  return `${code} – ${names.of(code)}`;
}

/** The choice as a part of a page; nothing where the feed names its currency. */
export function currencyChoice({ report, source }: Omit<OwnShop, 'pack'>, language: Language) {
  const { assumedCurrency: assumed } = report;
  if (assumed === undefined || source === undefined) return nothing;
  const offered = currencies.includes(assumed) ? currencies : [assumed, ...currencies];
  const choose = ({ target }: Event): void => void feedDesk.take(source, (target as HTMLSelectElement).value);
  const option = (code: string): TemplateResult =>
    html`<option value=${code} ?selected=${code === assumed}>${currencyName(code, language)}</option>`;
  return html`<p class="currency">
    <label>
      ${say(language, 'report.currency')}
      <select .value=${assumed} @change=${choose}>${offered.map(option)}</select>
    </label>
  </p>`;
}
