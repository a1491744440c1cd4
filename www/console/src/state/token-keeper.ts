/** Where the token is kept: in this tab, or in this browser where the merchant asks for it; else in memory. */

const name = 'vitrine-console:token';

/** One token. */
export class TokenKeeper {
  #memory: string | undefined;

  get token(): string | undefined {
    return this.#memory ?? read('sessionStorage') ?? read('localStorage');
  }

  /** `long` keeps it when the tab is closed. */
  keep(token: string, long: boolean): void {
    this.forget();
    this.#memory = token;
    try {
      globalThis[long ? 'localStorage' : 'sessionStorage'].setItem(name, token);
    } catch {
      // Refused: it lasts as long as the page.
    }
  }

  forget(): void {
    this.#memory = undefined;
    for (const storage of ['sessionStorage', 'localStorage'] as const) {
      try {
        globalThis[storage].removeItem(name);
      } catch {
        // Nothing was kept.
      }
    }
  }
}

function read(storage: 'sessionStorage' | 'localStorage'): string | undefined {
  try {
    return globalThis[storage].getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}
