/** Who may do what: access tokens of people and systems, and the publishable keys of shops. */
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Page } from '../parts/part';
import '../parts/storefront-keys';
import '../parts/tokens';

@customElement('console-access')
export class AccessPage extends Page {
  protected override render(): TemplateResult {
    this.nameWindow(this.say('nav.access'));
    return html`
      <header class="page-head"><h1>${this.say('nav.access')}</h1></header>
      <div class="access">
        <console-tokens .language=${this.language} .signedIn=${this.signedIn}></console-tokens>
        <console-storefront-keys .language=${this.language} .signedIn=${this.signedIn}></console-storefront-keys>
      </div>
    `;
  }
}
