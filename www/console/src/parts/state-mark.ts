/** How a device is: a mark and a word, so that it does not take colours to tell. */
import type { Language } from '@vitrine/storefront';
import { html, type TemplateResult } from 'lit';
import type { DeviceState } from '../api/types';
import { sayOf } from '../words';

export function stateMark(state: DeviceState, language: Language): TemplateResult {
  return html`<span class="state" data-state=${state}><span class="state-mark" aria-hidden="true"></span>${sayOf(language, 'state', state)}</span>`;
}
