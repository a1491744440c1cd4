/** Keeps the keyboard where it was while cards are moved, and finds the nearest sensible place where its card is gone. */
import type { LitElement } from 'lit';

/** Roles of what can have the focus in a card, as `data-role`. */
export type Role = 'link' | 'why' | 'close' | 'remove';

/** Watches over the focus inside one element. */
export class FocusKeeper {
  #had: { id: string | undefined; role: string | undefined } | undefined;

  constructor(private readonly element: LitElement) {}

  /** Call before cards move. */
  remember(): void {
    const focused = this.#focused;
    const id = focused?.closest<HTMLElement>('.card')?.dataset.id;
    this.#had = focused ? { id, role: focused.dataset.role } : undefined;
  }

  /** Call after: moving a card in the document takes the focus away from it. */
  restore(): void {
    const had = this.#had;
    this.#had = undefined;
    if (!had || this.#focused) return;
    const { id, role } = had;
    const roles = role === 'remove' ? ['close', 'why'] : [role ?? 'link', 'link'];
    const place = roles.map((role) => this.#find(id, role)).find((found) => found !== null);
    (place ?? this.element.renderRoot.querySelector<HTMLElement>('.list'))?.focus({ preventScroll: true });
  }

  /** Moves the focus to a part of a card. */
  move(id: string, role: Role): void {
    this.#find(id, role)?.focus({ preventScroll: true });
  }

  get #focused(): HTMLElement | null {
    const { activeElement } = this.element.renderRoot as ShadowRoot;
    return activeElement instanceof HTMLElement ? activeElement : null;
  }

  #find(id: string | undefined, role: string): HTMLElement | null {
    if (id === undefined) return null;
    return this.element.renderRoot.querySelector<HTMLElement>(
      `.card[data-id="${CSS.escape(id)}"] [data-role="${role}"]`,
    );
  }
}
