/** The assistant in the page: a conversation in each language, with proof, confirmation and a cut in the middle. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { before, test } from 'node:test';
import { inHouse } from '../../scripts/lib/house.mjs';
import { stockShelves } from '../worker/lib/chat.mjs';
import { violations } from './lib/axe.mjs';
import { eventually } from './lib/eventually.mjs';
import { call, ownerToken, profile, shopSettings, things } from './lib/things.mjs';

const folder = inHouse('tests/artefacts');
mkdirSync(folder, { recursive: true });

before(async () => {
  const { worker } = await things();
  await stockShelves(worker, ownerToken);
});

let made = 7000;

/** An order of its own. */
async function order() {
  made += 1;
  const price = { amount: '119.00', currency: 'EUR' };
  const lines = [{ sku: 'denim-jacket-light-blue-m', units: 1, price }];
  await call('POST', 'orders', { id: String(made), placedAt: '2026-11-20T10:00:00Z', lines });
  return String(made);
}

const codeOf = async (id) => (await call('GET', 'order-codes')).items.find((item) => item.order === id)?.code;
const returnsOf = async (id) => (await call('GET', 'returns')).items.filter((item) => item.order === id);

/** A shopper in front of the open panel. */
async function shopper(how = {}) {
  const { context, problems } = await profile({ settings: await shopSettings(), ...how });
  const page = await context.newPage();
  await page.goto(how.path ?? '/');
  const panel = page.locator('vitrine-assistant');
  await panel.locator('.open').click();
  await panel.locator('textarea').waitFor();
  const last = panel.locator('.entry').last();
  return {
    context,
    page,
    panel,
    last,
    problems,
    /** Writes and waits until the answer is whole. */
    async say(text) {
      const before = await panel.locator('.entry').count();
      await panel.locator('textarea').fill(text);
      await page.keyboard.press('Enter');
      await eventually(() => panel.locator('.entry').count(), before + 1);
      await settled(panel);
    },
    close: () => context.close(),
  };
}

/** Nothing is under way any more. */
const settled = (panel) => eventually(() => panel.locator('.log').getAttribute('aria-busy'), 'false', 30_000);

const conversations = {
  en: {
    find: 'Do you have a denim jacket?',
    found: /Ferry Denim Jacket/,
    policy: 'What does delivery cost?',
    rule: /€4\.90/,
    order: (id) => `Where is my order ${id}?`,
    back: (id) => `I want to return order ${id}`,
    status: /Ferry Denim Jacket, Light Blue/,
  },
  zh: {
    find: '有牛仔夹克吗？',
    found: /渡口牛仔夹克/,
    policy: '运费多少？',
    rule: /4\.90 ?欧元/,
    order: (id) => `我的订单${id}到哪了？`,
    back: (id) => `我想退货，订单${id}`,
    status: /渡口牛仔夹克·浅蓝/,
  },
};

for (const [language, says] of Object.entries(conversations)) {
  for (const [width, theme] of language === 'en' ? [[1440, 'light']] : [[390, 'dark']]) {
    test(`a conversation from search over proof to a return, ${language}, ${width} px, ${theme}`, async () => {
      const id = await order();
      const { page, panel, last, say, problems, close } = await shopper({ language, width, theme });
      const shot = (name) => page.screenshot({ path: `${folder}/assistant-${name}-${width}-${language}-${theme}.png` });
      await eventually(() => panel.locator('textarea').evaluate((input) => input.matches(':focus')), true);
      assert.deepEqual(await violations(page), []);
      await shot('welcome');

      await say(says.find);
      await eventually(() => last.locator('.card .title').first().innerText(), says.found);
      assert.equal(await last.locator('a.link').first().getAttribute('href'), '/item/denim-jacket-light-blue');
      assert.deepEqual(await violations(page), []);
      await shot('products');

      await say(says.policy);
      await eventually(() => last.innerText(), says.rule);
      assert.equal(await last.locator('.sources q').first().isVisible(), false);
      await last.locator('.sources summary').click();
      await eventually(() => last.locator('.sources q').first().innerText(), says.rule);

      await say(says.order(id));
      const code = last.locator('.code input');
      await code.waitFor();
      await code.fill(await codeOf(id));
      await page.keyboard.press('Enter');
      await eventually(() => last.innerText(), says.status);
      await settled(panel);
      assert.deepEqual(await violations(page), []);
      await shot('order');

      await say(says.back(id));
      assert.deepEqual(await returnsOf(id), []);
      await shot('confirm');
      await last.locator('.confirm .strong').click();
      await eventually(async () => (await returnsOf(id)).length, 1);
      await settled(panel);
      await eventually(() => panel.locator('.confirm').count(), 0);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(problems, []);
      await close();
    });
  }
}

