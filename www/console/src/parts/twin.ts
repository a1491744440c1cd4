/** What is wanted of a device, to be edited, beside what it last reported. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { part } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Device, JsonObject, Twin } from '../api/types';
import { session } from '../state/current-session';
import { mergePatch, nullIn } from '../state/merge-patch';
import { Page } from './part';
import { problemNotice } from './problem';

const written = (object: JsonObject) => JSON.stringify(object, null, 2);

@customElement('console-twin')
export class TwinEditor extends Page {
  @property({ attribute: false }) device!: Device;
  /** What the merchant is writing, and the twin that it began from. */
  @state() private draft: { text: string; from: Twin } | undefined;
  /** What is wrong with the text. */
  @state() private wrong: string | undefined;
  @state() private problem: Problem | undefined;
  @state() private saved = false;
  @state() private saving = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('device');
    if (before && before.id !== this.device.id) this.#drop();
  }

  protected override render(): TemplateResult {
    const { twin } = this.device;
    const may = session.may('operator') && !this.device.revokedAt;
    const text = this.draft?.text ?? written(twin.desired);
    const applied = twin.reportedVersion >= twin.desiredVersion;
    const conflict = this.draft !== undefined && this.draft.from.desiredVersion !== twin.desiredVersion;
    return html`<section class="block" aria-labelledby="twin-title">
      <div class="block-head">
        <h2 id="twin-title">${this.say('twin')}</h2>
        <p class="quiet">
          ${twin.desiredVersion === 0 ? this.say('twin.never') : applied ? this.say('twin.applied') : this.say('twin.waits')}
        </p>
      </div>
      <div class="twin">
        <form class="form" @submit=${this.#save}>
          <p class="field">
            <label for="desired">${this.say('twin.desired')} <span class="quiet">${this.say('version', { version: twin.desiredVersion })}</span></label>
            <textarea
              id="desired"
              class="code"
              rows=${Math.min(16, Math.max(4, text.split('\n').length + 1))}
              spellcheck="false"
              autocapitalize="off"
              ?readonly=${!may}
              aria-describedby="desired-hint"
              aria-invalid=${this.wrong ? 'true' : 'false'}
              .value=${text}
              @input=${this.#write}
            ></textarea>
            <span class="hint" id="desired-hint">${this.wrong ?? this.say(may ? 'twin.hint' : 'twin.readOnly')}</span>
          </p>
          ${conflict ? this.#conflict(twin) : problemNotice(this.problem, this.language)}
          ${
            may
              ? html`<p class="actions">
                <button class="button small" type="submit" ?disabled=${!this.draft || this.saving}>
                  ${conflict ? this.say('twin.over', { version: twin.desiredVersion }) : this.say('save')}
                </button>
                ${this.draft ? html`<button class="button small secondary" type="button" @click=${() => this.#drop()}>${this.say(conflict ? 'twin.theirs' : 'discard')}</button>` : nothing}
              </p>`
              : nothing
          }
          <p class="told" role="status">${this.saved ? this.say('twin.saved') : ''}</p>
        </form>
        <div class="field">
          <h3>${this.say('twin.reported')} <span class="quiet">${this.say('version', { version: twin.reportedVersion })}</span></h3>
          <pre class="code" tabindex="0" role="region" aria-label=${this.say('twin.reported')}>${Object.keys(twin.reported).length > 0 ? written(twin.reported) : this.say('twin.reported.none')}</pre>
        </div>
      </div>
    </section>`;
  }

  #conflict(twin: Twin): TemplateResult {
    return html`<div class="failed" role="alert">
      <p>${this.say('twin.conflict', { version: twin.desiredVersion })}</p>
      <pre class="code" tabindex="0" aria-label=${this.say('version', { version: twin.desiredVersion })}>${written(twin.desired)}</pre>
    </div>`;
  }

  readonly #write = (event: Event): void => {
    const { value } = event.target as HTMLTextAreaElement;
    this.draft = { text: value, from: this.draft?.from ?? this.device.twin };
    this.saved = false;
    if (this.wrong) this.wrong = this.#read(value).wrong;
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { draft, device } = this;
    if (!draft || this.saving) return;
    const { wanted, wrong } = this.#read(draft.text);
    this.wrong = wrong;
    if (!wanted) return;
    // The merchant has seen the present version, if there was a newer one: it is shown above the button.
    const { desired, desiredVersion } = device.twin;
    this.saving = true;
    try {
      const patch = mergePatch(desired, wanted);
      const headers = { 'if-match': `"${desiredVersion}"` };
      await this.signedIn.api.patch(`devices/${part(device.id)}/twin`, patch, headers);
      this.#drop();
      this.saved = true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.saving = false;
    }
    this.dispatchEvent(new CustomEvent('changed'));
  };

  #read(text: string): { wanted?: JsonObject; wrong?: string } {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (thrown) {
      return { wrong: this.say('twin.notJson', { why: thrown instanceof Error ? thrown.message : String(thrown) }) };
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { wrong: this.say('twin.notObject') };
    const wanted = value as JsonObject;
    const empty = nullIn(wanted);
    return empty === undefined ? { wanted } : { wrong: this.say('twin.null', { field: empty }) };
  }

  #drop(): void {
    this.draft = this.wrong = this.problem = undefined;
    this.saved = false;
  }
}
