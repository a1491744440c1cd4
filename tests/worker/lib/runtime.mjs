/** The real worker in workerd, with a state folder of its own that outlasts being killed. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentWith } from '../../../scripts/lib/environment.mjs';
import { inHouse } from '../../../scripts/lib/house.mjs';
import { freePort } from '../../../scripts/lib/port.mjs';

const patience = 30_000;
const alive = new Set();

/** Ends a process group; it may have ended already. */
function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

process.on('exit', () => {
  for (const child of alive) end(child, 'SIGKILL');
});

/** Starts wrangler in a process group of its own; what it says is kept in `said`. */
function wrangler(words) {
  const env = environmentWith({ NO_COLOR: '1', FORCE_COLOR: '0' });
  const child = spawn('wrangler', words, { cwd: inHouse(''), env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      child.said += bytes;
    });
  }
  alive.add(child);
  child.ended = new Promise((resolve) => {
    child.on('error', (error) => {
      child.said += error.message;
      resolve(-1);
    });
    child.on('close', (code) => {
      alive.delete(child);
      resolve(code);
    });
  });
  return child;
}

/** A state folder with all migrations applied; made once for each set of migrations, and copied from then on. */
async function migrated() {
  const folder = inHouse('worker/migrations');
  const hash = createHash('sha256').update(readFileSync(inHouse('wrangler.toml')));
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  const kept = inHouse(`build/worker-state/${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(kept)) {
    mkdirSync(inHouse('build/worker-state'), { recursive: true });
    const fresh = mkdtempSync(`${kept}-`);
    const child = wrangler(['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', fresh]);
    if ((await child.ended) !== 0) throw new Error(`The migrations cannot be applied:\n${child.said}`);
    renameSync(fresh, kept);
  }
  return kept;
}

/**
 * Starts the built worker on a fresh state.
 * @param {object} [how]
 * @param {Record<string, string>} [how.vars] variables and secrets
 * @param {number} [how.port]
 * @param {string} [how.bare] the wrangler.toml of another worker, one without a database; it must answer /healthz
 */
export async function openWorker({ vars = {}, port, bare } = {}) {
  for (const [file, advice] of [
    ['build/worker/shim.js', 'cargo xtask worker'],
    ['build/site', 'npm run build'],
  ]) {
    if (!bare && !existsSync(inHouse(file))) throw new Error(`${file} is missing: run \`${advice}\` first.`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-worker-'));
  const state = join(folder, 'state');
  if (!bare) cpSync(await migrated(), state, { recursive: true });
  const chosen = port ?? (await freePort());
  const address = `http://127.0.0.1:${chosen}`;
  let child;

  async function start() {
    const words = ['dev', '--ip', '127.0.0.1', '--port', String(chosen), '--persist-to', state, '--log-level', 'warn'];
    if (bare) words.push('--config', bare);
    for (const [name, value] of Object.entries(vars)) words.push('--var', `${name}:${value}`);
    child = wrangler([...words, '--show-interactive-dev-session=false', '--inspector-port', String(await freePort())]);
    const mine = child;
    let over = false;
    mine.ended.then(() => {
      over = true;
    });
    for (const until = performance.now() + patience; performance.now() < until && !over; ) {
      const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error(`The worker does not answer at ${address}:\n${mine.said}`);
  }

  /** Ends workerd and all beside it at once, as a power cut would. */
  async function kill() {
    end(child, 'SIGKILL');
    await child.ended;
  }

  await start();
  return {
    address,
    state,
    kill,
    start,
    /** Process id of wrangler; workerd is among its descendants. */
    pid: () => child.pid,
    /** What the worker and wrangler have printed since the last start. */
    said: () => child.said,
    /** Runs the scheduled handler as the clock would for this expression. */
    scheduled: (cron) => fetch(`${address}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}`),
    async stop() {
      if (alive.has(child)) {
        end(child, 'SIGTERM');
        const late = setTimeout(() => end(child, 'SIGKILL'), 3000);
        await child.ended;
        clearTimeout(late);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
