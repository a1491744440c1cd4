/** Runs the small net on the input of its file of numbers; how far off its answer is from theirs. */
export async function compared(model, file) {
  const numbers = new Float32Array(file);
  const mask = numbers.slice(4752, 12672);
  const answer = await model.run({ image: numbers.slice(0, 4752) });
  const largest = (list) => list.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  const off = largest(mask.map((number, at) => number - answer.mask[at])) / largest(mask);
  return { thread: model.thread, length: answer.mask.length, off };
}
