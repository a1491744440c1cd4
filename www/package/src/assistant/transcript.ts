/** What a conversation looks like so far: turns, put together from what the shopper did and the events that answer. */
import type { AssistantEvent, Card, Source } from './types.js';

/** A question that is waiting for its button. */
export interface Question {
  token: string;
  order: string;
  skus: string[];
  /** What was pressed. */
  answered?: 'yes' | 'no';
}

/** One turn. */
export interface Entry {
  /** Unique in the transcript. */
  key: number;
  /** What the shopper wrote; absent for buttons and codes. */
  text?: string | undefined;
  /** `onCard`: the card of a product says the same. */
  sentences: { text: string; sources: Source[]; onCard: boolean }[];
  cards: Card[];
  choices: string[];
  confirm?: Question;
  /** The order whose code is waited for; `given` once one was entered. */
  code?: { order: string; digits: number; given: boolean };
  /** A product that the page may open its fitting room with. */
  tryOn?: string;
  handOver: boolean;
  /** Why it could not be finished. */
  problem?: string;
  over: boolean;
}

let keys = 0;

/** A turn that begins. */
export function entryOf(text?: string): Entry {
  keys += 1;
  return { key: keys, text, sentences: [], cards: [], choices: [], handOver: false, over: false };
}

/** Lets what was asked before rest: a new turn has begun, and old buttons lead nowhere. */
export function rest(entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => {
    const { code } = entry;
    return { ...entry, choices: [], ...(code && { code: { ...code, given: true } }) };
  });
}

/** The entries after an event; `began` says that the turn it belongs to is shown already. */
export function after(entries: readonly Entry[], part: AssistantEvent, began: boolean): Entry[] {
  if (part.event === 'turn') return began ? [...entries] : [...rest(entries), entryOf(part.data.text)];
  const last = entries.at(-1);
  if (!last) return [];
  return [...entries.slice(0, -1), told(last, part)];
}

function told(entry: Entry, part: Exclude<AssistantEvent, { event: 'turn' }>): Entry {
  switch (part.event) {
    case 'sentence':
      return { ...entry, sentences: [...entry.sentences, part.data] };
    case 'products':
      return { ...entry, cards: part.data.items };
    case 'choices':
      return { ...entry, choices: part.data.items.map(({ label }) => label) };
    case 'confirm':
      return { ...entry, confirm: part.data };
    case 'code':
      return { ...entry, code: { ...part.data, given: false } };
    case 'try-on':
      return { ...entry, tryOn: part.data.product };
    case 'hand-over':
      return { ...entry, handOver: true };
    case 'problem':
      return { ...entry, problem: part.data.code };
    case 'done':
      return { ...entry, over: true };
    default:
      return entry; // an event of a later worker
  }
}
