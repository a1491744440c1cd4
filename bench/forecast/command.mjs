/** Runs `vitrine forecast` on a file and reads what it says. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Failure } from '../../scripts/lib/failure.mjs';

/** Gives answers by the series' names, and the seconds it took. */
export async function forecast(vitrine, file, horizon, levels) {
  const words = ['forecast', file, '--horizon', String(horizon), '--levels', levels.join(','), '--json'];
  const start = performance.now();
  const child = spawn(vitrine, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('close', done));
  const answers = new Map();
  for await (const line of createInterface({ input: child.stdout })) {
    const answer = JSON.parse(line);
    if (answer.forecast) answers.set(answer.id, answer.forecast);
  }
  const code = await ended;
  if (code !== 0) throw new Failure(`vitrine forecast ended with ${code}.`);
  return { answers, seconds: (performance.now() - start) / 1000 };
}
