/** Moves cards from where they were to where they are now (first, last, invert, play), without shifting any layout. */

const duration = 420;
const easing = 'cubic-bezier(0.2, 0, 0, 1)';

/** Remembers where cards are before an update, by the product they show. */
export class Flip {
  #before = new Map<string, DOMRect>();

  /** Call before the update. Cards still on their way count where they are seen. */
  measure(cards: Iterable<HTMLElement>): void {
    this.#before = new Map([...cards].map((card) => [card.dataset.id ?? '', card.getBoundingClientRect()]));
  }

  /** Call after it. Cards that were there slide, new ones fade in; nothing moves where the shopper wants calm. */
  play(cards: Iterable<HTMLElement>): void {
    const before = this.#before;
    this.#before = new Map();
    if (before.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const card of cards) {
      for (const running of card.getAnimations()) running.cancel();
    }
    for (const card of cards) {
      const from = before.get(card.dataset.id ?? '');
      if (!from) {
        card.animate({ opacity: [0, 1] }, { duration, easing });
        continue;
      }
      const to = card.getBoundingClientRect();
      const [x, y] = [from.left - to.left, from.top - to.top];
      if (x !== 0 || y !== 0) card.animate({ transform: [`translate(${x}px, ${y}px)`, 'none'] }, { duration, easing });
    }
  }
}
