/** What an address shows that leads nowhere. */
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Part } from '../parts/page';
import { categoryAddress } from '../route';

@customElement('shop-missing')
export class MissingPage extends Part {
  protected override render(): TemplateResult {
    document.title = this.say('missing.title');
    return html`<section class="notice">
      <h1>${this.say('missing.title')}</h1>
      <p>${this.say('missing.text')}</p>
      <a class="button" href=${categoryAddress([])}>${this.say('hero.enter')}</a>
    </section>`;
  }
}
