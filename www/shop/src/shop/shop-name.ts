/** Names a shop made from a feed: by its one brand, or by its file. */

/** Words that file names of feeds carry and shops do not. */
const noise = /\b(products?|export|feed|catalog(ue)?|google|merchant|shopify|data|final|copy|v?\d+)\b/gi;

/** A readable name from a feed's file name, such as `Corner Books` from `corner-books_products-2026.json`. */
export function nameFromFile(file: string): string {
  const stem = file.replace(/^.*[\\/]/, '').replace(/(\.(json|jsonl|csv|tsv|txt|xml|gz))+$/i, '');
  const words = (text: string) => text.split(/[\s_\-.()[\]]+/).filter((word) => word !== '');
  const kept = words(words(stem).join(' ').replace(noise, ' '));
  return (kept.length > 0 ? kept : words(stem)).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

/** The name to show: the brand where every product has the same one. */
export function nameOfShop(brands: Iterable<string | null | undefined>, file: string): string {
  const all = new Set(brands);
  const [only] = all;
  return all.size === 1 && only ? only : nameFromFile(file);
}

/** An id for the pack, in the letters that ids have. */
export function idFromFile(file: string): string {
  const slug = nameFromFile(file)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `own-${slug || 'shop'}`;
}
