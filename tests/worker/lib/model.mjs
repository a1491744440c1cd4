/** A server that speaks OpenAI's chat completions as they are on the wire, and misbehaves on demand. */
import { createServer } from 'node:http';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A chunk as OpenAI streams it. */
const chunk = (delta, more = {}) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_764_000_000,
    model: 'stub',
    choices: [{ index: 0, delta, finish_reason: null }],
    ...more,
  })}\n\n`;

/**
 * Starts one. `behave(call, request)` says for each call, counted from 1, what happens:
 * `{ text }` is streamed in pieces; `cut: true` ends the connection half way; `stall: true` never ends; `status` refuses,
 * with `headers`; `raw` is sent as it is in place of events; `usage` is what was counted.
 */
export async function openModel(behave) {
  const calls = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const call = { path: request.url, headers: request.headers, body: JSON.parse(body), ended: false };
    calls.push(call);
    response.on('close', () => {
      call.ended = true;
    });
    const how = await behave(calls.length, call.body);
    if (how.never) return;
    if (how.status) {
      response.writeHead(how.status, { 'content-type': 'application/json', ...how.headers });
      response.end(JSON.stringify({ error: { message: 'refused', type: 'error', code: how.status } }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (how.raw !== undefined) {
      response.end(how.raw);
      return;
    }
    response.write(chunk({ role: 'assistant', content: '' }));
    const pieces = how.text.match(/[\s\S]{1,9}/g) ?? [];
    for (const [place, content] of pieces.entries()) {
      if (place >= pieces.length / 2 && how.cut) {
        response.destroy();
        return;
      }
      if (place >= pieces.length / 2 && how.stall) return;
      // Lines are cut wherever the network likes.
      const wire = chunk({ content });
      response.write(wire.slice(0, 11));
      await pause(2);
      response.write(wire.slice(11));
    }
    response.write(chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    const usage = how.usage ?? { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
    response.write(chunk({}, { choices: [], usage }));
    response.end('data: [DONE]\n\n');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}
