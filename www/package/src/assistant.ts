/** The shop's assistant: a conversation with its worker, and the element that shows it. Importing this registers the element. */
import { VitrineAssistant } from './elements/assistant.js';

export { Assistant, type AssistantOptions, type TurnOptions, turnName } from './assistant/assistant.js';
export type * from './assistant/types.js';
export { VitrineError } from './error.js';
export { VitrineAssistant };

if (typeof customElements !== 'undefined' && !customElements.get('vitrine-assistant')) {
  customElements.define('vitrine-assistant', VitrineAssistant);
}

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-assistant': VitrineAssistant;
  }
  interface HTMLElementEventMap {
    'vitrine-try-on': CustomEvent<{ id: string }>;
  }
}
