/** Steps of a script, each shown with what came out of it and how long it took. */

import { write } from './voice.mjs';

const paint = (code, text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text);
const begun = performance.now();

/** Seconds since the script started, to one decimal. */
export const elapsed = () => ((performance.now() - begun) / 1000).toFixed(1);

/** Says something between two steps. */
export const say = (text) => write(`${text}\n`);

/**
 * Runs one step.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} action a text that it gives is shown behind the title
 * @param {{ loud?: boolean }} [options] `loud`: it prints, so name it before it starts
 * @returns {Promise<T>}
 */
export async function step(title, action, { loud = false } = {}) {
  const start = performance.now();
  if (loud) say(paint(36, `→ ${title}`));
  const line = (mark, colour, detail) => {
    const name = detail ? `${title}: ${detail}` : title;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    say(`${paint(colour, mark)} ${name.padEnd(64)} ${seconds.padStart(6)} s`);
  };
  try {
    const result = await action();
    line('✓', 32, typeof result === 'string' ? result : '');
    return result;
  } catch (error) {
    line('✗', 31, '');
    throw error;
  }
}
