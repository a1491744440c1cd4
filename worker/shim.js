/**
 * What workerd sees: the module's entry point and Durable Object classes, over the glue of the compiled worker.
 *
 * A panic in WebAssembly ends its instance. The next call then starts a new one, and an object is made again from what it
 * has stored; nothing but memory is lost.
 */
import { DurableObject, WorkerEntrypoint } from 'cloudflare:workers';
import * as glue from './vitrine_worker.js';

Error.stackTraceLimit = 100;

/** Shared with the `worker` crate, whose panic hook sets `criticalError`. */
const life = glue.__worker_init_state();

function note(error) {
  if (error instanceof WebAssembly.RuntimeError) {
    console.error('Critical', error);
    life.criticalError = true;
  }
}

function revive() {
  if (!life.criticalError) return;
  console.warn('The module is started again after a panic.');
  glue.__wbg_reset_state();
  life.criticalError = false;
  life.instanceId += 1;
}

addEventListener('error', ({ error }) => note(error));

/** Calls into the module. */
async function enter(call) {
  revive();
  try {
    return await call();
  } catch (error) {
    note(error);
    throw error;
  }
}

export default class extends WorkerEntrypoint {
  fetch(request) {
    return enter(() => glue.fetch(request, this.env, this.ctx));
  }

  queue(batch) {
    return enter(() => glue.queue(batch, this.env, this.ctx));
  }

  scheduled(event) {
    return enter(() => glue.scheduled(event, this.env, this.ctx));
  }
}

/** A class for workerd over a class of the module: one that survives the end of the module's instance. */
function durable(Inner) {
  class Outer extends DurableObject {
    #inner;
    #instance;

    /** The object of the module's present instance. */
    inner() {
      if (this.#instance !== life.instanceId) {
        this.#inner = new Inner(this.ctx, this.env);
        this.#instance = life.instanceId;
      }
      return this.#inner;
    }
  }
  for (const name of ['fetch', 'alarm', 'webSocketMessage', 'webSocketClose', 'webSocketError']) {
    if (!(name in Inner.prototype)) continue;
    Outer.prototype[name] = function (...words) {
      return enter(() => this.inner()[name](...words));
    };
  }
  return Outer;
}

export const DeviceObject = durable(glue.DeviceObject);
export const HubObject = durable(glue.HubObject);
export const ChatObject = durable(glue.ChatObject);
