/** How much processor time the workerd processes below a process have used, where /proc tells. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second, as Linux gives them to programs. */
const ticks = 100;

/** Name, parent and user time in milliseconds of every process. */
function processes() {
  const found = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const rest = line.slice(line.lastIndexOf(')') + 2).split(' ');
      const name = line.slice(line.indexOf('(') + 1, line.lastIndexOf(')'));
      found.set(Number(pid), { name, parent: Number(rest[1]), user: (Number(rest[11]) * 1000) / ticks });
    } catch {
      // it has ended meanwhile
    }
  }
  return found;
}

/** User time in milliseconds of each workerd below `pid`; nothing where there is no /proc. */
export function userTimes(pid) {
  if (!existsSync('/proc/self/stat')) return undefined;
  const all = processes();
  const below = (child) => child === pid || (all.has(child) && below(all.get(child).parent));
  const workerd = [...all].filter(([child, { name }]) => name.startsWith('workerd') && below(child));
  return new Map(workerd.map(([child, { user }]) => [child, user]));
}

/** The user time between two looks, of the workerd that used most: the one that runs the worker, not the proxy. */
export function most(before, after) {
  if (!before || !after) return undefined;
  return Math.max(...[...after].map(([pid, user]) => user - (before.get(pid) ?? 0)));
}
