/** What is measured of each engine: numbers in, numbers out, as an application would do it. */

export interface Case {
  /** The id in models.json. */
  model: string;
  picture: string;
  /** What 0 and 255 become. */
  range: [number, number];
  /** Height, width. */
  size: [number, number];
}

export interface Engine {
  /** Loads the engine (the first time) and a model. */
  open(model: Case): Promise<Run>;
}

/** Copies the input in and every output out, in the model's own order. */
export type Run = (input: Float32Array) => Promise<Float32Array[]>;
