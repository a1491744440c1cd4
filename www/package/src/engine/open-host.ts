/** Chooses the thread in which the engine computes. */
import { defaultModule, workerScript } from '../loading/default-module.js';
import { compile, type WasmSource } from '../loading/wasm.js';
import type { Thread } from '../types.js';
import type { Host } from './calls.js';
import { openPageHost } from './page-host.js';
import { openWorkerHost } from './worker-host.js';

/** Compiles the module and starts the engine: in a worker where that is wanted and possible, else in this thread. */
export async function openHost(thread: Thread, wasm: WasmSource | undefined): Promise<Host> {
  const module = await compile(wasm ?? defaultModule());
  const script = thread === 'worker' ? workerScript() : undefined;
  return (script && (await openWorkerHost(module, script))) ?? openPageHost(module);
}
