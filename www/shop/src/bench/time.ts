/** Time of one run on a clock that many browsers keep coarse. */

/** Runs at least so often and so long before the clock counts: browsers optimize what has run for a while. */
const warmUp = { runs: 3, milliseconds: 500 };
/** One reading covers at least this many milliseconds, far above any clock's step. */
const reading = 60;
const readings = { least: 5, milliseconds: 1800 };

/** The median of several readings, in milliseconds a run. Lets the page draw in between. */
export async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  for (let runs = 0; runs < warmUp.runs || performance.now() - begun < warmUp.milliseconds; runs += 1) {
    await run();
    await breathe();
  }
  const times: number[] = [];
  const started = performance.now();
  while (times.length < readings.least || performance.now() - started < readings.milliseconds) {
    times.push(await read(run));
    await breathe();
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

async function read(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  let runs = 0;
  let passed = 0;
  while (passed < reading) {
    await run();
    runs += 1;
    passed = performance.now() - start;
  }
  return passed / runs;
}

/** Lets the browser do what waits. */
export const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));
