/** The JSON merge patch (RFC 7396) that makes one object of another. */
import type { Json, JsonObject } from '../api/types';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What must be sent so that `before` becomes `after`. Members that are gone become `null`. */
export function mergePatch(before: JsonObject, after: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const was = Object.hasOwn(before, key) ? before[key] : undefined;
    if (isObject(value) && isObject(was)) {
      const inner = mergePatch(was, value);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(was)) {
      patch[key] = value;
    }
  }
  return patch;
}

/** Where a text holds a member that is `null`, which a merge patch cannot write; `undefined` where there is none. */
export function nullIn(object: JsonObject, path = ''): string | undefined {
  for (const [key, value] of Object.entries(object)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (value === null) return here;
    const inner = isObject(value) ? nullIn(value, here) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
