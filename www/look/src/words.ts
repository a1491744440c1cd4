/** Says the texts of a table in English or Chinese. */
import type { Language } from '@vitrine/storefront';

/** A text in both languages. */
type Text = Record<Language, string>;

/** The keys that come in two forms, `KEY.one` and `KEY.other`. */
type Counted<Key> = Key extends `${infer Stem}.one` ? Stem : never;

/** The locale in which a language writes numbers and dates. */
export const locales: Record<Language, string> = { en: 'en-IE', zh: 'zh-CN' };

/** The functions that say the texts of `messages`. */
export function wordsOf<Key extends string>(messages: Record<Key, Text>) {
  /** The text, its `{name}` places filled. */
  function say(language: Language, key: Key, values: Record<string, string | number> = {}): string {
    return messages[key][language].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  }

  /** The form of the text that goes with `count`, which is also its `{count}`. */
  function sayCount(
    language: Language,
    stem: Counted<Key>,
    count: number,
    values: Record<string, string | number> = {},
  ): string {
    const form = new Intl.PluralRules(locales[language]).select(count) === 'one' && language === 'en' ? 'one' : 'other';
    const written = new Intl.NumberFormat(locales[language]).format(count);
    return say(language, `${stem}.${form}` as Key, { ...values, count: written });
  }

  return { say, sayCount };
}
