/** Puts answers together in JavaScript: out of numbers, few texts, and the events that the page itself holds. */

/** In the order in which the module numbers them. */
const sources = ['sequence', 'content', 'popularity', 'featured', 'boost', 'diversity'];

/** How many events at the beginning of both lists are the same. */
export function same(before, events) {
  const most = Math.min(before.length, events?.length ?? 0);
  for (let at = 0; at < most; at += 1) {
    const [a, b] = [before[at], events[at]];
    if (a.id !== b?.id || a.item !== b.item || a.kind !== b.kind || a.at !== b.at) return at;
  }
  return most;
}

/** The events from `start` on, for the module to read. */
export const textFrom = (events, start) => JSON.stringify(start === 0 ? events : events.slice(start));

/** The events as they are now; whatever the page does to its own later. */
export function copied(before, events, start) {
  const copies = before.slice(0, start);
  for (let at = start; at < events.length; at += 1) copies.push({ ...events[at] });
  return copies;
}

/** A whole answer; `Suggestions` in `crates/storefront` says what the numbers are. */
export function assembled(numbers, json, events) {
  const { items, anchors, words, receipt } = JSON.parse(json);
  let next = 0;
  for (let left = numbers[next++]; left > 0; left -= 1) receipt.events.push(events[numbers[next++]].id);
  const reason = () => {
    const source = sources[numbers[next]];
    const amount = numbers[next + 1];
    const cause = numbers[next + 2];
    const [sentence, shared] = words[numbers[next + 3]] ?? [''];
    next += 4;
    if (source === 'sequence' || source === 'content') {
      if (cause < 0) {
        const item = anchors[-1 - cause];
        if (shared?.length > 0) return { source, amount, item, shared, sentence };
        return { source, amount, item, sentence };
      }
      const { id: event, item, kind } = events[cause];
      if (shared?.length > 0) return { source, amount, event, item, kind, shared, sentence };
      return { source, amount, event, item, kind, sentence };
    }
    if (source === 'diversity') return { source, amount, item: items[cause], sentence };
    return { source, amount, sentence };
  };
  const scored = items.map((id) => {
    const score = numbers[next];
    const reasons = new Array(numbers[next + 1]);
    next += 2;
    for (let at = 0; at < reasons.length; at += 1) reasons[at] = reason();
    return { id, score, reasons };
  });
  return { items: scored, receipt };
}
