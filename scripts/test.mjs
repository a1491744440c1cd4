/** `npm test`: sets up, then runs every check. `--quick`, `--all` or `--only NAME,…` choose fewer or more. */
import { parseArgs } from 'node:util';
import { checks } from './lib/checks.mjs';
import { closingLines } from './lib/closing.mjs';
import { Failure, main } from './lib/failure.mjs';
import { setUpTests } from './lib/set-up.mjs';
import { elapsed, say, step } from './lib/steps.mjs';
import { besides } from './lib/voice.mjs';

/** Which checks the command line asks for. */
function chosen({ quick = false, all = false, only }) {
  if (!only) return checks.filter(({ slow = false, long = false }) => !(quick && slow) && (all || !long));
  const names = only.split(',');
  const unknown = names.filter((name) => name !== 'lint' && !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    const known = ['lint', ...checks.map(({ name }) => name)].join(', ');
    throw new Failure(`There is no check "${unknown.join('", "')}".`, `There are: ${known}.`);
  }
  return checks.filter((check) => names.includes(check.name) || (check.lint && names.includes('lint')));
}

/** Runs checks one after another; all of them, even where some fail, unless later ones need what failed. */
async function runInTurn(list, how) {
  const failed = [];
  const closing = [];
  for (const check of list) {
    try {
      const result = await step(check.title, () => check.run(how).then((outcome) => ({ said: outcome?.said ?? '' })), {
        loud: true,
      });
      closing.push(...closingLines(result.said).map((line) => [check.title, line]));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      say(error.message);
      closing.push(...closingLines(error.said ?? '').map((line) => [check.title, line]));
      failed.push(check.name);
      if (check.needed) return { failed, closing, broken: true };
    }
  }
  return { failed, closing, broken: false };
}

/**
 * Runs checks: first those that everything needs, then what compiles and what waits for browsers and servers side by side,
 * since the one keeps the processor busy and the other mostly does not.
 */
async function runAll(list, how) {
  const first = await runInTurn(
    list.filter(({ lane }) => !lane),
    how,
  );
  if (first.broken) return first;
  const lane = (name) => () =>
    runInTurn(
      list.filter((check) => check.lane === name),
      how,
    );
  const both = await besides(lane('compiles'), lane('serves'));
  return {
    failed: [first, ...both].flatMap(({ failed }) => failed),
    closing: [first, ...both].flatMap(({ closing }) => closing),
  };
}

await main(async () => {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean' }, all: { type: 'boolean' }, only: { type: 'string' } },
  });
  const list = chosen(values);
  await setUpTests({ browser: list.some(({ slow }) => slow) });
  const { failed, closing } = await runAll(list, { all: values.all ?? false });

  say('');
  for (const [title, line] of closing) say(`${title}: ${line}`);
  if (failed.length > 0) {
    throw new Failure(
      `${failed.length} of ${list.length} checks failed: ${failed.join(', ')}`,
      `Again, alone: \`npm test -- --only ${failed.join(',')}\``,
    );
  }
  say(`✓ ${list.length} checks passed in ${elapsed()} s`);
});
