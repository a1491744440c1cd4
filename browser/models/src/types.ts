/** What a model is called, takes and gives. */
export interface NetworkAbout {
  name: string;
  inputs: Port[];
  outputs: Port[];
  /** There is one where an axis grows with the input, such as the number of tokens of a text. */
  length?: { name: string; least: number; most: number };
}

/** An input or output. */
export interface Port {
  name: string;
  /** Its axes, outermost first; a text such as `T` or `2T` for an axis that grows with the model's length. */
  shape: (number | string)[];
  /** Lowest and highest sensible number; infinite where the model says nothing. */
  range: [number, number];
}
