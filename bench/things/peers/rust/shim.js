/** What workerd sees of the bare worker in Rust. */
import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers';
import * as glue from './bare_worker.js';

glue.__worker_init_state();

export default class extends WorkerEntrypoint {
  fetch(request) {
    return glue.fetch(request, this.env, this.ctx);
  }
}

export class DeviceObject extends DurableObject {
  #inner = new glue.DeviceObject(this.ctx, this.env);

  fetch(request) {
    return this.#inner.fetch(request);
  }
}
