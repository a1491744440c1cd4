/** Why the worker did not do what was asked. */

/** A refusal of the worker (RFC 9457), or `status` 0 where there was no answer. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    /** What was wrong, where, and what to do, in the worker's words. */
    readonly detail: string,
    /** The request's id, by which whoever runs the worker finds its log line. */
    readonly request?: string,
    readonly fields: readonly { pointer: string; detail: string }[] = [],
    /** Seconds after which to try again. */
    readonly retryAfter?: number,
  ) {
    super(detail);
  }

  /** What the worker says about a field of the request's body. */
  of(pointer: string): string | undefined {
    return this.fields.find((field) => field.pointer === pointer)?.detail;
  }
}

/** The problem in an answer, also where it is not one of the worker's own. */
export async function problemIn(response: Response): Promise<Problem> {
  const request = response.headers.get('x-request-id') ?? undefined;
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const body: unknown = await response.json().catch(() => undefined);
  const { detail, title, errors } = (body ?? {}) as Record<string, unknown>;
  const said = typeof detail === 'string' ? detail : typeof title === 'string' ? title : response.statusText;
  const fields = Array.isArray(errors) ? errors.filter(isField) : [];
  return new Problem(response.status, said, request, fields, Number.isFinite(after) ? after : undefined);
}

function isField(value: unknown): value is { pointer: string; detail: string } {
  const { pointer, detail } = (value ?? {}) as Record<string, unknown>;
  return typeof pointer === 'string' && typeof detail === 'string';
}

/** Whatever was thrown, as a problem. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem(0, thrown instanceof Error ? thrown.message : String(thrown));
}
