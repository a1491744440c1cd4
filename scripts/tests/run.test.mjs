/** Programs are ended with everything they started, and their failures say what failed. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ask, run } from '../lib/run.mjs';

/** Whether a process runs; one that has ended but whose parent has not asked yet ("Z") does not. */
const alive = (pid) => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

test('a failure names the program and keeps what it said', async () => {
  const failing = run('sh', ['-c', 'echo reason >&2; exit 3'], { quiet: true });
  await assert.rejects(
    failing,
    (error) => /sh -c .* ended with 3/.test(error.message) && error.said.includes('reason'),
  );
});

test('a missing program is a failure, and no answer when only asked', async () => {
  await assert.rejects(run('no-such-program', []), /did not start/);
  assert.equal(await ask('no-such-program', []), undefined);
});

test('a program that takes too long is ended', async () => {
  await assert.rejects(run('sleep', ['60'], { seconds: 0.2, quiet: true }), /took more than 0.2 s/);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`${signal} leaves no grandchild behind`, async () => {
    const lib = fileURLToPath(new URL('../lib/run.mjs', import.meta.url));
    const source = `import { run } from ${JSON.stringify(lib)};
      await run('sh', ['-c', 'sleep 60 & echo $!; wait']);`;
    const script = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const grandchild = Number(await new Promise((resolve) => script.stdout.once('data', resolve)));
    assert.ok(alive(grandchild));
    const ended = new Promise((resolve) => script.once('exit', resolve));
    script.kill(signal);
    assert.equal(await ended, signal === 'SIGINT' ? 130 : 143);
    assert.ok(!alive(grandchild));
  });
}
