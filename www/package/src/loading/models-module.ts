/** The module of the models where nobody says where it is: a file beside this package, as bundlers and browsers find it. */
import type { Simd } from '../models/simd.js';
import type { WasmSource } from './wasm.js';
import { whereInstalled } from './where-installed.js';

// Paths are from the bundled file in `dist`; bundlers look for exactly this form of address.

/** The address of the module. */
export function modelsModule(simd: Simd): WasmSource {
  return whereInstalled(
    simd === 'relaxed'
      ? new URL('../wasm/vitrine_models_relaxed_bg.wasm', import.meta.url)
      : new URL('../wasm/vitrine_models_simd_bg.wasm', import.meta.url),
  );
}

/** The address of the worker's script. */
export function modelsWorkerScript(): URL {
  return whereInstalled(new URL('./models-worker.js', import.meta.url));
}
