/** The look of `<vitrine-privacy>`: a plain table and two buttons. */
import { css } from 'lit';
import { sharedStyles } from './shared.styles.js';

const own = css`
  p {
    margin: 0 0 1rem;
  }
  p:empty {
    margin: 0;
  }
  .scroller {
    max-height: var(--vitrine-table-height, 22rem);
    margin-bottom: 1rem;
    overflow: auto;
    border-block: 1px solid var(--_line);
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding: 0.5rem 0;
    color: var(--_muted);
    text-align: start;
  }
  th,
  td {
    padding: 0.5rem 1rem 0.5rem 0;
    border-top: 1px solid var(--_line);
    text-align: start;
    vertical-align: baseline;
  }
  th {
    color: var(--_muted);
    font-weight: inherit;
  }
  td:last-child {
    padding-inline-end: 0;
    text-align: end;
  }
  .remove {
    white-space: nowrap;
    min-height: 1.5rem;
    padding: 0;
    border: 0;
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
  }
  .actions button {
    min-height: 2.5rem;
    padding: 0.4rem 1rem;
    border: 1px solid currentColor;
    border-radius: var(--_radius);
    background: none;
  }
  .actions button:disabled {
    opacity: 0.45;
    cursor: default;
  }
  dialog {
    max-width: min(28rem, calc(100vw - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
`;

/** All of it. */
export const privacyStyles = [sharedStyles, own];
