/** The module where nobody says where it is: the file beside this package, as bundlers and browsers find it. */
import type { WasmSource } from './wasm.js';
import { whereInstalled } from './where-installed.js';

// Paths are from the bundled file in `dist`; bundlers look for exactly this form of address.

/** The address of the module. */
export function defaultModule(): WasmSource {
  return whereInstalled(new URL('../wasm/vitrine_storefront_bg.wasm', import.meta.url));
}

/** The address of the worker's script. */
export function workerScript(): URL {
  return whereInstalled(new URL('./worker.js', import.meta.url));
}
