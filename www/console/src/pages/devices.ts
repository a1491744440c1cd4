/** All devices: how they are, where, when they were last heard, and what they said. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Device, DeviceState } from '../api/types';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { stateMark } from '../parts/state-mark';
import { since } from '../parts/time';
import { addressOf, deviceAddress } from '../route';
import { clock } from '../state/clock';
import { session } from '../state/current-session';
import { devices } from '../state/devices';
import { lastWords } from '../state/metrics';

/** Those that need a person come first. */
const states: readonly DeviceState[] = ['alarm', 'silent', 'waiting', 'live', 'revoked'];

@customElement('console-devices')
export class DevicesPage extends Page {
  readonly follow = new Follow(this, devices, clock);
  @state() private site = '';
  @state() private only: DeviceState | '' = '';
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = devices.follow(this.signedIn);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override render(): TemplateResult {
    this.nameWindow(this.say('nav.devices'));
    const all = devices.all;
    const add = addressOf({ page: 'add' });
    return html`
      <header class="page-head with-tools">
        <h1>${this.say('nav.devices')}</h1>
        ${session.may('operator') && all.length > 0 ? html`<a class="button small" href=${add}>${this.say('add.title')}</a>` : nothing}
      </header>
      ${problemNotice(devices.problem, this.language, () => void devices.load())}
      ${!devices.loaded ? this.#loading() : all.length === 0 ? this.#none(add) : this.#list(all)}
    `;
  }

  #loading(): TemplateResult | typeof nothing {
    return devices.problem ? nothing : html`<p class="quiet" role="status">${this.say('loading')}</p>`;
  }

  #none(add: string): TemplateResult {
    return html`<div class="empty">
      <p>${this.say('devices.none')}</p>
      ${session.may('operator') ? html`<p><a class="button" href=${add}>${this.say('add.title')}</a></p>` : nothing}
    </div>`;
  }

  #list(all: Device[]): TemplateResult {
    const counts = new Map(states.map((name) => [name, all.filter((device) => device.state === name).length]));
    const shown = all
      .filter(
        ({ site, state }) => (this.site === '' || site === this.site) && (this.only === '' || state === this.only),
      )
      .sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state));
    return html`
      <div class="tools">
        <div class="chips" role="group" aria-label=${this.say('devices.byState')}>
          ${states
            .filter((name) => counts.get(name))
            .map(
              (name) =>
                html`<button
                  type="button"
                  class="chip"
                  aria-pressed=${this.only === name}
                  @click=${() => {
                    this.only = this.only === name ? '' : name;
                  }}
                >
                  ${stateMark(name, this.language)} <span class="quiet">${counts.get(name)}</span>
                </button>`,
            )}
        </div>
        ${devices.sites.length > 1 ? this.#sites() : nothing}
      </div>
      <table class="list devices">
        <caption class="visually-hidden">${this.sayCount('devices.shown', shown.length)}</caption>
        <thead>
          <tr>
            <th scope="col">${this.say('device')}</th>
            <th scope="col">${this.say('device.state')}</th>
            <th scope="col">${this.say('device.site')}</th>
            <th scope="col">${this.say('device.last')}</th>
            <th scope="col" class="number">${this.say('device.seen')}</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            shown,
            ({ id }) => id,
            (device) => this.#row(device),
          )}
        </tbody>
      </table>
      ${shown.length === 0 ? html`<p class="empty">${this.say('filter.none')}</p>` : nothing}
      ${devices.whole ? nothing : html`<p class="quiet">${this.sayCount('list.cut', all.length)}</p>`}
    `;
  }

  #row(device: Device): TemplateResult {
    const { id, name, kind, site, state, lastSeenAt } = device;
    return html`<tr>
      <th scope="row">
        <a href=${deviceAddress(id)}>${name ?? id}</a>
        <span class="under quiet">${this.sayOf('kind', kind)}${name ? html` · <code>${id}</code>` : nothing}</span>
      </th>
      <td>${stateMark(state, this.language)}</td>
      <td data-label=${this.say('device.site')}>${site}</td>
      <td class="reading">${lastWords(this.language, device) || '–'}</td>
      <td class="number quiet">${lastSeenAt ? since(this.language, lastSeenAt) : this.say('never')}</td>
    </tr>`;
  }

  #sites(): TemplateResult {
    return html`<label class="sort">
      <span class="visually-hidden">${this.say('device.site')}</span>
      <select
        @change=${(event: Event) => {
          this.site = (event.target as HTMLSelectElement).value;
        }}
      >
        <option value="">${this.say('site.all')}</option>
        ${devices.sites.map((site) => html`<option value=${site} ?selected=${site === this.site}>${site}</option>`)}
      </select>
    </label>`;
  }
}
