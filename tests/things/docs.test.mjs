/** The programs in docs/devices.md, run as they stand there against the real worker. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { environmentWith } from '../../scripts/lib/environment.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { call, freshId, owner, vars } from '../worker/lib/house.mjs';
import { openWorker } from '../worker/lib/runtime.mjs';

const page = readFileSync(inHouse('docs/devices.md'), 'utf8');
let worker;
let folder;

before(async () => {
  worker = await openWorker({ vars });
  folder = mkdtempSync(join(tmpdir(), 'vitrine-docs-'));
});
after(async () => {
  await worker?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The program of that name on the page. */
function program(name) {
  const found = new RegExp(`<!-- run: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\n\`\`\`\n`).exec(page);
  assert.ok(found, `docs/devices.md has no program "${name}"`);
  return `${found[1]}\n`;
}

/** Runs something in the folder of this test; gives what it prints, fails where it fails. */
function run(command, words, { env = {}, input = '', cwd = folder } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd, env: environmentWith(env) });
    let [said, complained] = ['', ''];
    child.stdout.on('data', (bytes) => {
      said += bytes;
    });
    child.stderr.on('data', (bytes) => {
      complained += bytes;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${command} ${words.join(' ')} ended with ${code}:\n${said}${complained}`));
    });
    child.stdin.end(input);
  });
}

const has = (command, ...words) => spawnSync(command, words, { stdio: 'ignore' }).status === 0;

/** Registers a device as the page says; gives what its program needs to know. */
async function registered() {
  const device = freshId('docs');
  const known = { VITRINE_URL: worker.address, DEVICE: device };
  writeFileSync(join(folder, 'register.sh'), program('register'));
  const said = await run('sh', ['register.sh'], { env: { ...known, VITRINE_TOKEN: owner } });
  const { key } = JSON.parse(said);
  return { ...known, SECRET: key.secret };
}

/** The weights that the worker has stored for a device. */
async function stored({ DEVICE }) {
  const { body } = await call(`GET /v1/devices/${DEVICE}/events`, { worker });
  return body.items.map(({ sequence, data, status }) => [sequence, data.grams, status]);
}

test('curl', async () => {
  const env = await registered();
  writeFileSync(join(folder, 'send.sh'), program('curl'));
  for (const grams of ['4080', '3915.5']) {
    const { results } = JSON.parse(await run('sh', ['send.sh', grams], { env }));
    assert.equal(results[0].status, 'accepted');
  }
  assert.deepEqual(await stored(env), [
    [1, 4080, 'accepted'],
    [2, 3915.5, 'accepted'],
  ]);
});

test('Python', { skip: has('python3', '--version') ? false : 'there is no python3 here' }, async () => {
  const env = await registered();
  writeFileSync(join(folder, 'send.py'), program('python'));
  const said = await run('python3', ['send.py'], { env, input: '4080\n3915.5\n' });
  assert.equal(said, 'weight-1 accepted \nweight-2 accepted \n');
  await run('python3', ['send.py'], { env, input: '3750\n' });
  assert.deepEqual(await stored(env), [
    [1, 4080, 'accepted'],
    [2, 3915.5, 'accepted'],
    [3, 3750, 'accepted'],
  ]);
});

test('Python keeps what it cannot send, and sends it when the worker is back', {
  skip: has('python3', '--version') ? false : 'there is no python3 here',
}, async () => {
  const env = await registered();
  rmSync(join(folder, 'events.sqlite'), { force: true });
  writeFileSync(join(folder, 'send.py'), program('python'));
  await worker.kill();
  const sending = run('python3', ['send.py'], { env, input: '4080\n' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await worker.start();
  assert.equal(await sending, 'weight-1 accepted \n');
  assert.deepEqual(await stored(env), [[1, 4080, 'accepted']]);
});

test('Rust', { timeout: 600_000 }, async () => {
  const example = 'crates/device-simulator/examples/send.rs';
  assert.equal(readFileSync(inHouse(example), 'utf8'), program('rust'), `${example} and docs/devices.md differ`);
  const env = await registered();
  const words = ['run', '--quiet', '--locked', '-p', 'vitrine-device-simulator', '--example', 'send', '--'];
  const said = await run('cargo', [...words, '1', '4080.5'], { env, cwd: inHouse('.') });
  assert.equal(JSON.parse(said).results[0].status, 'accepted');
  assert.deepEqual(await stored(env), [[1, 4080.5, 'accepted']]);
});

const compiler = has('cc', '--version') && existsSync('/usr/include/openssl/hmac.h');

test('C', { skip: compiler ? false : 'there is no C compiler with OpenSSL’s headers here' }, async () => {
  const env = { ...(await registered()), HOST: new URL(worker.address).host, PLAIN: '1' };
  writeFileSync(join(folder, 'send.c'), program('c'));
  const warnings = ['-Wall', '-Wextra', '-Werror', '-Wno-deprecated-declarations'];
  await run('cc', ['send.c', '-o', 'send', ...warnings, '-fsanitize=address,undefined', '-lssl', '-lcrypto']);
  const said = await run(join(folder, 'send'), ['1', '4080.5'], { env: { ...env, ASAN_OPTIONS: 'detect_leaks=0' } });
  assert.match(said, /^HTTP\/1\.1 200 /);
  assert.match(said, /"accepted"/);
  assert.deepEqual(await stored(env), [[1, 4080.5, 'accepted']]);
});
