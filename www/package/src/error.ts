/** The one kind of error that this package throws. */

/** Says what was wrong, where, and what to do; `code` is for programs, `section` names the damaged part of a pack. */
export class VitrineError extends Error {
  override readonly name = 'VitrineError';

  constructor(
    /** Stable between versions, such as `pack-hash`, `request` or `wasm`. */
    readonly code: string,
    message: string,
    /** The section of the pack at fault, if it is one. */
    readonly section?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What is thrown by anything that is asked of a shop after `close`. */
export function closedError(): VitrineError {
  return new VitrineError('closed', 'The shop was closed. Open it again with `Vitrine.open`.');
}

/** Turns whatever was thrown into a {@link VitrineError}, keeping the code that the engine gave it. */
export function asVitrineError(thrown: unknown): VitrineError {
  if (thrown instanceof VitrineError) return thrown;
  if (thrown instanceof WebAssembly.RuntimeError) {
    return new VitrineError('internal', `The engine stopped (${thrown.message}). Reload the page.`, undefined, {
      cause: thrown,
    });
  }
  if (!(thrown instanceof Error)) return new VitrineError('unknown', String(thrown));
  const { code, section } = thrown as { code?: unknown; section?: unknown };
  return new VitrineError(
    typeof code === 'string' ? code : 'unknown',
    thrown.message,
    typeof section === 'string' ? section : undefined,
    { cause: thrown },
  );
}
