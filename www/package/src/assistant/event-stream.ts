/** Reading Server-Sent Events from the body of a response, by the rules of the HTML standard. */

/** One event; `id` is the last one that was given. */
export interface ServerSent {
  id: string;
  event: string;
  data: string;
}

/** The events of a body, as they come; an event that was begun and not ended is none. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSent, void, undefined> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  let id = '';
  let event = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        const line = rest.slice(0, end).replace(/\r$/, '');
        rest = rest.slice(end + 1);
        if (line === '') {
          if (data.length > 0) yield { id, event: event || 'message', data: data.join('\n') };
          event = '';
          data = [];
          continue;
        }
        const [, name, content = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
        if (name === 'data') data.push(content);
        else if (name === 'event') event = content;
        else if (name === 'id') id = content;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
