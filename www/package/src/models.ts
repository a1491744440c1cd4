/** Compiled models in the page: `Model.open` loads a plan, `run` runs it. Importing this does nothing. */
export { VitrineError } from './error.js';
export type { WasmSource } from './loading/wasm.js';
export { Model, type ModelOptions } from './models/model.js';
export type { PlanSource } from './models/plan.js';
export { type Simd, simdOfThisBrowser } from './models/simd.js';
export type { ModelPort, Tensors } from './models/types.js';
export type { Thread } from './types.js';
