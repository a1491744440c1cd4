/** What a model takes and gives. */
import type { Port } from '../../wasm/vitrine_models.js';

export type { NetworkAbout } from '../../wasm/vitrine_models.js';

/** An input or output: its name, its axes (a text such as `T` for one that grows), its lowest and highest sensible number. */
export type ModelPort = Readonly<Port>;

/** Numbers by the name of the input or output they belong to, densely, the last axis innermost. */
export type Tensors = Record<string, Float32Array>;
