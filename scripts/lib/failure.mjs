/** A failure that a person can do something about: shown as its message, without a stack. */

export class Failure extends Error {
  /**
   * @param {string} message what went wrong
   * @param {string} [advice] what to do about it
   */
  constructor(message, advice) {
    super(advice ? `${message}\n  ${advice.replaceAll('\n', '\n  ')}` : message);
    this.name = 'Failure';
  }
}

/** Runs a script's main function; a failure ends the process with 1 and its message. */
export async function main(action) {
  try {
    await action();
  } catch (error) {
    console.error(`\n✗ ${error instanceof Failure ? error.message : (error?.stack ?? error)}`);
    process.exitCode = 1;
  }
}
