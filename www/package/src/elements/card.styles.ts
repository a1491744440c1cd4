/** What product cards have in common wherever they stand: the link, the picture in its frame, a title of two lines, the price. */
import { css } from 'lit';

export const cardStyles = css`
  .link {
    display: block;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
    text-decoration: none;
  }
  .picture {
    display: block;
    aspect-ratio: var(--vitrine-picture-ratio, 4 / 5);
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--vitrine-picture-background, color-mix(in srgb, currentColor 5%, transparent));
  }
  .picture img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: var(--vitrine-picture-fit, cover);
  }
  .title {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .link:hover .title {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .price {
    font-variant-numeric: tabular-nums;
  }
`;
