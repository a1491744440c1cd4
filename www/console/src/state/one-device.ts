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
  /** What was told last. */
  #told: Partial<Device> | undefined;
  #over = false;

  constructor(
    private readonly signedIn: SignedIn,
    readonly id: string,
  ) {
    super();
    void this.load();
    this.#stop = signedIn.live.subscribe((event) => this.#hear(event));
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
      // What was told a moment ago may be newer than the answer.
      this.device = (this.#told?.version ?? 0) > device.version ? { ...device, ...this.#told } : device;
      this.problem = undefined;
    } catch (thrown) {
      if (this.#over) return;
      this.problem = asProblem(thrown);
    }
    this.dispatchEvent(new Event('change'));
  }

  #hear(event: LiveEvent): void {
    if (event.what === 'reset') void this.load();
    if (event.what !== 'frame' || event.frame.topic !== 'device') return;
    const body = event.frame.body as Partial<Device>;
    if (body.id !== this.id || (body.version ?? 0) < (this.device?.version ?? this.#told?.version ?? 0)) return;
    this.#told = body;
    if (this.device) {
      this.device = { ...this.device, ...body };
      this.dispatchEvent(new Event('change'));
    }
    this.#timer ??= setTimeout(() => void this.load(), later);
  }
}
