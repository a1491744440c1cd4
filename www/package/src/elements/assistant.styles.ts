/** The look of `<vitrine-assistant>`: a panel in the corner, on a phone a sheet; words on the page's own ground. */
import { css } from 'lit';
import { cardStyles } from './card.styles.js';
import { sharedStyles } from './shared.styles.js';

const frame = css`
  :host {
    --_ground: var(--vitrine-ground, var(--_surface));
    --_on-accent: var(--vitrine-on-accent, Canvas);
    position: fixed;
    inset: auto 0 0 auto;
    z-index: var(--vitrine-assistant-layer, 5);
    font-size: 0.9375rem;
    line-height: 1.5;
  }
  .open {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 3rem;
    margin: 0 max(1.25rem, env(safe-area-inset-right)) max(1.25rem, env(safe-area-inset-bottom)) 0;
    padding: 0 1.125rem 0 1rem;
    border: 1px solid var(--_line);
    border-radius: 1.5rem;
    background: var(--_surface);
    color: var(--_text);
    font-weight: 500;
    box-shadow: 0 2px 12px rgb(0 0 0 / 0.1);
  }
  .open:hover {
    border-color: currentColor;
  }
  svg {
    width: 1.125rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .panel {
    position: fixed;
    inset: auto 1.25rem 1.25rem auto;
    display: flex;
    flex-direction: column;
    width: min(25rem, calc(100vw - 2.5rem));
    height: min(42rem, calc(100dvh - 2.5rem));
    margin: 0;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 4px;
    overflow: hidden;
    background: var(--_ground);
    color: var(--_text);
    box-shadow: 0 12px 48px rgb(0 0 0 / 0.18);
  }
  .panel::backdrop {
    background: rgb(0 0 0 / 0.4);
  }
  @media (max-width: 40rem) {
    .panel {
      inset: 2.5rem 0 0 0;
      width: 100%;
      max-width: none;
      height: auto;
      max-height: none;
      border-width: 1px 0 0;
      border-radius: 12px 12px 0 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .panel {
      animation: rise 0.22s cubic-bezier(0.2, 0, 0, 1);
    }
    @keyframes rise {
      from {
        opacity: 0;
        translate: 0 1rem;
      }
    }
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.5rem 0.5rem 0.5rem 1.25rem;
    border-bottom: 1px solid var(--_line);
  }
  h2 {
    margin: 0;
    font-size: 1.0625rem;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .close {
    display: grid;
    place-items: center;
    width: 2.75rem;
    height: 2.75rem;
    padding: 0;
    border: 0;
    background: none;
  }
  .close svg {
    width: 1rem;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 0.5rem;
    padding: 0 1.25rem max(0.75rem, env(safe-area-inset-bottom));
    color: var(--_muted);
    font-size: 0.8125rem;
  }
`;

