/** The vectors of tests/parity, answered by the WebAssembly module in Chromium: every number and sentence the same. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTree } from './lib/tree.mjs';

let page;
let close;

before(async () => {
  ({ page, close } = await openTree());
});

after(() => close?.());

/** Opens the parity pack in the page, changed by `damage`, and gives what `use` makes of engine and vectors. */
function inPage(use, damage = '') {
  return page.evaluate(`(async () => {
    const { default: load, Engine } = await import('/www/package/wasm/vitrine_storefront.js');
    const { replay } = await import('/tests/parity/replay.mjs');
    await load({ module_or_path: '/www/package/wasm/vitrine_storefront_bg.wasm' });
    const bytes = async (file) => new Uint8Array(await (await fetch('/tests/parity/' + file)).arrayBuffer());
    const manifest = await bytes('pack/manifest.json');
    const sections = new Map();
    for (const { name, file } of JSON.parse(new TextDecoder().decode(manifest)).sections) {
      sections.set(name, await bytes('pack/' + file));
    }
    const vectors = JSON.parse(new TextDecoder().decode(await bytes('vectors.json')));
    ${damage}
    ${use}
  })()`);
}

test('every answer is the native one, to the last bit', async () => {
  const { count, differences } = await inPage(`
    const engine = Engine.open(manifest, sections);
    return { count: vectors.length, differences: replay(engine, vectors) };`);
  assert.ok(count >= 24, `${count} vectors`);
  assert.deepEqual(differences, []);
});

test('the comparison sees the smallest difference', async () => {
  const differences = await inPage(
    `return replay(Engine.open(manifest, sections), vectors);`,
    `vectors[0].answer.items[0].score += 2 ** -40;`,
  );
  assert.equal(differences.length, 1);
  assert.match(differences[0], /^vector 0\.items\.0\.score: /);
});

test('a list of events that grows, shrinks and changes under the page’s hands counts as it is', async () => {
  const answers = await inPage(`
    const engine = Engine.open(manifest, sections);
    const fresh = (events, request) => {
      const other = Engine.open(manifest, sections);
      other.setEvents(events);
      return JSON.stringify(other.recommend(request));
    };
    return vectors.filter(({ events }) => events.length > 1).flatMap(({ events: told, request }) => {
      const list = [];
      const compared = [];
      const compare = () => {
        engine.setEvents(list);
        compared.push([JSON.stringify(engine.recommend(request)), fresh(list, request)]);
      };
      for (const event of told) {
        list.push({ ...event });
        compare();
      }
      list[0].kind = 'purchase';
      compare();
      list.shift();
      compare();
      list.length = 0;
      compare();
      return compared;
    });`);
  assert.ok(answers.length > 20, `${answers.length} answers`);
  for (const [answer, expected] of answers) assert.equal(answer, expected);
});

test('events that cannot be read leave the session as it was', async () => {
  const { message, before, after } = await inPage(`
    const engine = Engine.open(manifest, sections);
    const { events, request } = vectors.find(({ events }) => events.length > 1);
    engine.setEvents(events);
    const before = JSON.stringify(engine.recommend(request));
    let message;
    try {
      engine.setEvents([...events, { id: 'odd', kind: 'stare', item: 'tee-navy', at: 0 }]);
    } catch (error) {
      message = error.message;
    }
    return { message, before, after: JSON.stringify(engine.recommend(request)) };`);
  assert.match(message, /the list of events cannot be read: .*stare/);
  assert.equal(after, before);
});

test('the parts of every score add up to it with the page’s own numbers', async () => {
  const sums = await inPage(`
    const engine = Engine.open(manifest, sections);
    return vectors.flatMap(({ events, request }) => {
      engine.setEvents(events);
      const sum = (reasons) => reasons.reduce((total, { amount }) => total + amount, 0);
      return engine.recommend(request).items.map(({ score, reasons }) => [sum(reasons), score]);
    });`);
  assert.ok(sums.length > 100);
  for (const [sum, score] of sums) assert.equal(sum, score);
});

test('an altered section is refused by name, with a code for programs', async () => {
  const error = await inPage(
    `try {
      Engine.open(manifest, sections);
    } catch (error) {
      const { name, code, section } = error;
      return { isError: error instanceof Error, name, code, section };
    }`,
    `sections.get('rules')[8] ^= 1;`,
  );
  assert.deepEqual(error, { isError: true, name: 'VitrineError', code: 'pack-hash', section: 'rules' });
});
