/** The module where nobody says where it is, in workerd: imported, because there code is never compiled at run time. */
import module from '../../wasm/vitrine_storefront_bg.wasm';
import type { WasmSource } from './wasm.js';

/** The compiled module. */
export function defaultModule(): WasmSource {
  return module;
}

/** workerd has no Web Workers: the engine runs in the calling thread. */
export function workerScript(): undefined {
  return undefined;
}
