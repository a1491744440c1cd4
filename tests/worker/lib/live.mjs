/** A live connection as a page holds it, its frames kept. */
import { house, owner } from './house.mjs';

/**
 * Opens one and waits for its first frame.
 * @param {{ token?: string | null, origin?: string, since?: number, worker?: object }} how
 */
export async function listen({ token = owner, origin, since, worker } = {}) {
  const { address } = worker ?? (await house());
  const url = `${address.replace('http', 'ws')}/v1/live${since === undefined ? '' : `?since=${since}`}`;
  const protocols = ['vitrine.live.v1', ...(token ? [`bearer.${token}`] : [])];
  const socket = new WebSocket(url, { protocols, headers: origin ? { origin } : {} });
  const frames = [];
  const pongs = [];
  const waiting = new Set();
  let end;
  const closed = new Promise((resolve) => {
    end = resolve;
  });
  socket.addEventListener('message', ({ data }) => {
    if (data === 'pong') pongs.shift()?.(data);
    else {
      frames.push(JSON.parse(data));
      for (const look of waiting) look();
    }
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('close', ({ code }) => {
      end(code);
      reject(new Error(`The connection was closed with ${code}.`));
    });
    socket.addEventListener('error', () => reject(new Error('There is no connection.')));
    waiting.add(function first() {
      waiting.delete(first);
      resolve();
    });
  });
  let seen = 0;
  return {
    frames,
    closed,
    close: () => socket.close(1000),
    ping: () =>
      new Promise((resolve) => {
        pongs.push(resolve);
        socket.send('ping');
      }),
    /** The next frame of which something holds. */
    next: (holds, patience = 20_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No such frame among ${JSON.stringify(frames)}`)), patience);
        const look = () => {
          while (seen < frames.length) {
            const frame = frames[seen++];
            if (holds(frame)) {
              clearTimeout(timer);
              waiting.delete(look);
              resolve(frame);
              return;
            }
          }
        };
        waiting.add(look);
        look();
      }),
  };
}
