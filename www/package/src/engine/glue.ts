/** The generated glue of the WebAssembly module, started once in each thread. */
import init, * as glue from '../../wasm/vitrine_storefront.js';

/** The classes of the module. */
export type Glue = Pick<typeof glue, 'Engine' | 'FeedImport'>;

/** Starts the module; the second time in the same thread, what runs already is given. */
export async function start(module: WebAssembly.Module): Promise<Glue> {
  await init({ module_or_path: module });
  return glue;
}
