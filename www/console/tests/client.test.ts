/** The client says what the worker said: answers, refusals with their reasons, whole lists, and silence. */
import { afterEach, expect, test, vi } from 'vitest';
import { Api } from '../src/api/client';
import { Problem } from '../src/api/problem';

afterEach(() => void vi.unstubAllGlobals());

function worker(answer: (url: string, how: RequestInit) => Response | Promise<Response>) {
  const asked: { url: string; how: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, how: RequestInit) => {
    asked.push({ url, how });
    return answer(url, how);
  });
  return asked;
}

async function refusal(promise: Promise<unknown>): Promise<Problem> {
  const thrown = await promise.catch((problem: unknown) => problem);
  expect(thrown).toBeInstanceOf(Problem);
  return thrown as Problem;
}

test('the token travels in a header only, and bodies as JSON', async () => {
  const asked = worker(() => Response.json({ ok: true }));
  await new Api('vat_secret').patch('devices/a/twin', { a: 1 }, { 'if-match': '"3"' });
  expect(asked[0]?.url).toBe('/v1/devices/a/twin');
  expect(asked[0]?.how).toMatchObject({
    method: 'PATCH',
    body: '{"a":1}',
    credentials: 'omit',
    headers: { authorization: 'Bearer vat_secret', 'content-type': 'application/json', 'if-match': '"3"' },
  });
});

test('a list is asked for page by page until its end', async () => {
  const pages: Record<string, object> = { '': { items: [1, 2], next: 'a b' }, 'a b': { items: [3] } };
  const asked = worker((url) => Response.json(pages[new URL(url, 'https://x').searchParams.get('cursor') ?? '']));
  expect(await new Api('t').all('devices?site=x')).toEqual({ items: [1, 2, 3], whole: true });
  expect(asked[1]?.url).toBe('/v1/devices?site=x&limit=200&cursor=a%20b');
});

test('a list without end is cut, and says so', async () => {
  worker(() => Response.json({ items: [1], next: 'more' }));
  const { items, whole } = await new Api('t').all('audit');
  expect([items.length, whole]).toEqual([25, false]);
});

test('a refusal keeps the worker’s reason, the fields, the request and when to come back', async () => {
  const body = {
    type: '/problems/too-many-requests',
    title: 'Too many',
    status: 429,
    detail: 'Wait.',
    errors: [{ pointer: '/id', detail: 'Taken.' }, 7],
  };
  worker(() => Response.json(body, { status: 429, headers: { 'x-request-id': 'req_1', 'retry-after': '12' } }));
  const problem = await refusal(new Api('t').post('devices', {}));
  expect(problem).toMatchObject({ status: 429, detail: 'Wait.', request: 'req_1', retryAfter: 12 });
  expect(problem.of('/id')).toBe('Taken.');
  expect(problem.of('/site')).toBeUndefined();
});

test('a token that no longer holds is told at once', async () => {
  worker(() => Response.json({ detail: 'no' }, { status: 401 }));
  const ended = vi.fn();
  await refusal(new Api('t', ended).get('devices'));
  expect(ended).toHaveBeenCalledOnce();
});

test('an answer that is not the worker’s is a problem, not an exception of its own', async () => {
  worker(() => new Response('<!doctype html>', { status: 200 }));
  expect((await refusal(new Api('t').get('me'))).status).toBe(0);
  worker(() => new Response('bad gateway', { status: 502, statusText: 'Bad Gateway' }));
  expect(await refusal(new Api('t').get('me'))).toMatchObject({ status: 502, detail: 'Bad Gateway' });
  worker(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await refusal(new Api('t').get('me'))).toMatchObject({ status: 0, detail: 'Failed to fetch' });
});

test('an empty answer is nothing', async () => {
  worker(() => new Response(null, { status: 204 }));
  expect(await new Api('t').delete('tokens/a')).toBeUndefined();
});
