/** Moves between pages without loading: links, back and forward, scroll positions, and where the focus goes. */
import { isOfShop, type Route, routeOf } from './route';

/** How long a page may take to become as tall as it was when the shopper left it, in milliseconds. */
const patience = 1500;

/** The address bar as an event source: `change` fires after every move. */
export class Router extends EventTarget {
  route: Route = routeOf(new URL(location.href));

  /** Follows links of the shop from here on. */
  start(): void {
    history.scrollRestoration = 'manual';
    document.addEventListener('click', (event) => this.#follow(event));
    window.addEventListener('popstate', (event) => {
      this.#arrive();
      restoreScroll(Number((event.state as { y?: number } | null)?.y ?? 0));
    });
    window.addEventListener('pagehide', rememberScroll);
  }

  /** Goes to an address of the shop. `replace` leaves no way back, `keepPlace` stays where the page is scrolled to. */
  go(address: string, { replace = false, keepPlace = false } = {}): void {
    rememberScroll();
    history[replace ? 'replaceState' : 'pushState']({ y: keepPlace ? scrollY : 0 }, '', address);
    this.#arrive();
    if (keepPlace) return;
    scrollTo({ top: 0, behavior: 'instant' });
    focusHeading();
  }

  #follow(event: MouseEvent): void {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain || event.defaultPrevented) return;
    const link = event
      .composedPath()
      .find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement);
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
    if (link.getAttribute('href')?.startsWith('#') || !isOfShop(link.pathname)) return;
    event.preventDefault();
    this.go(link.pathname + link.search, { keepPlace: link.hasAttribute('data-keep-place') });
  }

  #arrive(): void {
    this.route = routeOf(new URL(location.href));
    this.dispatchEvent(new Event('change'));
  }
}

export const router = new Router();

function rememberScroll(): void {
  history.replaceState({ y: scrollY }, '');
}

/** Scrolls back as soon as the page, which loads what it shows, is tall enough again. */
function restoreScroll(y: number): void {
  const until = performance.now() + patience;
  const attempt = () => {
    const room = document.documentElement.scrollHeight - innerHeight;
    if (room >= y || performance.now() > until) scrollTo({ top: y, behavior: 'instant' });
    else requestAnimationFrame(attempt);
  };
  attempt();
}

/** Puts the focus on the new page's heading, so that screen readers say where the shopper is. */
function focusHeading(): void {
  const until = performance.now() + patience;
  const attempt = () => {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    } else if (performance.now() < until) {
      requestAnimationFrame(attempt);
    }
  };
  requestAnimationFrame(attempt);
}
