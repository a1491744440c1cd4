/** Moves between pages by what stands behind the `#`, and takes the focus to the new page's heading. */
import { type Route, routeOf } from './route';

/** How long a page may take to show its heading, in milliseconds. */
const patience = 1500;

/** The address as an event source: `change` fires after every move. */
export class Router extends EventTarget {
  route: Route = routeOf(location.hash);

  constructor() {
    super();
    window.addEventListener('hashchange', () => {
      this.route = routeOf(location.hash);
      this.dispatchEvent(new Event('change'));
      scrollTo({ top: 0, behavior: 'instant' });
      focusHeading();
    });
  }

  go(address: string): void {
    location.hash = address;
  }
}

export const router = new Router();

/** Screen readers say from there where the merchant is. */
export function focusHeading(): void {
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
