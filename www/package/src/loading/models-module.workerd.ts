/** The module of the models where nobody says where it is, in workerd: imported, because there code is never compiled. */
import module from '../../wasm/vitrine_models_simd_bg.wasm';
import type { WasmSource } from './wasm.js';

/** The compiled module; always the plain build, so that a worker needs to carry only one. */
export function modelsModule(): WasmSource {
  return module;
}

/** workerd has no Web Workers: models run in the calling thread. */
export function modelsWorkerScript(): undefined {
  return undefined;
}
