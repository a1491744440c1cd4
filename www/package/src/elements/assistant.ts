/** `<vitrine-assistant>`: a quiet button, and behind it a conversation with the shop. */
import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Assistant, turnName } from '../assistant/assistant.js';
import { after, type Entry, entryOf as newEntry, rest } from '../assistant/transcript.js';
import type { Card, Said, TurnPart } from '../assistant/types.js';
import { VitrineError } from '../error.js';
import type { Language } from '../types.js';
import { assistantStyles } from './assistant.styles.js';
import { type EntryActions, entryOf } from './assistant-entry.js';
import { type PanelKey, say } from './assistant-words.js';

/** Below this width of the window the panel takes all of it, and nothing behind it can be reached. */
const sheet = '(max-width: 40rem)';
const examples: PanelKey[] = ['example.find', 'example.policy', 'example.order'];

/** How a turn that has no end yet is doing. */
type Trouble = { is: 'cut' } | { is: 'lost' | 'busy' | 'refused'; said: Said; message: string; detail: string };

/**
 * Shows nothing where there is no `assistant`.
 *
 * Attributes: `language`, `en` or `zh`; `item`, the product whose page is open; `link`, an address with `{id}` in it, for
 * the products' pages. `assistant`, from `Assistant.open`, is a property only.
 *
 * @fires vitrine-select - `{ id }`: a card was chosen; `preventDefault()` keeps its link from being followed
 * @fires vitrine-try-on - `{ id }`: the shopper wants to see it on
 */
export class VitrineAssistant extends LitElement {
  static override readonly styles = assistantStyles;
  static override readonly properties: PropertyDeclarations = {
    assistant: { attribute: false },
    language: {},
    item: {},
    link: {},
    opened: { state: true },
    entries: { state: true },
    busy: { state: true },
    trouble: { state: true },
    notice: { state: true },
  };

  declare assistant: Pick<Assistant, 'say' | 'history' | 'erase' | 'begun'> | undefined;
  declare language: Language;
  declare item: string | undefined;
  declare link: string | undefined;

  declare protected opened: boolean;
  declare protected entries: Entry[];
  declare protected busy: boolean;
  declare protected trouble: Trouble | undefined;
  /** What a screen reader says beside the conversation itself. */
  declare protected notice: string;
  #running: AbortController | undefined;
  #restored = false;

  constructor() {
    super();
    this.language = 'en';
    this.opened = false;
    this.entries = [];
    this.busy = false;
    this.notice = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#running?.abort();
  }

  /** Opens the panel, and puts the cursor where the question goes. */
  async show(): Promise<void> {
    this.opened = true;
    await this.updateComplete;
    const dialog = this.#dialog;
    if (dialog && !dialog.open) {
      if (matchMedia(sheet).matches) dialog.showModal();
      else dialog.show();
    }
    this.#input?.focus();
    if (!this.#restored && this.assistant?.begun) void this.#run(this.assistant.history(this.#options()), undefined);
    this.#restored = true;
  }

  /** Closes it, and gives the focus back to the button. */
  async hide(): Promise<void> {
    this.#dialog?.close();
    this.opened = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.open')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('assistant')) return;
    this.#running?.abort();
    this.entries = [];
    this.trouble = undefined;
    this.busy = this.#restored = false;
  }

  protected override updated(changed: PropertyValues): void {
    const log = this.renderRoot.querySelector('.log');
    if (log && (changed.has('entries') || changed.has('busy') || changed.has('opened')))
      log.scrollTop = log.scrollHeight;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.assistant) return nothing;
    return html`
      <button
        type="button"
        class="open"
        part="open"
        aria-haspopup="dialog"
        aria-expanded=${this.opened}
        ?hidden=${this.opened}
        @click=${this.show}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 4h14v10H9l-4 3v-3H3z" /></svg>
        ${this.#say('open')}
      </button>
      ${this.opened ? this.#panel() : nothing}
    `;
  }

