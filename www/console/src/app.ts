/** The frame of the console: head, foot, and the page that the address asks for, or the way in. */
import { choices, sayLook } from '@vitrine/look/choices';
import { Follow } from '@vitrine/look/follow';
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { consoleHead } from './parts/head';
import { Part } from './parts/part';
import { problemNotice } from './parts/problem';
import { preferences } from './preferences';
import { router } from './router';
import { session } from './state/current-session';
import type { SignedIn } from './state/session';
import './pages/access';
import './pages/add';
import './pages/audit';
import './pages/customers';
import './pages/dead-letters';
import './pages/device';
import './pages/devices';
import './pages/forecast';
import './pages/forecasts';
import './pages/sign-in';
import './pages/stock';
import './parts/question';

@customElement('console-app')
export class App extends Part {
  readonly follow = new Follow(this, session, router, preferences);

  protected override render(): TemplateResult {
    const { language } = preferences;
    this.language = language;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${sayLook(language, 'skip')}</a>
      ${consoleHead(session, router.route, language)}
      <main id="main" tabindex="-1">${this.#page()}</main>
      <footer class="foot">
        <div class="foot-words">
          <p>${this.say('foot.text')}</p>
          <nav aria-label=${this.say('foot.nav')}>
            <a href="/">${this.say('foot.shop')}</a>
            <a href="/openapi.json">${this.say('foot.api')}</a>
          </nav>
        </div>
        ${choices(preferences)}
      </footer>
      <console-question .language=${language}></console-question>
    `;
  }

  #page(): TemplateResult {
    const { state } = session;
    const { language } = this;
    if (state.is === 'in') return this.#signedIn(state);
    if (state.is === 'checking') {
      return html`<p class="opening" role="status"><span class="visually-hidden">${this.say('opening')}</span></p>`;
    }
    if (state.is === 'lost') {
      document.title = this.say('console');
      return html`<section class="notice">
        <h1>${this.say('lost.title')}</h1>
        ${problemNotice(state.problem, language, () => void session.resume())}
        <p class="actions"><button type="button" class="button secondary" @click=${() => session.signOut()}>${this.say('signOut')}</button></p>
      </section>`;
    }
    return html`<console-sign-in .language=${language} .state=${state}></console-sign-in>`;
  }

  #signedIn(signedIn: SignedIn): TemplateResult {
    const { route } = router;
    const { language } = this;
    switch (route.page) {
      case 'devices':
        return html`<console-devices .language=${language} .signedIn=${signedIn}></console-devices>`;
      case 'device':
        return html`<console-device .language=${language} .signedIn=${signedIn} .device=${route.id}></console-device>`;
      case 'add':
        return html`<console-add .language=${language} .signedIn=${signedIn}></console-add>`;
      case 'stock':
        return html`<console-stock .language=${language} .signedIn=${signedIn}></console-stock>`;
      case 'customers':
        return html`<console-customers .language=${language} .signedIn=${signedIn}></console-customers>`;
      case 'forecasts':
        return html`<console-forecasts .language=${language} .signedIn=${signedIn}></console-forecasts>`;
      case 'forecast':
        return html`<console-forecast .language=${language} .signedIn=${signedIn} .sku=${route.sku}></console-forecast>`;
      case 'dead-letters':
        return html`<console-dead-letters .language=${language} .signedIn=${signedIn}></console-dead-letters>`;
      case 'audit':
        return html`<console-audit .language=${language} .signedIn=${signedIn}></console-audit>`;
      case 'access':
        return html`<console-access .language=${language} .signedIn=${signedIn}></console-access>`;
      default:
        document.title = this.say('console');
        return html`<section class="notice">
          <h1>${this.say('missing.title')}</h1>
          <p>${this.say('missing.text')}</p>
          <p><a class="button" href="#/devices">${this.say('nav.devices')}</a></p>
        </section>`;
    }
  }

  /** What stands behind the `#` is the page's address. */
  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('main')?.focus();
  };
}
