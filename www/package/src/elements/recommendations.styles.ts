/** The look of `<vitrine-recommendations>`: every part of a card has its place before anything is loaded. */
import { css } from 'lit';
import { cardStyles } from './card.styles.js';
import { sharedStyles } from './shared.styles.js';

const list = css`
  .list {
    --_width: var(--vitrine-card-width, clamp(10rem, 42vw, 15rem));
    display: flex;
    gap: var(--_gap);
    margin: 0;
    padding: 0 0 0.5rem;
    list-style: none;
    overflow-x: auto;
    overflow-anchor: none;
    overscroll-behavior-x: contain;
    scroll-snap-type: x proximity;
    scrollbar-width: thin;
    scrollbar-color: var(--_line) transparent;
  }
  .list:focus {
    outline: none;
  }
  .card {
    position: relative;
    display: flex;
    flex: 0 0 var(--_width);
    flex-direction: column;
    min-width: 0;
    scroll-snap-align: start;
  }
  :host([layout='grid']) .list {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(var(--_width), 100%), 1fr));
    overflow: visible;
  }
  .message {
    margin: 0;
    padding: 1rem 0;
    color: var(--_muted);
  }
`;

const card = css`
  .link {
    margin: 0;
  }
  .link:focus-visible {
    outline-offset: -2px;
  }
  .picture img {
    transition: scale 0.5s ease;
  }
  .link:hover img {
    scale: 1.02;
  }
  .title {
    height: calc(2 * 1.4em);
    margin-top: 0.75rem;
    line-height: 1.4;
  }
  .price {
    height: 1.4em;
    margin-top: 0.25rem;
    overflow: hidden;
    line-height: 1.4;
    white-space: nowrap;
  }
  .price s,
  [part='sold-out'] {
    margin-inline-start: 0.4em;
    color: var(--_muted);
  }
  .why {
    align-self: start;
    min-height: 1.5rem;
    margin: 0.25rem 0 0;
    padding: 0.15rem 0;
    border: 0;
    background: none;
    font-size: 0.8125em;
    line-height: 1.4;
    color: var(--_muted);
    text-decoration: underline;
    text-decoration-color: var(--_line);
    text-underline-offset: 0.25em;
  }
  .why:hover {
    color: var(--_text);
    text-decoration-color: currentColor;
  }
  .placeholder .why {
    text-decoration: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .picture img {
      transition: none;
    }
  }
`;

const panel = css`
  .panel {
    position: absolute;
    inset: 0;
    z-index: 1;
    display: flex;
    flex-direction: column;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    font-size: 0.8125rem;
    line-height: 1.45;
  }
  .panel-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.25rem 0.25rem 0.25rem 0.75rem;
    border-bottom: 1px solid var(--_line);
    font-weight: 600;
  }
  .close {
    display: grid;
    place-items: center;
    width: 2rem;
    height: 2rem;
    padding: 0;
    border: 0;
    background: none;
  }
  .close:focus-visible {
    outline-offset: -3px;
  }
  .close svg {
    width: 1rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
  }
  .reasons {
    flex: 1;
    margin: 0;
    padding: 0 0.75rem;
    overflow-y: auto;
    list-style: none;
    scrollbar-width: thin;
  }
  .reasons li {
    padding: 0.625rem 0;
  }
  .reasons li + li {
    border-top: 1px solid var(--_line);
  }
  .reasons p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .share {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    margin-top: 0.25rem;
    color: var(--_muted);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }
  .bar {
    flex: 1;
    height: 3px;
    background: var(--_line);
  }
  .for {
    fill: var(--_accent);
  }
  .against {
    fill: var(--_muted);
  }
  .remove {
    min-height: 1.5rem;
    margin-top: 0.25rem;
    padding: 0;
    border: 0;
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
`;

/** All of it. */
export const recommendationsStyles = [sharedStyles, cardStyles, list, card, panel];
