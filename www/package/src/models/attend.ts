/** The other end of the worker host: opens the model, runs it, posts what it answers. */
import { asVitrineError, VitrineError } from '../error.js';
import { Desk } from './desk.js';
import { start } from './glue.js';
import type { FromWorker, ToWorker } from './host.js';

/** The part of a worker's global scope that is used. */
export interface Scope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** Answers every message that comes in, in order. */
export function attend(scope: Scope): void {
  let desk: Desk | undefined;
  let last: Promise<void> = Promise.resolve();

  async function answer(message: ToWorker): Promise<void> {
    const { number } = message;
    try {
      if ('module' in message) {
        desk = await Desk.open(await start(message.module), message.plan);
        scope.postMessage({ number, value: desk.about });
        return;
      }
      if (!desk) throw new VitrineError('closed', 'The model was not opened.');
      const value = desk.run(message.inputs);
      scope.postMessage(
        { number, value },
        value.map(({ buffer }) => buffer),
      );
    } catch (thrown) {
      const { code, message: text } = asVitrineError(thrown);
      scope.postMessage({ number, error: { code, message: text } });
    }
  }

  scope.addEventListener('message', ({ data }) => {
    last = last.then(() => answer(data));
  });
  scope.postMessage({ ready: true });
}
