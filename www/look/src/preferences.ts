/** The choices of language and light: kept in this browser, shared by its tabs. */
import type { Language } from '@vitrine/storefront';
import type { Kept } from './kept';

export type Theme = 'system' | 'light' | 'dark';

const isLanguage = (text: unknown): text is Language => text === 'en' || text === 'zh';
const isTheme = (text: unknown): text is Theme => text === 'system' || text === 'light' || text === 'dark';

/** The choices as an event source: `change` fires when one is made, here or in another tab. */
export class Preferences extends EventTarget {
  #language: Language;
  #theme: Theme;

  constructor(private readonly kept: Kept) {
    super();
    const asked = new URL(location.href).searchParams.get('language');
    const stored = this.kept.get('language');
    const first = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
    this.#language = isLanguage(asked) ? asked : isLanguage(stored) ? stored : first;
    const theme = this.kept.get('theme');
    this.#theme = isTheme(theme) ? theme : 'system';
    this.#show();
    this.kept.onChangeElsewhere((key, value) => {
      if (key === 'language' && isLanguage(value)) this.language = value;
      if (key === 'theme' && isTheme(value)) this.theme = value;
    });
  }

  get language(): Language {
    return this.#language;
  }

  set language(language: Language) {
    this.#language = language;
    this.kept.set('language', language);
    this.#show();
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    this.kept.set('theme', theme);
    this.#show();
  }

  /** Forgets both choices; what is shown stays until the page is opened again. */
  forget(): void {
    this.kept.remove('language');
    this.kept.remove('theme');
  }

  #show(): void {
    document.documentElement.lang = this.#language === 'zh' ? 'zh-Hans' : 'en';
    document.documentElement.dataset.theme = this.#theme;
    this.dispatchEvent(new Event('change'));
  }
}
