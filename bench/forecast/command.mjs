/** Runs `vitrine forecast` on a file and reads what it says. */
import { createInterface } from 'node:readline';
import { Failure } from '../../scripts/lib/failure.mjs';
import { start } from '../../scripts/lib/run.mjs';

/** Gives answers by the series' names, and the seconds it took. */
export async function forecast(vitrine, file, horizon, levels) {
  const words = ['forecast', file, '--horizon', String(horizon), '--levels', levels.join(','), '--json'];
  const begun = performance.now();
  const child = start(vitrine, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('close', done));
  const answers = new Map();
  for await (const line of createInterface({ input: child.stdout })) {
    const answer = JSON.parse(line);
    if (answer.forecast) answers.set(answer.id, answer.forecast);
  }
  const code = await ended;
  if (code !== 0) throw new Failure(`vitrine forecast ended with ${code}.`);
  return { answers, seconds: (performance.now() - begun) / 1000 };
}
