/** Serves the built shop with wrangler, as Cloudflare would. */
import { environmentWith } from './environment.mjs';
import { Failure } from './failure.mjs';
import { endOf, start, stop } from './run.mjs';

const patience = 60_000;

/** Whether something answers there. */
const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );

/**
 * Starts wrangler and waits until the shop answers.
 * @param {number} port
 * @returns {Promise<{ url: string, ended: Promise<{ how: string }>, stop: () => Promise<void> }>} `ended` settles where
 *   wrangler ends by itself
 */
export async function serve(port) {
  const words = ['dev', '--port', String(port), '--show-interactive-dev-session=false', '--log-level', 'warn'];
  const wrangler = start('wrangler', words, { env: environmentWith() });
  const ended = endOf(wrangler);
  let over = false;
  ended.then(() => {
    over = true;
  });
  const url = `http://localhost:${port}/`;
  for (const until = performance.now() + patience; performance.now() < until && !over; ) {
    if (await answers(url)) return { url, ended, stop: () => stop(wrangler) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Failure(
    over ? 'wrangler ended before the shop answered.' : `The shop does not answer at ${url}.`,
    'See wrangler’s message above.',
  );
}
