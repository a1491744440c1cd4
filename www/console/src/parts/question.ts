/** One question at a time that the merchant must answer before something that cannot be taken back. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { Part } from './part';

export interface Question {
  title: string;
  text: string;
  /** What the button that does it says. */
  action: string;
}

let ask: ((question: Question) => Promise<boolean>) | undefined;

/** Asks; `false` where the merchant would rather not. */
export const confirmed = (question: Question): Promise<boolean> => ask?.(question) ?? Promise.resolve(false);

@customElement('console-question')
export class QuestionDialog extends Part {
  @state() private question: Question | undefined;
  readonly #dialog = createRef<HTMLDialogElement>();
  #answer: (yes: boolean) => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    ask = async (question) => {
      this.question = question;
      await this.updateComplete;
      const dialog = this.#dialog.value;
      if (!dialog) return false;
      dialog.returnValue = '';
      dialog.showModal();
      return new Promise((resolve) => {
        this.#answer = resolve;
      });
    };
  }

  protected override render(): TemplateResult {
    const { question } = this;
    return html`<dialog
      ${ref(this.#dialog)}
      class="question"
      aria-labelledby="question-title"
      aria-describedby="question-text"
      @close=${() => this.#answer(this.#dialog.value?.returnValue === 'yes')}
    >
      ${
        question
          ? html`<h2 id="question-title">${question.title}</h2>
            <p id="question-text">${question.text}</p>
            <p class="actions">
              <button type="button" class="button secondary" autofocus @click=${() => this.#close('no')}>${this.say('cancel')}</button>
              <button type="button" class="button danger" @click=${() => this.#close('yes')}>${question.action}</button>
            </p>`
          : nothing
      }
    </dialog>`;
  }

  #close(answer: string): void {
    this.#dialog.value?.close(answer);
  }
}
