/** How long to wait before the next attempt to connect. */

const first = 500;
const longest = 30_000;

/**
 * Milliseconds before attempt number `attempt` (0 is the first after a cut): doubled each time up to half a minute, and
 * between half and all of that, so that many pages do not come back at the same moment.
 * @param random from 0 up to, but not, 1
 */
export function backOff(attempt: number, random: number): number {
  const most = Math.min(longest, first * 2 ** Math.min(attempt, 16));
  return most * (0.5 + random / 2);
}
