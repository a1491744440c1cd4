/** Loads a plan and compares its hash; checking the rest of it is the module's work. */

import { VitrineError } from '../error.js';
import { bytesAt, bytesOf } from '../loading/bytes.js';

/** An address, the plan's bytes, or a response. */
export type PlanSource = string | URL | BufferSource | Response;

/** A plan file's bytes. */
export type Plan = Uint8Array<ArrayBuffer>;

/** Where the SHA-256 of everything behind the header lies: see docs/plan-format.md. */
const header = 56;
const hash = header - 32;

export async function loadPlan(source: PlanSource): Promise<Plan> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
  }
  const place = source instanceof Response ? source.url || 'the response given' : String(source);
  let problem: string;
  try {
    const { status, body } = source instanceof Response ? await bytesOf(source) : await bytesAt(source);
    if (body) return new Uint8Array(body);
    problem = `the server says ${status}`;
  } catch (cause) {
    problem = String(cause);
  }
  throw new VitrineError('plan-missing', `The plan ${place} cannot be loaded: ${problem}.`);
}

/**
 * Whether the hash is right. Browsers hash many times faster than WebAssembly, and beside it.
 * @returns nothing where they may not (pages without https) or there is nothing to compare: then the module has to
 */
export function isHashRight(plan: Plan): Promise<boolean> | undefined {
  if (!globalThis.crypto?.subtle || plan.length < header) return undefined;
  const found = crypto.subtle.digest('SHA-256', plan.subarray(header));
  return found.then((bytes) => new Uint8Array(bytes).every((byte, at) => byte === plan[hash + at]));
}
