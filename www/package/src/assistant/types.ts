/** What a conversation with the assistant consists of: what the shopper does, and the events that answer. */
import type { Money } from '../types.js';

/** What a shopper does in a turn. */
export type Said =
  | { text: string; product?: string | undefined }
  | { confirm: { token: string; yes: boolean } }
  | { code: string };

/** What a sentence rests on. */
export interface Source {
  kind: 'product' | 'policy' | 'stock' | 'forecast' | 'order' | 'catalogue' | 'policies' | 'shopper';
  id?: string;
  /** The name of the product, or the heading in the policy. */
  title?: string;
  /** The site of stock, the number of a paragraph. */
  part?: string;
  /** What stands there, word for word. */
  text?: string;
  /** When it was seen or made, RFC 3339. */
  at?: string;
}

/** A product as a card shows it. */
export interface Card {
  id: string;
  title: string;
  price: Money;
  compareAt?: Money;
  picture?: string;
  /** The product's page, where the catalogue names one. */
  link?: string;
  buyable: boolean;
}

/** One event of a turn. */
export type AssistantEvent = { id: number } & (
  | { event: 'turn'; data: { conversation: string; turn: number; message: string; text?: string } }
  | { event: 'sentence'; data: { text: string; sources: Source[]; onCard: boolean } }
  | { event: 'products'; data: { items: Card[] } }
  | { event: 'choices'; data: { items: { label: string }[] } }
  | { event: 'confirm'; data: { token: string; action: 'start-return'; order: string; skus: string[] } }
  | { event: 'code'; data: { order: string; digits: number } }
  | { event: 'hand-over'; data: Record<string, never> }
  | { event: 'try-on'; data: { product: string } }
  | { event: 'problem'; data: { code: string; detail: string } }
  | { event: 'done'; data: { turn: number } }
);

/** What a turn brings: its events, and when the connection was cut and is being made again. */
export type TurnPart = AssistantEvent | { event: 'cut' };
