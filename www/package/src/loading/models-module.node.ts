/** The module of the models where nobody says where it is, in Node.js: read from the package's folder. */
import { readFile } from 'node:fs/promises';
import type { Simd } from '../models/simd.js';
import type { WasmSource } from './wasm.js';

/** The bytes of the module. */
export function modelsModule(simd: Simd): WasmSource {
  const file = simd === 'relaxed' ? 'vitrine_models_relaxed_bg.wasm' : 'vitrine_models_simd_bg.wasm';
  return readFile(new URL(`../wasm/${file}`, import.meta.url)).then((bytes) => new Uint8Array(bytes));
}

/** Node.js has no Web Workers: models run in the calling thread. */
export function modelsWorkerScript(): undefined {
  return undefined;
}
