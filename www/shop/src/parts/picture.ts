/** A product's picture at the size it is shown, or a quiet stand-in where it does not load. */
import type { Language, Picture } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { nameOf } from '../words';

/** Widths, in CSS pixels, of the places that pictures stand in. */
const widths = {
  card: '(min-width: 1100px) 22vw, (min-width: 700px) 30vw, 46vw',
  hero: '(min-width: 900px) 40vw, 90vw',
  large: '(min-width: 900px) 52vw, 100vw',
  thumbnail: '96px',
};

/** The picture's small form, for addresses that have one: `NAME-900.webp` comes with `NAME-400.webp`. */
const setOf = (url: string) =>
  url.endsWith('-900.webp') ? `${url.replace(/-900\.webp$/, '-400.webp')} 400w, ${url} 900w` : undefined;

/** One picture in its square. `eager` for what is seen first. */
export function picture(
  shown: Picture | undefined,
  title: string,
  language: Language,
  place: keyof typeof widths,
  { eager = false, silent = false } = {},
): TemplateResult {
  const alt = silent ? '' : (shown && nameOf(shown.alt, language)) || title;
  return html`<span class="picture" data-initial=${title.trim().charAt(0)}>${
    shown
      ? html`<img
          src=${shown.url}
          srcset=${ifDefined(setOf(shown.url))}
          sizes=${widths[place]}
          alt=${alt}
          width=${shown.width ?? 900}
          height=${shown.height ?? 900}
          loading=${eager ? 'eager' : 'lazy'}
          fetchpriority=${eager && place !== 'card' ? 'high' : 'auto'}
          decoding="async"
          @error=${standIn}
          @load=${appear}
        />`
      : nothing
  }</span>`;
}

const standIn = ({ target }: Event) => (target as HTMLElement).setAttribute('data-missing', '');
const appear = ({ target }: Event) => (target as HTMLElement).removeAttribute('data-missing');
