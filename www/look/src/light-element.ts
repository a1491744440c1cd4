/** An element without a shadow root, so that one set of styles holds for the whole page. */
import type { Language } from '@vitrine/storefront';
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';

/** Knows the language that it is shown in. */
export class LightElement extends LitElement {
  @property({ attribute: false }) language: Language = 'en';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
