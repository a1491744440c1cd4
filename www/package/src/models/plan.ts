/** Loads a plan and compares its hash; checking the rest of it is the module's work. */
import { VitrineError } from '../error.js';

/** An address, the plan's bytes, or a response. */
export type PlanSource = string | URL | BufferSource | Response;

/** A plan's bytes, and whether its hash was found to be right. */
export interface LoadedPlan {
  bytes: Uint8Array;
  hashed: boolean;
}

/** Where the SHA-256 of everything behind the header lies: see docs/plan-format.md. */
const header = 56;
const hash = header - 32;

export async function loadPlan(source: PlanSource): Promise<LoadedPlan> {
  const bytes = await bytesOf(source);
  return { bytes, hashed: await isHashRight(bytes) };
}

async function bytesOf(source: PlanSource): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source))
    return new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength);
  const place = source instanceof Response ? source.url || 'the response given' : String(source);
  let problem: string;
  try {
    const response = source instanceof Response ? source : await fetch(source);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    problem = `the server says ${response.status}`;
  } catch (cause) {
    problem = String(cause);
  }
  throw new VitrineError('plan-missing', `The plan ${place} cannot be loaded: ${problem}.`);
}

/** Browsers hash far faster than WebAssembly. Where they may not (pages without https) or it is wrong, the module hashes. */
async function isHashRight(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (!globalThis.crypto?.subtle || bytes.length < header) return false;
  const found = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.subarray(header)));
  return found.every((byte, at) => byte === bytes[hash + at]);
}
