/** Addresses from a catalogue: those that lead to a page or a picture, and nothing that runs. */

/** The address if it leads to a page: a pack from a careless feed could carry a script's. */
export function harmless(address: string | undefined): string | undefined {
  return address !== undefined && /^(https?:|[/?#.]|[^:]*$)/i.test(address) ? address : undefined;
}

/** The smaller form of a picture of the shop itself: those that are named `NAME-900.webp` come with `NAME-400.webp`. */
export function smaller(url: string): string {
  return url.replace(/^(\/(?!\/).*)-900\.webp$/, '$1-400.webp');
}