  #panel(): TemplateResult {
    return html`<dialog class="panel" part="panel" aria-labelledby="title" @keydown=${this.#keys} @cancel=${this.#cancel}>
      <div class="head">
        <h2 id="title">${this.#say('title')}</h2>
        <button type="button" class="close" part="close" aria-label=${this.#say('close')} @click=${this.hide}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 3.5l9 9m0-9l-9 9" /></svg>
        </button>
      </div>
      <div class="log" tabindex="0" role="log" aria-label=${this.#say('log')} aria-busy=${this.busy}>
        ${this.entries.length === 0 && !this.busy ? this.#welcome() : nothing}
        <ol role="list">
          ${repeat(
            this.entries,
            ({ key }) => key,
            (entry, place) =>
              entryOf(entry, place === this.entries.length - 1 && !this.busy, this.language, this.#actions),
          )}
        </ol>
        ${this.busy && !this.trouble ? html`<p class="thinking" aria-hidden="true"><i></i><i></i><i></i></p>` : nothing}
      </div>
      ${this.trouble ? this.#troubleLine(this.trouble) : nothing}
      <p class="hidden" role="status">${this.notice}</p>
      <form class="composer" part="composer" @submit=${this.#submit}>
        <label class="hidden" for="input">${this.#say('input')}</label>
        <textarea
          id="input"
          name="text"
          rows="1"
          maxlength="4000"
          placeholder=${this.#say('placeholder')}
          @keydown=${this.#enter}
          @input=${this.#grow}
        ></textarea>
        <button type="submit" class="send" ?disabled=${this.busy} aria-label=${this.#say('send')}>
          <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 16V4M5 9l5-5 5 5" /></svg>
        </button>
      </form>
      <div class="foot">
        <span>${this.#say('note')}</span>
        ${
          this.entries.length > 0
            ? html`<button type="button" class="erase" @click=${this.#erase}>${this.#say('erase')}</button>`
            : nothing
        }
      </div>
    </dialog>`;
  }

  #welcome(): TemplateResult {
    return html`<div class="welcome">
      <p>${this.#say('welcome')}</p>
      <ul class="choices" role="list" aria-label=${this.#say('choices')}>
        ${examples.map((key) => {
          const text = this.#say(key);
          return html`<li><button type="button" class="chip" @click=${() => this.#write(text)}>${text}</button></li>`;
        })}
      </ul>
    </div>`;
  }

  #troubleLine(trouble: Trouble): TemplateResult {
    return html`<p class="trouble" part="trouble" role="status">
      <span>${this.#say(trouble.is)}${trouble.is === 'refused' && trouble.detail ? html` <span lang="en">${trouble.detail}</span>` : nothing}</span>
      ${
        trouble.is === 'cut'
          ? nothing
          : html`<button type="button" class="plain" @click=${() => void this.#turn(trouble.said, trouble.message)}>${this.#say('retry')}</button>`
      }
    </p>`;
  }

  #say(key: PanelKey): string {
    return say(key, this.language);
  }

  #options() {
    this.#running?.abort();
    this.#running = new AbortController();
    return { language: this.language, signal: this.#running.signal };
  }

  #write(text: string): void {
    if (text.trim() === '' || this.busy) return;
    void this.#turn({ text, ...(this.item !== undefined && { product: this.item }) });
  }

  /** Says something; `again` is its name where it was said before and got no answer. */
  async #turn(said: Said, again?: string): Promise<void> {
    const { assistant } = this;
    if (!assistant || this.busy) return;
    if (again === undefined) this.entries = [...rest(this.entries), newEntry('text' in said ? said.text : undefined)];
    const message = again ?? turnName();
    await this.#run(assistant.say(said, { ...this.#options(), message }), { said, message });
    if (this.opened && !this.#focusIsInside) this.#input?.focus();
  }

  /** Takes up what comes; `asked` is the turn that it answers, which has its entry already. */
  async #run(
    parts: AsyncGenerator<TurnPart, void, undefined>,
    asked: { said: Said; message: string } | undefined,
  ): Promise<void> {
    const mine = this.#running;
    let reached = false;
    this.busy = true;
    this.trouble = undefined;
    this.notice = this.#say('thinking');
    try {
      for await (const part of parts) {
        if (this.#running !== mine) return;
        if (part.event === 'cut') {
          this.trouble = { is: 'cut' };
          continue;
        }
        this.trouble = undefined;
        this.notice = '';
        reached ||= part.event === 'turn' && part.data.message === asked?.message;
        if (!asked || reached) this.entries = after(this.entries, part, asked !== undefined);
        else this.entries = [...after(this.entries.slice(0, -1), part, false), ...this.entries.slice(-1)];
      }
    } catch (thrown) {
      if (this.#running !== mine) return;
      const code = thrown instanceof VitrineError ? thrown.code : 'network';
      const is = code === 'busy' || code === 'refused' ? code : 'lost';
      const detail = thrown instanceof Error ? thrown.message : '';
      this.trouble = asked && { is, ...asked, detail };
    } finally {
      if (this.#running === mine) {
        this.busy = false;
        if (!this.trouble) this.notice = '';
      }
    }
  }

  readonly #actions: EntryActions = {
    link: ({ id, link }) => this.link?.replace('{id}', encodeURIComponent(id)) ?? link,
    select: (event, { id }: Card) => {
      const detail = { id };
      const select = new CustomEvent('vitrine-select', { detail, bubbles: true, composed: true, cancelable: true });
      if (!this.dispatchEvent(select)) event.preventDefault();
      // A sheet would hide the page that was asked for.
      if (matchMedia(sheet).matches && !event.metaKey && !event.ctrlKey) void this.hide();
    },
    choose: (label) => this.#write(label),
    confirm: (token, yes) => {
      this.entries = this.entries.map((entry) =>
        entry.confirm?.token === token
          ? { ...entry, confirm: { ...entry.confirm, answered: yes ? 'yes' : 'no' } }
          : entry,
      );
      void this.#turn({ confirm: { token, yes } });
    },
    code: (event) => {
      event.preventDefault();
      const code = new FormData(event.target as HTMLFormElement).get('code');
      if (typeof code === 'string' && code !== '') void this.#turn({ code });
    },
    tryOn: (id) => {
      this.dispatchEvent(new CustomEvent('vitrine-try-on', { detail: { id }, bubbles: true, composed: true }));
    },
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = this.#input;
    if (!input || this.busy) return;
    this.#write(input.value);
    input.value = '';
    this.#size(input);
  };

  /** Enter sends, Shift and Enter begins a line; while a word is being composed, Enter belongs to the input method. */
  readonly #enter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };

  readonly #grow = (event: Event): void => this.#size(event.target as HTMLTextAreaElement);

  /** As many lines as there are, up to six. */
  #size(input: HTMLTextAreaElement): void {
    input.rows = Math.min(6, input.value.split('\n').length);
  }

  readonly #keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    void this.hide();
  };

  readonly #cancel = (event: Event): void => {
    event.preventDefault();
    void this.hide();
  };

  readonly #erase = async (): Promise<void> => {
    this.#running?.abort();
    this.#running = undefined;
    this.busy = false;
    try {
      await this.assistant?.erase();
      this.entries = [];
      this.trouble = undefined;
      this.notice = this.#say('erased');
    } catch {
      this.notice = this.#say('eraseFailed');
    }
    this.#input?.focus();
  };

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  /** A button that was pressed and is gone has taken the focus with it. */
  get #focusIsInside(): boolean {
    const { activeElement } = this.renderRoot as ShadowRoot;
    return activeElement !== null && activeElement.localName !== 'dialog';
  }
}
