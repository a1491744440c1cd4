/** The rig: a fleet with everything going wrong sends to the real worker, which is killed again and again meanwhile. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { environmentWith } from '../../../scripts/lib/environment.mjs';
import { ask, run } from '../../../scripts/lib/run.mjs';
import { openWorker } from '../../worker/lib/runtime.mjs';

/** Compiles the `vitrine` command and gives its path. */
export async function vitrine({ release = false } = {}) {
  const profile = release ? ['--release'] : [];
  const words = ['build', '--quiet', '--locked', '--package', 'vitrine-cli', ...profile];
  await run('cargo', words, { env: environmentWith() });
  const metadata = await ask('cargo', ['metadata', '--no-deps', '--format-version', '1']);
  return join(JSON.parse(metadata ?? '{}').target_directory, release ? 'release' : 'debug', 'vitrine');
}

/** Limits that a rig may not run into: what it tries is not how much a shop lets in. */
export const wideLimits = JSON.stringify({
  devicePerSecond: 100_000,
  deviceBurst: 100_000,
  shopPerSecond: 100_000,
  shopBurst: 1_000_000,
});

/**
 * Runs a fleet against a worker of its own.
 * @param {object} how
 * @param {string} how.command path of `vitrine`
 * @param {number} how.devices
 * @param {number} how.events
 * @param {number} how.rate events a second
 * @param {number} how.kills how often workerd is killed and started again, evenly over the run
 * @param {number} [how.seed]
 * @param {string[]} [how.words] more arguments
 * @param {(line: string) => void} [how.tell] hears what the fleet says of its progress
 * @returns {Promise<{ code: number, verdict: string, counts: Record<string, number>, kills: number }>}
 */
export async function rig({ command, devices, events, rate, kills, seed = 1, words = [], tell = () => {} }) {
  const token = `vat_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(token).digest('hex');
  const worker = await openWorker({ vars: { OWNER_TOKEN_SHA256: hash, LIMITS: wideLimits } });
  try {
    const numbers = { devices, events, rate, seed };
    const flags = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(
      command,
      ['simulate', 'devices', '--url', worker.address, '--faults', 'all', ...flags, ...words],
      { env: { ...process.env, VITRINE_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    process.on('exit', () => child.kill('SIGKILL'));
    let verdict = '';
    let killed = 0;
    let killing = Promise.resolve();
    child.stdout.on('data', (bytes) => {
      verdict += bytes;
    });
    createInterface(child.stderr).on('line', (line) => {
      tell(line);
      const acknowledged = Number(/(\d+) of \d+ events/.exec(line)?.[1] ?? 0);
      if (killed < kills && acknowledged >= (events * (killed + 1)) / (kills + 1)) {
        killed += 1;
        killing = killing.then(async () => {
          await worker.kill();
          await worker.start();
        });
      }
    });
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    await killing;
    const counts = {};
    for (const name of ['lost', 'doubled', 'misplaced', 'falsely accepted', 'refused', 'undelivered']) {
      counts[name] = Number(new RegExp(`^${name} +(\\d+)$`, 'm').exec(verdict)?.[1] ?? Number.NaN);
    }
    return { code, verdict, counts, kills: killed };
  } finally {
    await worker.stop();
  }
}
