/** The choices of language and light, as they stand in the foot of every page. */
import type { Language } from '@vitrine/storefront';
import { html, type TemplateResult } from 'lit';
import messages from '../../../messages/look.json' with { type: 'json' };
import type { Preferences, Theme } from './preferences';
import { wordsOf } from './words';

const themes: readonly Theme[] = ['system', 'light', 'dark'];
const languages: readonly Language[] = ['en', 'zh'];

/** A text of messages/look.json. */
export const { say: sayLook } = wordsOf(messages);

/** Both choices, as groups of radio buttons. */
export function choices(preferences: Preferences): TemplateResult {
  const { language, theme } = preferences;
  return html`<div class="foot-choices">
    <fieldset class="choice">
      <legend class="visually-hidden">${sayLook(language, 'language')}</legend>
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
            /><span lang=${each === 'zh' ? 'zh-Hans' : 'en'}>${sayLook(each, 'language.own')}</span></label
          >`,
      )}
    </fieldset>
    <fieldset class="choice">
      <legend class="visually-hidden">${sayLook(language, 'theme')}</legend>
      ${themes.map(
        (each) =>
          html`<label
            ><input
              type="radio"
              name="theme"
              .checked=${each === theme}
              @change=${() => {
                preferences.theme = each;
              }}
            /><span>${sayLook(language, `theme.${each}`)}</span></label
          >`,
      )}
    </fieldset>
  </div>`;
}
