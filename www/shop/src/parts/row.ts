/** A row of suggestions: the package's element, told which shop it is for, its selections followed as links. */
import type { Scenario, Vitrine } from '@vitrine/storefront';
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { productAddress } from '../route';
import { router } from '../router';
import { Part } from './page';

@customElement('shop-row')
export class Row extends Part {
  @property({ attribute: false }) vitrine!: Vitrine;
  @property() scenario: Scenario = 'home';
  @property() item?: string;
  @property({ type: Number }) limit = 8;

  protected override render(): TemplateResult {
    return html`<vitrine-recommendations
      .shop=${this.vitrine}
      scenario=${this.scenario}
      item=${ifDefined(this.item)}
      limit=${this.limit}
      @vitrine-select=${(event: CustomEvent<{ id: string }>) => {
        event.preventDefault();
        router.go(productAddress(event.detail.id));
      }}
    ></vitrine-recommendations>`;
  }
}
