/** How many multiply-adds per second this machine can do in WebAssembly: tight loops in registers, nothing loaded. */

/** Multiply-adds of four lanes in one turn of the loop; see peak/*.wat. */
const perTurn = 12 * 4;

/** The best of several tries: what the machine can do when nothing disturbs it. */
export async function peak(address: string): Promise<number> {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(address));
  const loop = instance.exports.loop as (turns: number) => number;
  const turns = 4_000_000;
  loop(turns);
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 7; attempt += 1) {
    const start = performance.now();
    loop(turns);
    best = Math.min(best, performance.now() - start);
  }
  return (turns * perTurn) / (best / 1000);
}
