/** The words of `<vitrine-assistant>`, in English and Chinese, from `messages/assistant-panel.json`. */
import table from '../../../../messages/assistant-panel.json' with { type: 'json' };
import type { Language } from '../types.js';

/** Names of the messages. */
export type PanelKey = keyof typeof table;

/** A message with its placeholders filled in. */
export function say(key: PanelKey, language: Language, values: Record<string, string> = {}): string {
  return table[key][language].replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** Why a turn has no answer, in words. */
export function sayProblem(code: string, language: Language): string {
  const key = `problem.${code}`;
  return say(Object.hasOwn(table, key) ? (key as PanelKey) : 'problem.failed', language);
}
