/** Where things lie, and how programs are run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The absolute path of a file or folder given by its path from the root of the repository. */
export const inHouse = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Runs a program to its end and gives what it printed; rejects with that where it fails. */
export async function run(program, words, folder) {
  const child = spawn(program, words, { cwd: folder, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const said = collect(child);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}:\n${said()}`);
  return said();
}

/** Starts a server in a process group of its own; resolves once it answers at `address`. */
export async function startServer(program, words, folder, address) {
  const child = spawn(program, words, {
    cwd: folder,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = collect(child);
  const stop = async () => {
    if (child.exitCode !== null) return;
    process.kill(-child.pid, 'SIGTERM');
    await once(child, 'close');
  };
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) break;
    const answered = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return stop;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`${program} ${words.join(' ')} does not answer at ${address}:\n${said()}`);
}

/** What `npm run` of this workspace sets must not leak into the projects, which belong to somebody else. */
function environment() {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|NODE_TEST_CONTEXT$)/.test(name));
  return {
    ...Object.fromEntries(inherited),
    NEXT_TELEMETRY_DISABLED: '1',
    WRANGLER_SEND_METRICS: 'false',
    NO_COLOR: '1',
  };
}

function collect(child) {
  const parts = [];
  child.stdout.on('data', (part) => parts.push(part));
  child.stderr.on('data', (part) => parts.push(part));
  return () => Buffer.concat(parts).toString();
}
