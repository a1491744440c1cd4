/** Who may write to the terminal: where two lines of work go on side by side, one waits with its words until the other is done. */
import { AsyncLocalStorage } from 'node:async_hooks';

const voices = new AsyncLocalStorage();

/** Writes, now or when the line of work that this belongs to may speak. */
export function write(text, to = process.stdout) {
  const voice = voices.getStore();
  if (voice?.held) voice.held.push([text, to]);
  else to.write(text);
}

/**
 * Does two things side by side. What the first says is shown at once, what the second says when the first is done.
 * @template A, B
 * @param {() => Promise<A>} first
 * @param {() => Promise<B>} second
 * @returns {Promise<[A, B]>}
 */
export async function besides(first, second) {
  const voice = { held: [] };
  const speak = () => {
    const held = voice.held ?? [];
    voice.held = undefined;
    for (const [text, to] of held) to.write(text);
  };
  return Promise.all([first().finally(speak), voices.run(voice, second)]);
}
