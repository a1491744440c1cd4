/** A moment, told by how long ago it was, with the exact time at hand. */
import type { Language } from '@vitrine/storefront';
import { html, type TemplateResult } from 'lit';
import { clock } from '../state/clock';
import { ago, moment } from '../words';

/** Follow the clock where you use it. */
export function since(language: Language, at: string): TemplateResult {
  return html`<time datetime=${at} title=${moment(language, at)}>${ago(language, at, clock.now)}</time>`;
}
