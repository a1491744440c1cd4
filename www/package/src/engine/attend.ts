/** The other end of the worker host: takes messages, asks the desk, posts what it answers. */
import { asVitrineError, VitrineError } from '../error.js';
import type { Calls, FromWorker, ToWorker } from './calls.js';
import { Desk } from './desk.js';
import { start } from './glue.js';

/** The part of a worker's global scope that is used. */
export interface Scope {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** Answers every message that comes in, in order. */
export function attend(scope: Scope): void {
  let desk: Promise<Desk> | undefined;
  let last: Promise<void> = Promise.resolve();
  scope.addEventListener('message', ({ data }) => {
    if ('start' in data) {
      desk = start(data.start).then((glue) => new Desk(glue));
      // Every call that waits for the desk reports its failure.
      desk.catch(() => {});
      return;
    }
    last = last.then(async () => scope.postMessage(await answer(desk, data)));
  });
  scope.postMessage({ ready: true });
}

async function answer(
  desk: Promise<Desk> | undefined,
  { number, name, parameters }: Extract<ToWorker, { number: number }>,
): Promise<FromWorker> {
  try {
    if (!desk) throw new VitrineError('closed', 'The engine was not started.');
    const call = (await desk)[name] as (...parameters: unknown[]) => ReturnType<Calls[keyof Calls]>;
    return { number, value: call(...parameters) };
  } catch (thrown) {
    const { code, message, section } = asVitrineError(thrown);
    return { number, error: section === undefined ? { code, message } : { code, message, section } };
  }
}
