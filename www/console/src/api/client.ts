/** Asks the worker, with the merchant's token. */
import { asProblem, problemIn } from './problem';
import type { Page } from './types';

/** Entries asked for at once, and pages fetched at most of a list that is shown whole. */
const pageSize = 200;
const mostPages = 25;
const patience = 20_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Every function rejects with a `Problem`. */
export class Api {
  /** `refused` is called when the token turns out not to hold. */
  constructor(
    readonly token: string,
    private readonly refused: () => void = () => {},
  ) {}

  get<T>(path: string): Promise<T> {
    return this.ask('GET', path);
  }

  post<T = void>(path: string, body?: unknown): Promise<T> {
    return this.ask('POST', path, body);
  }

  put<T = void>(path: string, body: unknown): Promise<T> {
    return this.ask('PUT', path, body);
  }

  patch<T = void>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.ask('PATCH', path, body, headers);
  }

  delete(path: string): Promise<void> {
    return this.ask('DELETE', path);
  }

  /** A whole list; `whole` is false where it is longer than is sensible to show. */
  async all<T>(path: string): Promise<{ items: T[]; whole: boolean }> {
    const items: T[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await this.get<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}limit=${pageSize}${from}`);
      items.push(...answer.items);
      cursor = answer.next;
      if (cursor === undefined) return { items, whole: true };
    }
    return { items, whole: false };
  }

  private async ask<T>(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    let response: Response;
    try {
      response = await fetch(`/v1/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(patience),
      });
    } catch (thrown) {
      throw asProblem(thrown);
    }
    if (!response.ok) {
      if (response.status === 401) this.refused();
      throw await problemIn(response);
    }
    const text = await response.text().catch((thrown: unknown) => Promise.reject(asProblem(thrown)));
    try {
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch {
      // Something between here and the worker answers in its place.
      throw asProblem(new Error('The answer is not JSON.'));
    }
  }
}

/** A part of a path. */
export const part = encodeURIComponent;
