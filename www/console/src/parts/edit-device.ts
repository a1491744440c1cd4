/** Changes what a device is called, where it is, and how its readings are read; a scale's tare from what it shows now. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { part } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Config, Device } from '../api/types';
import { deviceOf, type Fields, numbersOf, type Wrong } from '../state/new-device';
import { type Key, number } from '../words';
import { Page } from './part';
import { problemNotice } from './problem';

@customElement('console-edit-device')
export class EditDevice extends Page {
  @property({ attribute: false }) device!: Device;
  @state() private open = false;
  @state() private wrong: Wrong[] = [];
  @state() private problem: Problem | undefined;
  @state() private busy = false;

  protected override render(): TemplateResult {
    if (!this.open) {
      return html`<p><button type="button" class="button small secondary" @click=${() => (this.open = true)}>${this.say('edit')}</button></p>`;
    }
    const { kind, name, site, sku, config } = this.device;
    const tags = Object.entries(config.tags ?? {}).map((pair) => pair.join(' '));
    return html`<form class="form edit" novalidate @submit=${this.#save}>
      ${this.#field('name', this.say('device.name'), name ?? '')} ${this.#field('site', this.say('device.site'), site)}
      ${kind === 'scale' ? this.#field('sku', this.say('device.sku'), sku ?? '') : nothing}
      ${(numbersOf[kind] ?? []).map(({ name }) => this.#field(name, this.say(`config.${name}`), String(config[name] ?? ''), this.say(`hint.${name}` as Key)))}
      ${kind === 'scale' ? this.#tare() : nothing}
      ${kind === 'rfid' ? this.#tags(tags) : nothing}
      ${problemNotice(this.problem, this.language)}
      <p class="actions">
        <button type="submit" class="button small" ?disabled=${this.busy}>${this.say('save')}</button>
        <button type="button" class="button small secondary" @click=${() => this.#close()}>${this.say('cancel')}</button>
      </p>
    </form>`;
  }

  #field(name: string, label: string, value: string, hint = ''): TemplateResult {
    const why = this.#why(name);
    return html`<p class="field">
      <label for="edit-${name}">${label}</label>
      <input id="edit-${name}" name=${name} value=${value} aria-invalid=${why ? 'true' : 'false'} aria-describedby="edit-${name}-hint" autocomplete="off" spellcheck="false" />
      <span class="hint" id="edit-${name}-hint">${why ?? hint}</span>
    </p>`;
  }

  #tags(lines: readonly string[]): TemplateResult {
    const why = this.#why('tags');
    return html`<p class="field">
      <label for="edit-tags">${this.say('config.tags')}</label>
      <textarea id="edit-tags" name="tags" class="code" rows="5" spellcheck="false" aria-invalid=${why ? 'true' : 'false'} aria-describedby="edit-tags-hint" .defaultValue=${lines.join('\n')}></textarea>
      <span class="hint" id="edit-tags-hint">${why ?? this.say('hint.tags')}</span>
    </p>`;
  }

  /** Empty the scale, wait until it has spoken, and take what it shows. */
  #tare(): TemplateResult | typeof nothing {
    const shown = this.device.last['scale.grams']?.value;
    if (shown === undefined) return nothing;
    return html`<p>
      <button type="button" class="link" @click=${() => this.#take(shown)}>${this.say('edit.tare', { grams: number(this.language, shown, 1) })}</button>
      <span class="hint">${this.say('edit.tare.hint')}</span>
    </p>`;
  }

  #take(grams: number): void {
    const field = this.querySelector<HTMLInputElement>('#edit-tareGrams');
    if (field) field.value = String(Math.max(0, grams));
  }

  #why(name: string): string | undefined {
    const why = this.wrong.find(({ field }) => field === name)?.why;
    return why ? this.say(why) : this.problem?.of(`/${name}`);
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const form = event.currentTarget as HTMLFormElement;
    const { id, kind, config } = this.device;
    const fields: Fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const found = deviceOf({ ...fields, id, kind });
    this.problem = undefined;
    this.wrong = 'wrong' in found ? found.wrong : [];
    if ('wrong' in found) {
      await this.updateComplete;
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    const { name, site, sku } = found.device;
    const change = {
      name: name ?? null,
      site,
      ...(sku && { sku }),
      config: { ...besides(config, kind), ...found.device.config },
    };
    this.busy = true;
    try {
      await this.signedIn.api.patch(`devices/${part(id)}`, change);
      this.#close();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
    this.dispatchEvent(new CustomEvent('changed'));
  };

  #close(): void {
    this.open = false;
    this.wrong = [];
    this.problem = undefined;
  }
}

/** What of a configuration the form does not show, and must not lose: the worker replaces the whole. */
function besides(config: Config, kind: Device['kind']): Config {
  const shown = new Set<string>([...(numbersOf[kind] ?? []).map(({ name }) => name), 'tags']);
  return Object.fromEntries(Object.entries(config).filter(([name]) => !shown.has(name)));
}
