/** What both elements look like where the page says nothing: its own font and colours, soft lines. */
import { css } from 'lit';

/** Custom properties with their defaults, buttons, and text for screen readers only. */
export const sharedStyles = css`
  :host {
    --_text: var(--vitrine-text, currentColor);
    --_muted: var(--vitrine-muted, color-mix(in srgb, currentColor 70%, transparent));
    --_line: var(--vitrine-line, color-mix(in srgb, currentColor 16%, transparent));
    --_surface: var(--vitrine-surface, Canvas);
    --_accent: var(--vitrine-accent, currentColor);
    --_radius: var(--vitrine-radius, 2px);
    --_gap: var(--vitrine-gap, 1.25rem);
    display: block;
    color: var(--_text);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
