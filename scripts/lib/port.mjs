/** Whether a port can be had. */
import { createServer } from 'node:net';
import { Failure } from './failure.mjs';

/** The port that the environment asks for, or the usual one. */
export function wantedPort() {
  const text = process.env.PORT ?? '8787';
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Failure(`PORT is "${text}", which is not a port.`, 'Give a number from 1 to 65535.');
  }
  return port;
}

/** Fails where something else listens on `port` already. */
export function checkPort(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const taken = error.code === 'EADDRINUSE';
      const what = taken ? 'is taken by another program' : `cannot be used: ${error.message}`;
      reject(
        new Failure(`Port ${port} ${what}.`, `Choose another: \`PORT=${port === 65535 ? 8787 : port + 1} npm start\``),
      );
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(String(port))));
  });
}

/** Whether nothing listens on `port`. */
const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/**
 * A port that is free, for servers that want to be told one. It lies below those that systems hand out to connections,
 * any of which might be taken in the moment before the server listens.
 */
export async function freePort() {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Failure('No port from 20000 to 31999 is free.', 'End other servers.');
}
