/** One device, kept up while its page is open: what is told is taken up at once, the rest is asked for a little later. */
import type { LiveEvent } from '@vitrine/storefront/live';
import { part } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Device } from '../api/types';
import type { SignedIn } from './session';

/** Milliseconds between something being told and all being asked for: the database follows by a second or two. */
const later = 2_500;

/** The device as an event source: `change` fires whenever it is another. */
export class OneDevice extends EventTarget {
  device: Device | undefined;
  problem: Problem | undefined;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(
    private readonly signedIn: SignedIn,
    readonly id: string,
  ) {
    super();
    this.#stop = signedIn.live.subscribe((event) => this.#hear(event));
    void this.load();
  }

  close(): void {
    this.#over = true;
    this.#stop();
    clearTimeout(this.#timer);
  }

  async load(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      const device = await this.signedIn.api.get<Device>(`devices/${part(this.id)}`);
      if (this.#over) return;
      // What was told in the meantime may be newer than the answer.
      this.device = this.device && this.device.version > device.version ? { ...device, ...newer(this.device) } : device;
      this.problem = undefined;
    } catch (thrown) {
      if (this.#over) return;
      this.problem = asProblem(thrown);
    }
    this.dispatchEvent(new Event('change'));
  }

  /** Takes the answer to a change. */
  take(device: Device): void {
    this.device = device;
    this.dispatchEvent(new Event('change'));
  }

  #hear(event: LiveEvent): void {
    if (event.what === 'reset') void this.load();
    if (event.what !== 'frame' || event.frame.topic !== 'device') return;
    const body = event.frame.body as Partial<Device>;
    if (body.id !== this.id || !this.device || (body.version ?? 0) < this.device.version) return;
    this.device = { ...this.device, ...body };
    this.dispatchEvent(new Event('change'));
    this.#timer ??= setTimeout(() => void this.load(), later);
  }
}

/** What the connection tells of a device. */
function newer({ state, alarms, lastSeenAt, counts, pending, last, stock, version }: Device): Partial<Device> {
  return { state, counts, pending, last, stock, version, ...(alarms && { alarms }), ...(lastSeenAt && { lastSeenAt }) };
}
