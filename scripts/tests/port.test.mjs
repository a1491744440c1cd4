/** A taken port and a senseless one are told apart and answered with advice. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { afterEach, test } from 'node:test';
import { checkPort, freePort, wantedPort } from '../lib/port.mjs';

const before = process.env.PORT;
afterEach(() => {
  if (before === undefined) delete process.env.PORT;
  else process.env.PORT = before;
});

test('PORT moves the server', () => {
  process.env.PORT = '4000';
  assert.equal(wantedPort(), 4000);
});

for (const text of ['shop', '0', '65536', '80.5']) {
  test(`PORT=${text} is refused`, () => {
    process.env.PORT = text;
    assert.throws(wantedPort, /not a port/);
  });
}

test('a taken port names another one', async () => {
  const other = createServer();
  const port = await new Promise((resolve) => other.listen(0, '127.0.0.1', () => resolve(other.address().port)));
  await assert.rejects(checkPort(port), new RegExp(`Port ${port} is taken.*\\n.*PORT=`));
  await new Promise((resolve) => other.close(resolve));
  await checkPort(port);
});

test('a free port can be listened on, and is none that connections are given', async () => {
  const port = await freePort();
  assert.ok(port >= 20_000 && port < 32_000, String(port));
  await checkPort(port);
});
