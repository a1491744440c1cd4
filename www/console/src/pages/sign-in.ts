/** The way in: an access token. */
import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Part } from '../parts/part';
import { problemNotice } from '../parts/problem';
import { focusHeading } from '../router';
import { session } from '../state/current-session';
import type { SessionState } from '../state/session';

@customElement('console-sign-in')
export class SignIn extends Part {
  @property({ attribute: false }) state!: Extract<SessionState, { is: 'out' }>;

  protected override render(): TemplateResult {
    const { problem, ended } = this.state;
    document.title = `${this.say('signIn.title')} · ${this.say('console')}`;
    return html`<section class="sign-in">
      <h1>${this.say('signIn.title')}</h1>
      <p class="lead">${this.say('signIn.text')}</p>
      ${ended ? html`<p class="failed" role="alert">${this.say('signIn.ended')}</p>` : problemNotice(problem, this.language)}
      <form class="form" @submit=${this.#submit}>
        <p class="field">
          <label for="token">${this.say('signIn.token')}</label>
          <input
            id="token"
            name="token"
            type="password"
            required
            autocomplete="current-password"
            spellcheck="false"
            aria-describedby="token-hint"
          />
          <span class="hint" id="token-hint">${this.say('signIn.token.hint')}</span>
        </p>
        <label class="check">
          <input type="checkbox" name="keep" />
          <span>${this.say('signIn.keep')} <span class="quiet">${this.say('signIn.keep.hint')}</span></span>
        </label>
        <p><button class="button" type="submit">${this.say('signIn.enter')}</button></p>
      </form>
    </section>`;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    void session.signIn(String(form.get('token') ?? '').trim(), form.has('keep')).then((worked) => {
      if (worked) focusHeading();
    });
  };
}
