/** What is measured of each engine: numbers in, numbers out, as an application would do it. */
import type { Case } from '../../../www/shop/src/bench/input';

export type { Case };

export interface Engine {
  /** Loads the engine (the first time) and a model. */
  open(model: Case): Promise<Run>;
}

/** Copies the input in and every output out, in the model's own order. */
export type Run = (input: Float32Array) => Promise<Float32Array[]>;
