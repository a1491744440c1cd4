/** The shop's own words in the language chosen, and the names that products bring. */
import type { Language, Localized } from '@vitrine/storefront';
import messages from '../../../messages/shop.json';

/** A text of messages/shop.json. */
export type Key = keyof typeof messages;

/** The keys that come in two forms, `KEY.one` and `KEY.other`. */
type Counted = Key extends infer K ? (K extends `${infer Stem}.one` ? Stem : never) : never;

const locales: Record<Language, string> = { en: 'en-IE', zh: 'zh-CN' };

/** The text, its `{name}` places filled. */
export function say(language: Language, key: Key, values: Record<string, string | number> = {}): string {
  return messages[key][language].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The form of the text that goes with `count`, which is also its `{count}`. */
export function sayCount(language: Language, stem: Counted, count: number, values = {}): string {
  const form = new Intl.PluralRules(locales[language]).select(count) === 'one' && language === 'en' ? 'one' : 'other';
  const written = new Intl.NumberFormat(locales[language]).format(count);
  return say(language, `${stem}.${form}` as Key, { ...values, count: written });
}

/** A name in the language, or in the other one where it is missing. */
export function nameOf(text: Localized, language: Language): string {
  return text[language] || text.en || text.zh;
}

/** The name of an attribute: the shop's own word for the common ones, the feed's for its own. */
export function attributeName(key: string, language: Language): string {
  const known = `attribute.${key}`;
  if (known in messages) return say(language, known as Key);
  return key.charAt(0).toUpperCase() + key.slice(1).replace(/[-_]/g, ' ');
}