const conversation = css`
  .log {
    flex: 1;
    padding: 1.25rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  ol,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  p {
    margin: 0;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .entry + .entry {
    margin-top: 1.5rem;
  }
  .said {
    width: fit-content;
    max-width: 85%;
    margin: 0 0 0.875rem auto;
    padding: 0.5rem 0.875rem;
    border-radius: 1rem 1rem 0.125rem 1rem;
    background: var(--_accent);
    color: var(--_on-accent);
    white-space: pre-wrap;
  }
  .answer > * + * {
    margin-top: 0.5rem;
  }
  .welcome p,
  .settled,
  .muted,
  .problem {
    color: var(--_muted);
  }
  .welcome .choices {
    margin-top: 1rem;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding-top: 0.25rem;
  }
  .chip {
    min-height: 2.25rem;
    padding: 0.25rem 0.875rem;
    border: 1px solid var(--_line);
    border-radius: 1.125rem;
    background: none;
    text-align: start;
  }
  .chip:hover:enabled,
  .plain:hover:enabled {
    border-color: currentColor;
  }
  .confirm {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding-top: 0.25rem;
  }
  .strong,
  .plain {
    min-height: 2.5rem;
    padding: 0.25rem 1rem;
    border: 1px solid var(--_line);
    border-radius: 2px;
    background: none;
    font-weight: 500;
  }
  .strong {
    border-color: var(--_text);
    background: var(--_text);
    color: var(--_ground);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .code label {
    display: block;
    margin-bottom: 0.375rem;
    color: var(--_muted);
  }
  .code div {
    display: flex;
    gap: 0.5rem;
  }
  .code input {
    width: 8.5rem;
    min-height: 2.5rem;
    padding: 0 0.75rem;
    border: 1px solid var(--_muted);
    border-radius: 2px;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.2em;
  }
  .sources {
    font-size: 0.8125rem;
    color: var(--_muted);
  }
  summary {
    width: fit-content;
    min-height: 1.5rem;
    cursor: pointer;
    text-decoration: underline;
    text-decoration-color: var(--_line);
    text-underline-offset: 0.25em;
  }
  .sources li {
    padding: 0.375rem 0;
  }
  .sources li + li {
    border-top: 1px solid var(--_line);
  }
  q {
    display: block;
    margin-top: 0.125rem;
    color: var(--_text);
  }
  .thinking {
    display: flex;
    gap: 0.3rem;
    margin-top: 1rem;
  }
  .thinking i {
    width: 0.375rem;
    height: 0.375rem;
    border-radius: 50%;
    background: var(--_muted);
  }
  @media (prefers-reduced-motion: no-preference) {
    .thinking i {
      animation: wait 1.2s infinite;
    }
    .thinking i:nth-child(2) {
      animation-delay: 0.15s;
    }
    .thinking i:nth-child(3) {
      animation-delay: 0.3s;
    }
    @keyframes wait {
      30% {
        opacity: 0.25;
      }
    }
  }
  .trouble {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    padding: 0.5rem 1.25rem;
    border-top: 1px solid var(--_line);
    font-size: 0.875rem;
  }
`;

const goods = css`
  .cards {
    display: flex;
    gap: 0.75rem;
    margin-inline: -1.25rem;
    padding: 0.375rem 1.25rem 0.5rem;
    overflow-x: auto;
    scroll-snap-type: x proximity;
    scroll-padding-inline: 1.25rem;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .cards:focus-visible {
    outline-offset: -3px;
  }
  .card {
    flex: 0 0 8.5rem;
    min-width: 0;
    font-size: 0.875rem;
    scroll-snap-align: start;
  }
  .link {
    width: 100%;
  }
  .title {
    margin-top: 0.5rem;
    line-height: 1.35;
  }
  .price s,
  .price .muted {
    margin-inline-start: 0.3em;
    color: var(--_muted);
  }
`;

const writing = css`
  .composer {
    display: flex;
    align-items: flex-end;
    gap: 0.5rem;
    margin: 0 1.25rem 0.625rem;
    padding: 0.25rem 0.25rem 0.25rem 0.875rem;
    border: 1px solid var(--_muted);
    border-radius: 1.5rem;
    background: var(--_surface);
  }
  .composer:focus-within {
    border-color: var(--_accent);
    outline: 1px solid var(--_accent);
  }
  textarea {
    flex: 1;
    min-width: 0;
    max-height: 9rem;
    padding: 0.4375rem 0;
    border: 0;
    outline: none;
    background: none;
    color: inherit;
    font: inherit;
    resize: none;
    field-sizing: content;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .send {
    display: grid;
    flex: none;
    place-items: center;
    width: 2.375rem;
    height: 2.375rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .erase {
    min-height: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    text-decoration: underline;
    text-decoration-color: var(--_line);
    text-underline-offset: 0.25em;
  }
  .erase:hover {
    color: var(--_text);
  }
  /* Text that is smaller makes phones zoom in. */
  @media (max-width: 40rem) {
    textarea,
    .code input {
      font-size: 1rem;
    }
  }
`;

/** All of it. */
export const assistantStyles = [sharedStyles, cardStyles, frame, conversation, goods, writing];
