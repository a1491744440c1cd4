/** The foot of every page: what this shop is, what it keeps, and in which language and light it is shown. */
import type { Language } from '@vitrine/storefront';
import { html, type TemplateResult } from 'lit';
import { preferences, type Theme } from '../preferences';
import type { OpenShop } from '../shop/store';
import { say } from '../words';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const languages: readonly Language[] = ['en', 'zh'];

/** The foot. */
export function shopFoot(shop: OpenShop | undefined, language: Language): TemplateResult {
  return html`<footer class="foot">
    <div class="foot-words">
      <p>${say(language, shop?.own ? 'foot.own' : 'foot.demo')}</p>
      <nav aria-label=${say(language, 'foot.nav')}>
        <a href="/privacy">${say(language, 'privacy.title')}</a>
        <a href="/your-shop">${say(language, 'yourShop.title')}</a>
        <a href="/bench">${say(language, 'bench.title')}</a>
      </nav>
    </div>
    <div class="foot-choices">
      <fieldset class="choice">
        <legend class="visually-hidden">${say(language, 'language')}</legend>
        ${languages.map(
          (each) =>
            html`<label
              ><input
                type="radio"
                name="language"
                .checked=${each === language}
                @change=${() => {
                  preferences.language = each;
                }}
              /><span lang=${each === 'zh' ? 'zh-Hans' : 'en'}>${say(each, 'language.own')}</span></label
            >`,
        )}
      </fieldset>
      <fieldset class="choice">
        <legend class="visually-hidden">${say(language, 'theme')}</legend>
        ${themes.map(
          (each) =>
            html`<label
              ><input
                type="radio"
                name="theme"
                .checked=${each === preferences.theme}
                @change=${() => {
                  preferences.theme = each;
                }}
              /><span>${say(language, `theme.${each}`)}</span></label
            >`,
        )}
      </fieldset>
    </div>
  </footer>`;
}
