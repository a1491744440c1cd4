/** A new device: registered now, its secret shown once; or a token with which it registers itself. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { asProblem, type Problem } from '../api/problem';
import type { Device, Kind, NewDevice, NewKey } from '../api/types';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { deviceAddress } from '../route';
import { devices } from '../state/devices';
import { deviceOf, kinds, numbersOf, type Wrong } from '../state/new-device';
import type { Key } from '../words';
import '../parts/secret';

type Way = 'now' | 'itself';
type Made =
  | { way: 'now'; device: Device; key: NewKey }
  | { way: 'itself'; id: string; token: string; expiresAt: string };

@customElement('console-add')
export class AddPage extends Page {
  @state() private kind: Kind = 'scale';
  @state() private way: Way = 'now';
  @state() private algorithm = 'v1';
  @state() private wrong: Wrong[] = [];
  @state() private problem: Problem | undefined;
  @state() private made: Made | undefined;
  @state() private busy = false;
  readonly follow = new Follow(this, devices);
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = devices.follow(this.signedIn); // for the sites that there are
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override render(): TemplateResult {
    this.nameWindow(this.say('add.title'));
    return html`
      <header class="page-head">
        <nav class="breadcrumbs" aria-label=${this.say('breadcrumbs')}><a href="#/devices">${this.say('nav.devices')}</a></nav>
        <h1>${this.say('add.title')}</h1>
      </header>
      ${this.made ? this.#done(this.made) : this.#form()}
    `;
  }

  #form(): TemplateResult {
    const { kind, way } = this;
    return html`<form class="form add" novalidate @submit=${this.#submit}>
      <fieldset class="ways">
        <legend>${this.say('add.way')}</legend>
        ${(['now', 'itself'] as const).map(
          (each) =>
            html`<label class="check">
              <input type="radio" name="way" value=${each} .checked=${each === way} @change=${() => (this.way = each)} />
              <span>${this.say(`add.${each}`)} <span class="quiet">${this.say(`add.${each}.hint`)}</span></span>
            </label>`,
        )}
      </fieldset>
      <div class="two">
        <p class="field">
          <label for="kind">${this.say('device.kind')}</label>
          <select id="kind" name="kind" @change=${(event: Event) => (this.kind = (event.target as HTMLSelectElement).value as Kind)}>
            ${kinds.map((each) => html`<option value=${each} ?selected=${each === kind}>${this.sayOf('kind', each)}</option>`)}
          </select>
          <span class="hint">${this.say(`kind.${kind}.what`)}</span>
        </p>
        ${this.#text('id', 'device.id', 'hint.id')}
        ${this.#text('site', 'device.site', 'hint.site', 'sites')}
        <datalist id="sites">${devices.sites.map((site) => html`<option value=${site}></option>`)}</datalist>
        ${this.#text('name', 'device.name', 'hint.name')}
      </div>
      ${this.#ofKind(kind)}
      <details class="more-fields">
        <summary>${this.say('add.more')}</summary>
        <div class="two">
          <p class="field">
            <label for="ordering">${this.say('device.ordering')}</label>
            <select id="ordering" name="ordering">
              <option value="sequence">${this.say('ordering.sequence')}</option>
              <option value="time">${this.say('ordering.time')}</option>
            </select>
            <span class="hint">${this.say('hint.ordering')}</span>
          </p>
          ${way === 'now' ? this.#key() : nothing}
        </div>
      </details>
      ${problemNotice(this.problem, this.language)}
      <p><button class="button" type="submit" ?disabled=${this.busy}>${this.say(way === 'now' ? 'add.submit' : 'add.submit.token')}</button></p>
    </form>`;
  }

  #ofKind(kind: Kind): TemplateResult | typeof nothing {
    const numbers = numbersOf[kind] ?? [];
    if (kind !== 'rfid' && numbers.length === 0) return nothing;
    return html`<div class="two">
      ${kind === 'scale' ? this.#text('sku', 'device.sku', 'hint.sku') : nothing}
      ${numbers.map(({ name }) => this.#text(name, `config.${name}`, `hint.${name}` as Key))}
      ${
        kind === 'rfid'
          ? this.#field(
              'tags',
              'config.tags',
              'hint.tags',
              (described, invalid) =>
                html`<textarea id="tags" name="tags" class="code" rows="4" aria-describedby=${described} aria-invalid=${invalid} spellcheck="false"></textarea>`,
            )
          : nothing
      }
    </div>`;
  }

  #key(): TemplateResult {
    return html`<p class="field">
        <label for="algorithm">${this.say('key.algorithm')}</label>
        <select id="algorithm" name="algorithm" @change=${(event: Event) => (this.algorithm = (event.target as HTMLSelectElement).value)}>
          <option value="v1">${this.say('algorithm.v1')}</option>
          <option value="v1a">${this.say('algorithm.v1a')}</option>
        </select>
      </p>
      ${this.algorithm === 'v1a' ? this.#text('publicKey', 'key.public', 'hint.publicKey') : nothing}`;
  }

  #text(name: string, label: Key, hint: Key, list?: string): TemplateResult {
    return this.#field(
      name,
      label,
      hint,
      (described, invalid) =>
        html`<input id=${name} name=${name} aria-describedby=${described} aria-invalid=${invalid} list=${list ?? nothing} autocomplete="off" autocapitalize="off" spellcheck="false" />`,
    );
  }

  #field(
    name: string,
    label: Key,
    hint: Key,
    control: (described: string, invalid: string) => TemplateResult,
  ): TemplateResult {
    const why = this.wrong.find(({ field }) => field === name)?.why;
    const said = why ? this.say(why) : this.problem?.of(`/${name}`);
    return html`<p class="field">
      <label for=${name}>${this.say(label)}</label>
      ${control(`${name}-hint`, said ? 'true' : 'false')}
      <span class=${said ? 'hint wrong' : 'hint'} id="${name}-hint">${said ?? this.say(hint)}</span>
    </p>`;
  }

  #done(made: Made): TemplateResult {
    const id = made.way === 'now' ? made.device.id : made.id;
    const address = new URL(`/v1/devices/${made.way === 'now' ? `${id}/events` : ''}`, location.href).href.replace(
      /\/$/,
      '',
    );
    return html`<section class="done">
      <p class="lead" role="status">${this.say(made.way === 'now' ? 'add.done' : 'add.done.token', { id })}</p>
      ${
        made.way === 'now'
          ? made.key.secret
            ? html`<console-secret .language=${this.language} .heading=${this.say('key.secret', { key: made.key.id })} .secret=${made.key.secret} .note=${this.say('secret.once')}></console-secret>`
            : html`<p>${this.say('key.added', { key: made.key.id })}</p>`
          : html`<console-secret .language=${this.language} .heading=${this.say('add.token')} .secret=${made.token} .note=${this.say('add.token.note', { until: this.moment(made.expiresAt) })}></console-secret>`
      }
      <dl class="facts">
        <div><dt>${this.say(made.way === 'now' ? 'add.address' : 'add.address.token')}</dt><dd><code>POST ${address}</code></dd></div>
      </dl>
      <p class="actions">
        ${made.way === 'now' ? html`<a class="button" href=${deviceAddress(id)}>${this.say('add.open', { id })}</a>` : nothing}
        <button type="button" class="button secondary" @click=${() => (this.made = undefined)}>${this.say('add.another')}</button>
      </p>
    </section>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.busy) return;
    const form = event.currentTarget as HTMLFormElement;
    const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const found = deviceOf(fields);
    this.problem = undefined;
    this.wrong = 'wrong' in found ? found.wrong : [];
    if ('wrong' in found) {
      await this.updateComplete;
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    this.busy = true;
    try {
      this.made = await this.#make(found.device);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  };

  async #make(device: NewDevice): Promise<Made> {
    const { api } = this.signedIn;
    if (this.way === 'now') {
      const made = await api.post<{ device: Device; key: NewKey }>('devices', device);
      devices.set(made.device);
      return { way: 'now', ...made };
    }
    const { key: _, ...rest } = device; // the device brings its own
    const { token, expiresAt } = await api.post<{ token: string; expiresAt: string }>('enrolments', rest);
    return { way: 'itself', id: device.id, token, expiresAt };
  }
}
