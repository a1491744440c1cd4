/** A list that is asked for page by page, and anew after each change. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { asProblem, type Problem } from '../api/problem';
import type { Page } from '../api/types';
import type { SignedIn } from '../state/session';

export class Listed<T> implements ReactiveController {
  items: T[] = [];
  loaded = false;
  problem: Problem | undefined;
  /** Whether there is more to ask for. */
  more = false;
  #cursor: string | undefined;
  #round = 0;

  constructor(
    private readonly host: ReactiveControllerHost & { signedIn: SignedIn },
    private readonly path: string,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    void this.load();
  }

  /** The first page, anew. */
  async load(): Promise<void> {
    this.#cursor = undefined;
    await this.#ask(true);
  }

  async loadMore(): Promise<void> {
    await this.#ask(false);
  }

  /** Does something to the list; says whether it worked, and asks anew either way. */
  async change(act: () => Promise<unknown>): Promise<boolean> {
    let problem: Problem | undefined;
    try {
      await act();
    } catch (thrown) {
      problem = asProblem(thrown);
    }
    await this.load();
    this.problem = problem ?? this.problem;
    this.host.requestUpdate();
    return problem === undefined;
  }

  async #ask(anew: boolean): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    try {
      const from = this.#cursor === undefined ? '' : `&cursor=${encodeURIComponent(this.#cursor)}`;
      const page = await this.host.signedIn.api.get<Page<T>>(`${this.path}?limit=100${from}`);
      if (round !== this.#round) return;
      this.items = anew ? page.items : [...this.items, ...page.items];
      this.#cursor = page.next;
      this.more = page.next !== undefined;
      this.loaded = true;
      this.problem = undefined;
    } catch (thrown) {
      if (round === this.#round) this.problem = asProblem(thrown);
    }
    this.host.requestUpdate();
  }
}
