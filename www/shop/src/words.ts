/** The shop's own words in the language chosen, and the names that products bring. */
import { wordsOf } from '@vitrine/look/words';
import type { Language, Localized } from '@vitrine/storefront';
import messages from '../../../messages/shop.json';

/** A text of messages/shop.json. */
export type Key = keyof typeof messages;

/** The text in a language, and the form of it that goes with a count. */
export const { say, sayCount } = wordsOf(messages);

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
