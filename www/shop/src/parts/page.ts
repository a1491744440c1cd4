/** What every page of the shop is: an element in the light, so that one set of styles holds for all of them. */
import { LightElement } from '@vitrine/look/light-element';
import { property } from 'lit/decorators.js';
import type { OpenShop } from '../shop/store';
import { type Key, say, sayCount } from '../words';

/** A part of the shop. */
export class Part extends LightElement {
  /** A text of the shop in the language of the page. */
  protected say = (key: Key, values?: Record<string, string | number>) => say(this.language, key, values);
  protected sayCount: (stem: Parameters<typeof sayCount>[1], count: number) => string = (stem, count) =>
    sayCount(this.language, stem, count);
}

/** A page of an open shop. */
export class Page extends Part {
  @property({ attribute: false }) shop!: OpenShop;
  /** Changes with every event of the session. */
  @property({ attribute: false }) session = 0;

  /** Puts the page's name into the window's title. */
  protected nameWindow(name: string): void {
    const shop = this.shop.own?.name ?? this.say('house');
    document.title = name && name !== shop ? `${name} · ${shop}` : shop;
  }
}
