/** Messages that could not be worked off: why, what they say, to be sent again or discarded. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { part } from '../api/client';
import type { DeadLetter } from '../api/types';
import { Listed } from '../parts/listed';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { confirmed } from '../parts/question';
import { since } from '../parts/time';
import { clock } from '../state/clock';

@customElement('console-dead-letters')
export class DeadLettersPage extends Page {
  readonly follow = new Follow(this, clock);
  readonly #list = new Listed<DeadLetter>(this, 'dead-letters');
  @state() private told: 'replayed' | 'discarded' | undefined;

  protected override render(): TemplateResult {
    const { items, loaded, problem, more } = this.#list;
    this.nameWindow(this.say('nav.dead-letters'));
    return html`
      <header class="page-head">
        <h1>${this.say('nav.dead-letters')}</h1>
        <p class="lead">${this.say('dead.text')}</p>
      </header>
      ${problemNotice(problem, this.language, () => void this.#list.load())}
      <p class="told" role="status">${this.told ? this.say(`dead.${this.told}`) : ''}</p>
      ${!loaded && !problem ? html`<p class="quiet" role="status">${this.say('loading')}</p>` : nothing}
      ${loaded && items.length === 0 ? html`<p class="empty">${this.say('dead.none')}</p>` : nothing}
      <ul class="letters">
        ${repeat(
          items,
          ({ id }) => id,
          (letter) => this.#letter(letter),
        )}
      </ul>
      ${more ? html`<p><button type="button" class="button secondary small" @click=${() => void this.#list.loadMore()}>${this.say('more')}</button></p>` : nothing}
    `;
  }

  #letter(letter: DeadLetter): TemplateResult {
    const { id, at, attempts, reason, body } = letter;
    const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
    return html`<li class="letter">
      <div>
        <p lang="en">${reason}</p>
        <p class="quiet">${since(this.language, at)} · ${this.sayCount('attempts', attempts)} · <code>${id}</code></p>
        <details>
          <summary>${this.say('dead.body')}</summary>
          <pre class="code" tabindex="0">${text}</pre>
        </details>
      </div>
      <p class="actions">
        <button type="button" class="button small" @click=${() => this.#replay(letter)}>${this.say('dead.replay')}</button>
        <button type="button" class="button small secondary" @click=${() => this.#discard(letter)}>${this.say('dead.discard')}</button>
      </p>
    </li>`;
  }

  async #replay({ id }: DeadLetter): Promise<void> {
    this.told = undefined;
    const worked = await this.#list.change(() => this.signedIn.api.post(`dead-letters/${part(id)}/replay`));
    if (worked) this.told = 'replayed';
  }

  async #discard({ id }: DeadLetter): Promise<void> {
    this.told = undefined;
    const yes = await confirmed({
      title: this.say('dead.discard.title'),
      text: this.say('dead.discard.text'),
      action: this.say('dead.discard'),
    });
    if (yes && (await this.#list.change(() => this.signedIn.api.delete(`dead-letters/${part(id)}`)))) {
      this.told = 'discarded';
    }
  }
}
