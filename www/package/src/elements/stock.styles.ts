/** The look of `<vitrine-stock>`: a line of text with a mark before it, lit up for a moment when it changes. */
import { css } from 'lit';
import { sharedStyles } from './shared.styles.js';

const own = css`
  p {
    margin: 0;
  }
  .units,
  .low,
  .none {
    display: inline-flex;
    align-items: baseline;
    gap: 0.5em;
    font-variant-numeric: tabular-nums;
  }
  .mark {
    flex: none;
    width: 0.5em;
    height: 0.5em;
    border-radius: 50%;
    background: var(--vitrine-stock-good, var(--_text));
  }
  .low .mark {
    background: var(--vitrine-stock-low, var(--_accent));
  }
  .none {
    color: var(--_muted);
  }
  .none .mark {
    border: 1px solid var(--_muted);
    background: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    [data-fresh] {
      animation: fresh 1.6s ease-out;
    }
    @keyframes fresh {
      from {
        color: var(--_accent);
      }
    }
  }
`;

/** All of it. */
export const stockStyles = [sharedStyles, own];
