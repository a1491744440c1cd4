/** The generated glue of the WebAssembly module, started once in each thread. */
import init, { Network } from '../../wasm/vitrine_models.js';

export interface Glue {
  Network: typeof Network;
  memory: WebAssembly.Memory;
}

/** Starts the module; the second time in the same thread, what runs already is given. */
export async function start(module: WebAssembly.Module): Promise<Glue> {
  const { memory } = await init({ module_or_path: module });
  return { Network, memory };
}
