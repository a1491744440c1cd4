/** The module where nobody says where it is, in Node.js: read from the package's folder. */
import { readFile } from 'node:fs/promises';
import type { WasmSource } from './wasm.js';

/** The bytes of the module. */
export function defaultModule(): WasmSource {
  return readFile(new URL('../wasm/vitrine_storefront_bg.wasm', import.meta.url)).then(
    (bytes) => new Uint8Array(bytes),
  );
}

/** Node.js has no Web Workers: the engine runs in the calling thread. */
export function workerScript(): undefined {
  return undefined;
}
