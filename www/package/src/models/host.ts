/** A model as the facade sees it, and the form of what is said to one in another thread. */
import type { Thread } from '../types.js';
import type { Plan } from './plan.js';
import type { NetworkAbout } from './types.js';

export interface Host {
  readonly thread: Thread;
  readonly about: NetworkAbout;
  /** One array for each input and output, in their order. Rejects with a `VitrineError`. */
  run(inputs: readonly Float32Array[]): Promise<Float32Array[]>;
  /** Frees the model; later runs reject. */
  close(): void;
}

/** The compiled module with the plan comes first, then runs. */
export type ToWorker =
  | { number: number; module: WebAssembly.Module; plan: Plan }
  | { number: number; inputs: readonly Float32Array[] };

/** `ready` means that the worker's script runs. */
export type FromWorker =
  | { ready: true }
  | { number: number; value: NetworkAbout | Float32Array[] }
  | { number: number; error: { code: string; message: string } };
