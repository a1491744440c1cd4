/** What the suggestions go by: everything done in this session, newest first, each thing removable. */

import { Load } from '@vitrine/look/load';
import type { Interaction, Product } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { nameOf } from '../words';
import { Page } from './page';
import { picture } from './picture';

interface Step {
  event: Interaction;
  product: Product;
}

/** Steps shown; the privacy page shows all. */
const mostSteps = 6;

@customElement('shop-trail')
export class Trail extends Page {
  /** Whether the browser did not let the shop delete the last thing that was to be forgotten. */
  @state() private refused = false;
  readonly #steps = new Load<Step[]>(this);

  protected override render(): TemplateResult {
    const { vitrine } = this.shop;
    const steps = this.#steps.from([vitrine, this.session], () => this.#load()) ?? [];
    const refused = this.refused ? html`<p role="alert">${this.say('trail.refused')}</p>` : nothing;
    if (steps.length === 0) return html`<p class="trail empty">${this.say('trail.empty')}</p>${refused}`;
    return html`<ul class="trail" aria-label=${this.say('trail.title')}>
      ${repeat(
        steps.slice(0, mostSteps),
        ({ event }) => event.id,
        (step) => this.#step(step),
      )}
      ${
        steps.length > mostSteps
          ? html`<li><a class="more" href="/privacy">${this.sayCount('trail.more', steps.length - mostSteps)}</a></li>`
          : nothing
      }
    </ul>${refused}`;
  }

  async #forget({ id }: Interaction): Promise<void> {
    this.refused = await this.shop.vitrine.remove(id).then(
      () => false,
      () => true,
    );
  }

  async #load(): Promise<Step[]> {
    const { vitrine } = this.shop;
    const events = [...(await vitrine.events())].reverse();
    const steps = await Promise.all(
      events.map(async (event) => ({ event, product: await vitrine.product(event.item) })),
    );
    return steps.filter((step): step is Step => step.product !== undefined);
  }

  #step({ event, product }: Step): TemplateResult {
    const title = nameOf(product.title, this.language);
    return html`<li class="step">
      ${picture(product.pictures[0], title, this.language, 'thumbnail', { silent: true })}
      <span>${this.say(`trail.${event.kind}`, { title })}</span>
      <button
        type="button"
        class="remove"
        aria-label=${this.say('trail.remove', { title })}
        title=${this.say('trail.remove', { title })}
        @click=${() => this.#forget(event)}
      >
        ×
      </button>
    </li>`;
  }
}
