/** A part of the console. */
import { LightElement } from '@vitrine/look/light-element';
import { property } from 'lit/decorators.js';
import { clock } from '../state/clock';
import type { SignedIn } from '../state/session';
import { ago, type Key, moment, say, sayCount, sayOf } from '../words';

export class Part extends LightElement {
  protected say = (key: Key, values?: Record<string, string | number>) => say(this.language, key, values);
  protected sayOf = (family: string, name: string) => sayOf(this.language, family, name);
  protected sayCount: (stem: Parameters<typeof sayCount>[1], count: number) => string = (stem, count) =>
    sayCount(this.language, stem, count);
  protected ago = (at: string | number) => ago(this.language, at, clock.now);
  protected moment = (at: string | number) => moment(this.language, at);
}

/** A page for somebody who is signed in. */
export class Page extends Part {
  @property({ attribute: false }) signedIn!: SignedIn;

  /** Puts the page's name into the window's title. */
  protected nameWindow(name: string): void {
    document.title = `${name} · ${this.say('console')}`;
  }
}
