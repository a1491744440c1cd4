/** schemathesis tries everything that /openapi.json describes: no 5xx, and no answer that is not described. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { environmentWith } from '../../../scripts/lib/environment.mjs';
import { inHouse } from '../../../scripts/lib/house.mjs';
import { Device, owner, vars } from '../../worker/lib/house.mjs';
import { openWorker } from '../../worker/lib/runtime.mjs';
import { wideLimits } from '../lib/rig.mjs';

const here = 'tests/things/long';
const requirements = inHouse(`${here}/requirements.txt`);
let worker;

/** A virtual environment with the pinned version; made once for each list of requirements. */
function schemathesis() {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = inHouse(`build/schemathesis-${hash}`);
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  for (const [command, words] of [
    ['python3', ['-m', 'venv', folder]],
    [join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]],
  ]) {
    const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' });
    assert.equal(status, 0, `${command} ${words.join(' ')}: ${stderr}`);
  }
  return program;
}

before(async () => {
  worker = await openWorker({ vars: { ...vars, LIMITS: wideLimits } });
});
after(() => worker?.stop());

test('every described call is answered as described', { timeout: 1_200_000 }, async () => {
  // Something to be found, so that not every answer is 404.
  const device = await Device.register({ id: '0', sku: '0' }, worker);
  await device.send(device.event({ grams: 1 }));
  const program = schemathesis();
  const config = inHouse(`${here}/schemathesis.toml`);
  const examples = process.env.VITRINE_EXAMPLES ?? '30';
  const words = ['--config-file', config, '--no-color', 'run', `${worker.address}/openapi.json`];
  // The live stream is a WebSocket, which this tool does not speak.
  words.push('--exclude-path', '/v1/live', '--phases', 'examples,coverage,fuzzing', '--continue-on-failure');
  words.push('--max-examples', examples, '--seed', '7', '--no-shrink');
  const child = spawn(program, words, {
    env: environmentWith({ VITRINE_TOKEN: owner, PYTHONPATH: inHouse(here) }),
    cwd: inHouse('build'),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said += bytes;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  assert.equal(code, 0, said);
  assert.match(said, /passed/, said);
});
