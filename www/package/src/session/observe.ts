/** Makes whole events of what a shop reports, and tells events from anything else. */
import type { Interaction } from '../../wasm/vitrine_storefront.js';
import { VitrineError } from '../error.js';
import type { Observation } from '../types.js';

const kinds: readonly unknown[] = ['view', 'cart', 'purchase'] satisfies Interaction['kind'][];

/** Fills in `id` and `at`, which is always later than `last`, so that clicks stay in order within a millisecond. */
export function eventOf({ kind, item, at, id }: Observation, last: Interaction | undefined): Interaction {
  const event = {
    id: id ?? randomId(),
    kind,
    item,
    at: at ?? Math.max(Date.now(), (last?.at ?? 0) + 1),
  };
  if (!kinds.includes(kind)) {
    throw new VitrineError('event', `"${kind}" is no kind of event. Observe "view", "cart" or "purchase".`);
  }
  if (!isInteraction(event)) {
    throw new VitrineError(
      'event',
      `The event ${JSON.stringify(event)} cannot be kept. \`id\` and \`item\` are texts of 1 to 128 bytes without control characters or outer white space, \`at\` is a whole number of milliseconds since 1970.`,
    );
  }
  return event;
}

/** Whether a value that was stored or sent is an event as the engine takes it. */
export function isInteraction(value: unknown): value is Interaction {
  const { id, kind, item, at } = (value ?? {}) as Record<string, unknown>;
  return isIdentifier(id) && isIdentifier(item) && kinds.includes(kind) && Number.isSafeInteger(at) && Number(at) >= 0;
}

/** The rules of identifiers are those of the catalogue. */
function isIdentifier(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.trim() === value &&
    !/\p{Cc}/u.test(value) &&
    new TextEncoder().encode(value).length <= 128
  );
}

/** Random also where the page is not served securely, where `crypto.randomUUID` is missing. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
