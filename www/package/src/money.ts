/** Prices as people read them. */
import type { Language, Money } from '../wasm/vitrine_storefront.js';

// Decimals of the minor unit by ISO 4217, as in the catalogue; browsers differ from it for some of these.
const noDecimals = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ');
const threeDecimals = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');

/** ISO 4217's code for no currency. */
const noCurrency = 'XXX';

/** A price in the shopper's language, such as `€19.90`; exact, and without decimals where they are all zero. */
export function formatPrice({ minor, currency }: Money, language: Language): string {
  const digits = noDecimals.includes(currency) ? 0 : threeDecimals.includes(currency) ? 3 : 2;
  const whole = minor % 10 ** digits === 0;
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    ...(currency !== noCurrency && { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits);
}
