/** The words of the elements, in English and Chinese, from `messages/components.json`. */
import table from '../../../../messages/components.json' with { type: 'json' };
import type { Language } from '../types.js';

/** Names of the messages. */
export type MessageKey = keyof typeof table;

/** A message with its placeholders filled in. */
export function say(key: MessageKey, language: Language, values: Record<string, string | number> = {}): string {
  return table[key][language].replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

/** A text of the catalogue in the shopper's language, or in the other one where it is missing. */
export function inLanguage(text: { en: string; zh: string }, language: Language): string {
  return text[language] || text.en || text.zh;
}
