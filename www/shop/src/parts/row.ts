/** A row of suggestions: the package's element, told which shop it is for and where that shop's product pages are. */
import type { Scenario, Vitrine } from '@vitrine/storefront';
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { Part } from './page';

@customElement('shop-row')
export class Row extends Part {
  @property({ attribute: false }) vitrine!: Vitrine;
  @property() scenario: Scenario = 'home';
  @property() item?: string;
  @property({ attribute: false }) category?: string[];
  @property({ type: Number }) limit = 8;
  @property() label = '';

  protected override render(): TemplateResult {
    return html`<vitrine-recommendations
      .shop=${this.vitrine}
      scenario=${this.scenario}
      item=${ifDefined(this.item)}
      .category=${this.category}
      limit=${this.limit}
      link="/item/{id}"
      label=${this.label}
    ></vitrine-recommendations>`;
  }
}
