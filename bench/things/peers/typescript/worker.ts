/** A bare worker in TypeScript: it writes the row that an event becomes to the device's object, and nothing else. */
import { DurableObject } from 'cloudflare:workers';
import table from '../table.sql';

interface Env {
  DEVICES: DurableObjectNamespace<DeviceObject>;
}

interface CloudEvent {
  id: string;
  source: string;
  sequence: string;
  time: string;
}

export class DeviceObject extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.storage.sql.exec(table);
  }

  override async fetch(request: Request): Promise<Response> {
    const body = await request.text();
    const event = JSON.parse(body) as CloudEvent;
    this.ctx.storage.sql.exec(
      'INSERT INTO events(source, id, epoch, sequence, time, received, body, late, pending) VALUES (?, ?, 0, ?, ?, ?, ?, 0, 0)',
      event.source,
      event.id,
      Number(event.sequence),
      Date.parse(event.time),
      Date.now(),
      body,
    );
    return Response.json({ results: [{ id: event.id, status: 'accepted' }] });
  }
}

export default {
  fetch(request, env): Promise<Response> | Response {
    const device = /^\/v1\/devices\/([^/]+)\/events$/.exec(new URL(request.url).pathname)?.[1];
    return device ? env.DEVICES.getByName(device).fetch(request) : new Response('ok');
  },
} satisfies ExportedHandler<Env>;
