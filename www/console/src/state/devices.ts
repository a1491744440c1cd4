/** The shop's devices. */
import type { Frame } from '@vitrine/storefront/live';
import { part } from '../api/client';
import type { Device } from '../api/types';
import { Listing } from './listing';

export class Devices extends Listing<Device> {
  protected readonly path = 'devices';
  readonly #asked = new Set<string>();
  /** What was told before the list came, the latest of each device. */
  readonly #early = new Map<string, Frame>();

  protected keyOf({ id }: Device): string {
    return id;
  }

  protected override arrived(): void {
    const early = [...this.#early.values()];
    this.#early.clear();
    for (const frame of early) {
      const device = this.take(frame);
      if (device) this.entries.set(device.id, device);
    }
  }

  protected take(frame: Frame): Device | undefined {
    const { topic, body } = frame;
    if (topic !== 'device' || typeof body.id !== 'string') return undefined;
    const known = this.entries.get(body.id);
    // What changes often is told; the rest comes with the list, or is asked for where the device is new here.
    if (!known && this.loaded) void this.ask(body.id);
    if (!known && !this.loaded) this.#early.set(body.id, frame);
    return known && typeof body.version === 'number' && body.version >= known.version
      ? { ...known, ...(body as Partial<Device>) }
      : undefined;
  }

  /** Asks for one device; where that fails, the next look at the list has it. */
  async ask(id: string): Promise<void> {
    const { api } = this;
    if (!api || this.#asked.has(id)) return;
    this.#asked.add(id);
    try {
      const device = await api.get<Device>(`devices/${part(id)}`);
      if (this.api === api) this.set(device);
    } catch {
      // Whoever shows the device asks for it as well, and says what is wrong.
    } finally {
      this.#asked.delete(id);
    }
  }

  get all(): Device[] {
    return [...this.entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Sites where there is a device, in order. */
  get sites(): string[] {
    return [...new Set(this.all.map(({ site }) => site))].sort();
  }
}

export const devices = new Devices();
