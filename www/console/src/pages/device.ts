/** One device: how it is, what it measured, what it is to do, and its keys. */
import { Follow } from '@vitrine/look/follow';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { part } from '../api/client';
import { asProblem, type Problem } from '../api/problem';
import type { Device } from '../api/types';
import { deviceFacts } from '../parts/device-facts';
import { Page } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { confirmed } from '../parts/question';
import { refusalList } from '../parts/refusals';
import { stateMark } from '../parts/state-mark';
import { since } from '../parts/time';
import { clock } from '../state/clock';
import { session } from '../state/current-session';
import { OneDevice } from '../state/one-device';
import '../parts/edit-device';
import '../parts/keys';
import '../parts/readings';
import '../parts/twin';

@customElement('console-device')
export class DevicePage extends Page {
  @property() device = '';
  @state() private one: OneDevice | undefined;
  @state() private problem: Problem | undefined;
  readonly follow = new Follow(this, clock);

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.one?.close();
    this.one = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('device') || changed.has('signedIn')) this.#open();
  }

  protected override render(): TemplateResult {
    const { one } = this;
    const device = one?.device;
    const back = html`<nav class="breadcrumbs" aria-label=${this.say('breadcrumbs')}><a href="#/devices">${this.say('nav.devices')}</a></nav>`;
    this.nameWindow(device?.name ?? this.device);
    if (!device) {
      return html`<header class="page-head">${back}<h1>${this.device}</h1></header>
        ${one?.problem ? problemNotice(one.problem, this.language, () => void one.load()) : html`<p class="quiet" role="status">${this.say('loading')}</p>`}`;
    }
    const changed = () => void one.load();
    return html`
      <header class="page-head">
        ${back}
        <h1>${device.name ?? device.id}</h1>
        <p class="device-line">
          ${stateMark(device.state, this.language)}
          <span>${this.sayOf('kind', device.kind)}</span>
          <span>${device.site}</span>
          <span class="quiet">${device.lastSeenAt ? html`${this.say('device.seen')} ${since(this.language, device.lastSeenAt)}` : this.say('device.waiting')}</span>
        </p>
        ${(device.alarms ?? []).map((alarm) => html`<p class="alarm-line">${this.sayOf('alarm', alarm.kind)} <span class="quiet">${since(this.language, alarm.since)}</span></p>`)}
      </header>
      ${problemNotice(one.problem, this.language, changed)}
      <div class="device-page">
        <div>
        <console-readings .language=${this.language} .signedIn=${this.signedIn} .device=${device}></console-readings>
        <console-twin .language=${this.language} .signedIn=${this.signedIn} .device=${device} @changed=${changed}></console-twin>
        <console-keys .language=${this.language} .signedIn=${this.signedIn} .device=${device} @changed=${changed}></console-keys>
        ${session.may('operator') && !device.revokedAt ? this.#revocation(device, changed) : nothing}
        </div>
        <div>${deviceFacts(device, this.language)}
          ${session.may('operator') && !device.revokedAt ? html`<console-edit-device .language=${this.language} .signedIn=${this.signedIn} .device=${device} @changed=${changed}></console-edit-device>` : nothing}
          ${refusalList(device.refusals, this.language)}</div>
      </div>
    `;
  }

  #revocation({ id }: Device, changed: () => void): TemplateResult {
    return html`<section class="block" aria-labelledby="revoke-title">
      <div class="block-head"><h2 id="revoke-title">${this.say('revoke')}</h2></div>
      <p class="quiet">${this.say('revoke.text')}</p>
      ${problemNotice(this.problem, this.language)}
      <p class="actions"><button type="button" class="button small danger" @click=${() => this.#revoke(id, changed)}>${this.say('revoke.one', { id })}</button></p>
    </section>`;
  }

  async #revoke(id: string, changed: () => void): Promise<void> {
    const yes = await confirmed({
      title: this.say('revoke.title', { id }),
      text: this.say('revoke.sure'),
      action: this.say('revoke'),
    });
    if (!yes) return;
    try {
      await this.signedIn.api.patch(`devices/${part(id)}`, { revoked: true });
      this.problem = undefined;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    changed();
  }

  #open(): void {
    this.one?.close();
    this.problem = undefined;
    const one = new OneDevice(this.signedIn, this.device);
    one.addEventListener('change', () => this.requestUpdate());
    this.one = one;
  }
}
