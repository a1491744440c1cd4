/** "How fast is it here?": our networks on the visitor's own device, and the peers where they are asked for. */

import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { benchDesk } from '../bench/desk';
import { benchModels } from '../bench/models';
import { networkCard } from '../parts/network-card';
import { Part } from '../parts/page';

@customElement('shop-bench')
export class BenchPage extends Part {
  readonly follow = new Follow(this, benchDesk);

  protected override render(): TemplateResult {
    document.title = this.say('bench.title');
    return html`
      <header class="page-head">
        <h1>${this.say('bench.title')}</h1>
        <p class="lead">${this.say('bench.text')}</p>
      </header>
      ${benchDesk.simd instanceof Error ? html`<p class="failed" role="alert">${benchDesk.simd.message}</p>` : this.#bench(benchDesk.simd)}
    `;
  }

  #bench(simd: 'relaxed' | 'plain'): TemplateResult {
    const { busy, isDone } = benchDesk;
    return html`
      <div class="bench-start">
        <p class="actions">
          <button type="button" class="button" ?disabled=${busy} @click=${() => benchDesk.run()}>
            ${this.say(busy ? 'bench.running' : isDone ? 'bench.again' : 'bench.run')}
          </button>
        </p>
        <p class="quiet">${this.say(`bench.build.${simd}`)}</p>
        <p class="visually-hidden" role="status">${busy ? this.say('bench.running') : isDone ? this.say('bench.done') : nothing}</p>
      </div>
      <div class="networks">
        <ol>
          ${benchModels.map((model) => networkCard(model, this.language))}
        </ol>
        ${isDone || benchDesk.peers !== 'not asked' ? this.#peers() : nothing}
      </div>
    `;
  }

  #peers(): TemplateResult {
    return html`<section class="bench-peers" aria-labelledby="peers">
      <h2 id="peers">${this.say('bench.peers')}</h2>
      <p>${this.say('bench.peers.text')}</p>
      ${
        benchDesk.peers === 'absent'
          ? html`<div class="failed" role="alert">
              <p>${this.say('bench.peers.absent')}</p>
              <p><code>npm run bench -- models</code><br /><code>npm run build</code></p>
            </div>`
          : html`<p class="actions">
              <button type="button" class="button secondary" ?disabled=${benchDesk.busy} @click=${() => benchDesk.runPeers()}>
                ${this.say(benchDesk.busy ? 'bench.running' : benchDesk.peers === 'there' ? 'bench.again' : 'bench.peers.fetch')}
              </button>
            </p>`
      }
    </section>`;
  }
}
