/** Who is signed in: the token, what it may do, and the connection that tells what changes. */
import { Live, type LiveState } from '@vitrine/storefront/live';
import { Api } from '../api/client';
import { asProblem, Problem } from '../api/problem';
import type { Me, Role } from '../api/types';
import { TokenKeeper } from './token-keeper';

const ranks: readonly Role[] = ['viewer', 'operator', 'owner'];

export interface SignedIn {
  is: 'in';
  api: Api;
  me: Me;
  live: Live;
}

/** `lost` is a token that was kept, but the worker could not be asked about it. */
export type SessionState =
  | { is: 'out'; problem?: Problem; ended?: boolean }
  | { is: 'checking' }
  | { is: 'lost'; problem: Problem }
  | SignedIn;

/** The session as an event source: `change` fires when somebody signs in or out, or the connection changes. */
export class Session extends EventTarget {
  state: SessionState = { is: 'checking' };
  /** How the connection is, while somebody is signed in. */
  connection: LiveState = 'idle';
  #stop: () => void = () => {};

  constructor(private readonly keeper = new TokenKeeper()) {
    super();
  }

  /** Takes up a session that was kept. */
  async resume(): Promise<void> {
    const token = this.keeper.token;
    if (!token) {
      this.#show({ is: 'out' });
      return;
    }
    this.#show({ is: 'checking' });
    try {
      await this.#enter(token);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.status === 401) this.#end();
      else this.#show({ is: 'lost', problem });
    }
  }

  /** Signs in; says whether it worked. `keep` keeps the token in this browser after the tab is closed. */
  async signIn(token: string, keep: boolean): Promise<boolean> {
    this.#show({ is: 'checking' });
    try {
      if (!/^vat_[\w-]{43}$/.test(token)) throw new Problem(401, '');
      await this.#enter(token);
      this.keeper.keep(token, keep);
      return true;
    } catch (thrown) {
      this.#show({ is: 'out', problem: asProblem(thrown) });
      return false;
    }
  }

  signOut(): void {
    this.keeper.forget();
    this.#leave();
    this.#show({ is: 'out' });
  }

  /** Whether the token may do what takes this role. */
  may(role: Role): boolean {
    return this.state.is === 'in' && ranks.indexOf(this.state.me.role) >= ranks.indexOf(role);
  }

  async #enter(token: string): Promise<void> {
    this.#leave();
    const me = await new Api(token).get<Me>('me');
    const api = new Api(token, () => this.#end());
    const live = Live.open({ worker: '/', key: token });
    this.#stop = live.subscribe((event) => {
      if (event.what !== 'state') return;
      this.connection = event.state;
      if (event.state === 'refused') this.#end();
      this.dispatchEvent(new Event('change'));
    });
    this.#show({ is: 'in', api, me, live });
  }

  /** The token no longer holds. */
  #end(): void {
    if (this.state.is === 'out') return;
    this.keeper.forget();
    this.#leave();
    this.#show({ is: 'out', ended: true });
  }

  #leave(): void {
    this.#stop();
    this.#stop = () => {};
    if (this.state.is === 'in') this.state.live.close();
    this.connection = 'idle';
  }

  #show(state: SessionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
