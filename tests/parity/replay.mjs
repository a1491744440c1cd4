/** Replays the parity vectors against an engine; runs in a page and in Node alike. */

/**
 * Every place where an answer differs from its vector, as readable lines; none where all is equal.
 *
 * @param {{ setEvents(events: object[]): unknown, recommend(request: object): object }} engine an open `Engine`
 * @param {{ events: object[], request: object, answer: object }[]} vectors the content of `vectors.json`
 */
export function replay(engine, vectors) {
  return vectors.flatMap(({ events, request, answer }, index) => {
    engine.setEvents(events);
    return differences(answer, engine.recommend(request), `vector ${index}`);
  });
}

/** Where two plain values differ; numbers and texts are compared with `Object.is`. */
function differences(expected, found, place) {
  if (!isObject(expected) || !isObject(found)) {
    return Object.is(expected, found) ? [] : [`${place}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...keys].flatMap((key) => differences(expected[key], found[key], `${place}.${key}`));
}

const isObject = (value) => typeof value === 'object' && value !== null;
