/** Something secret that is shown this once: to copy, with the words that say so. */
import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part } from './part';

@customElement('console-secret')
export class Secret extends Part {
  /** What it is, as a heading. */
  @property() heading = '';
  @property({ attribute: false }) secret = '';
  /** What becomes of it. */
  @property() note = '';
  @state() private copied: 'yes' | 'no' | undefined;

  protected override render(): TemplateResult {
    const { copied } = this;
    return html`<section class="secret" aria-label=${this.heading}>
      <h3>${this.heading}</h3>
      <p>${this.note}</p>
      <div class="secret-line">
        <code tabindex="0">${this.secret}</code>
        <button type="button" class="button small" @click=${() => this.#copy()}>${this.say('copy')}</button>
      </div>
      <p class="told" role="status">${copied === 'yes' ? this.say('copied') : copied === 'no' ? this.say('copy.failed') : ''}</p>
    </section>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.secret);
      this.copied = 'yes';
    } catch {
      // Browsers refuse where the page is not served securely: the merchant can copy it by hand.
      const code = this.querySelector('code');
      if (code) getSelection()?.selectAllChildren(code);
      this.copied = 'no';
    }
  }
}
