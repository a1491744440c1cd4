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