test('a connection that is cut in the middle of an answer goes on where it ended', async () => {
  const { context, page, panel, last, say, problems, close } = await shopper();
  await say('Hello');
  const asked = [];
  await context.route('**/v1/chat', async (route) => {
    asked.push(route.request().postDataJSON());
    // The first answer ends after two events, the second never comes: only the third is whole.
    if (asked.length === 1) {
      const response = await route.fetch();
      const text = await response.text();
      const events = text.split('\n\n');
      assert.ok(events.length > 4, text);
      await route.fulfill({ response, body: `${events.slice(0, 2).join('\n\n')}\n\nid: 99\nevent: sen` });
    } else if (asked.length === 2) await route.abort('connectionreset');
    else await route.continue();
  });
  await say('Do you have a denim jacket?');
  await eventually(() => last.locator('.card').count(), /[1-9]/);
  assert.equal(asked.length, 3);
  assert.equal(new Set(asked.map(({ message }) => message)).size, 1);
  const told = await last.locator('.answer > p').allInnerTexts();
  assert.equal(new Set(told).size, told.length, told.join('\n'));
  assert.equal(await panel.locator('.trouble').count(), 0);
  await context.unroute('**/v1/chat');
  // The page is loaded anew: the whole conversation is there again.
  await page.reload();
  await panel.locator('.open').click();
  await eventually(() => panel.locator('.entry').count(), 2);
  await eventually(() => panel.locator('.said').allInnerTexts(), /Hello[\s\S]*denim jacket/);
  assert.deepEqual(
    problems.filter((problem) => !/ERR_CONNECTION_RESET/.test(problem)),
    [],
  );
  await close();
});

test('a worker that stays away is told of, and asked again with the same turn', async () => {
  const { context, panel, last, page, close } = await shopper();
  const names = [];
  await context.route('**/v1/chat', (route) => {
    names.push(route.request().postDataJSON().message);
    return route.fulfill({ status: 429, json: { detail: 'Wait 2 s.' }, headers: { 'retry-after': '2' } });
  });
  await panel.locator('textarea').fill('What does delivery cost?');
  await page.keyboard.press('Enter');
  const again = panel.locator('.trouble button');
  await again.waitFor();
  assert.deepEqual(await violations(page), []);
  await context.unroute('**/v1/chat');
  await context.route('**/v1/chat', (route) => {
    names.push(route.request().postDataJSON().message);
    return route.continue();
  });
  await again.click();
  await eventually(() => last.innerText(), /€4\.90/);
  assert.equal(await panel.locator('.entry').count(), 1);
  assert.equal(new Set(names).size, 1);
  await close();
});

test('Escape closes it and the focus goes back to the button; a card on a phone leads to its page', async () => {
  const { page, panel, say, close } = await shopper({ width: 390 });
  await say('Do you have a denim jacket?');
  await page.keyboard.press('Escape');
  await eventually(() => panel.locator('dialog').count(), 0);
  await eventually(() => panel.locator('.open').evaluate((button) => button.matches(':focus')), true);
  await page.keyboard.press('Enter');
  await panel.locator('.card a').first().click();
  await eventually(() => new URL(page.url()).pathname, '/item/denim-jacket-light-blue');
  await eventually(() => panel.locator('dialog').count(), 0);
  await close();
});

test('it knows which product is looked at', async () => {
  const { last, say, close } = await shopper({ path: '/item/denim-jacket-light-blue' });
  await say('Do you have this in size M?');
  await eventually(() => last.innerText(), /Ferry Denim Jacket, Light Blue/);
  await close();
});

test('an erased conversation is gone here and there', async () => {
  const { page, panel, say, close } = await shopper();
  await say('Hello');
  const [key] = await page.evaluate(() =>
    Object.keys(sessionStorage).filter((name) => name.startsWith('vitrine-assistant')),
  );
  const conversation = await page.evaluate((key) => sessionStorage.getItem(key), key);
  await panel.locator('.erase').click();
  await eventually(() => panel.locator('.entry').count(), 0);
  assert.equal(await page.evaluate((key) => sessionStorage.getItem(key), key), null);
  const { worker } = await things();
  const { key: storefront } = await shopSettings();
  const headers = { authorization: `Bearer ${storefront}`, origin: worker.address };
  assert.equal((await fetch(`${worker.address}/v1/chat/${conversation}/events`, { headers })).status, 404);
  await close();
});

test('where there is no worker, there is no assistant', async () => {
  const { context, problems } = await profile();
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('shop-row').first().waitFor();
  await page.waitForTimeout(800);
  assert.equal(await page.locator('vitrine-assistant').count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test('the console shows codes to pass on and returns', async () => {
  const id = await order();
  const { panel, last, say, close } = await shopper();
  await say(`Where is my order ${id}?`);
  const code = await codeOf(id);
  const { context, problems } = await profile();
  const page = await context.newPage();
  await page.goto('/console/');
  await page.locator('#token').fill(ownerToken);
  await page.locator('.sign-in .button').click();
  await page.locator('.head-tools button').waitFor();
  await page.goto('/console/#/customers');
  await page.locator('tr', { hasText: id }).getByText(code).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.screenshot({ path: `${folder}/console-customers.png` });
  await last.locator('.code input').fill(code);
  await last.locator('.code button').click();
  await settled(panel);
  await say(`I want to return order ${id}`);
  await last.locator('.confirm .strong').click();
  await page.locator('section', { hasText: 'Returns' }).locator('tr', { hasText: id }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${folder}/console-customers-390.png` });
  assert.deepEqual(problems, []);
  await context.close();
  await close();
});
