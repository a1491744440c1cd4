/** Things speak, stock moves: a scale's event changes the line under the product and the console, through the real worker. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { eventually } from './lib/eventually.mjs';
import { call, ownerToken, profile, scale, shopSettings, signIn, things } from './lib/things.mjs';

/** Milliseconds from a scale's event to the changed line, at most. */
const soon = 2000;
let settings;

before(async () => {
  await things();
  settings = await shopSettings();
});

/** Everything that the worker tells from now on, heard over a connection that is not cut. */
async function listen() {
  const { worker } = await things();
  const heard = [];
  const socket = new WebSocket(`${worker.address.replace('http', 'ws')}/v1/live`, [
    'vitrine.live.v1',
    `bearer.${ownerToken}`,
  ]);
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.topic === 'stock') heard.push([frame.id, frame.body.units]);
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  return { heard, close: () => socket.close() };
}

const line = (page) => page.locator('vitrine-stock [part~="line"]');

async function shopper(item) {
  const { context, problems } = await profile({ settings });
  const page = await context.newPage();
  await page.goto(`/item/${item}`);
  return { context, page, problems };
}

test('a scale’s event changes the line under the product within two seconds', async () => {
  const shelf = await scale('shelf-denim', 'denim-jacket-light-blue');
  await shelf.weigh(9);
  const { context, page, problems } = await shopper(shelf.sku);
  await line(page).getByText('9 in stock').waitFor();
  for (const [pieces, words] of [
    [7, '7 in stock'],
    [2, 'Only 2 left'],
    [0, 'Sold out'],
    [8, '8 in stock'],
  ]) {
    const began = performance.now();
    await shelf.weigh(pieces);
    await line(page).getByText(words).waitFor();
    const took = performance.now() - began;
    assert.ok(took < soon, `${words} after ${Math.round(took)} ms`);
    console.log(`${words}: ${Math.round(took)} ms after the scale began to send`);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test('a connection that is cut goes on without a gap: what happened meanwhile is told, in order, once', async () => {
  const shelf = await scale('shelf-zip', 'quarter-zip-grey');
  await shelf.weigh(7);
  const control = await listen();
  const { context } = await profile({ settings });
  const sockets = [];
  let away = false;
  await context.routeWebSocket(/\/v1\/live/, (socket) => {
    if (away) {
      void socket.close({ code: 1011 });
      return;
    }
    const server = socket.connectToServer();
    sockets.push({ socket, server });
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.said = [];
    const Native = BroadcastChannel;
    // What the leading tab hands on is what it heard.
    window.BroadcastChannel = class extends Native {
      postMessage(message) {
        if (message.is === 'frame') window.said.push([message.frame.id, message.frame.body.units]);
        super.postMessage(message);
      }
    };
  });
  await page.goto(`/item/${shelf.sku}`);
  await line(page).waitFor();
  await shelf.weigh(6);
  await line(page).getByText('6 in stock').waitFor();
  away = true;
  for (const { socket, server } of sockets) {
    await server.close({ code: 1000 });
    await socket.close({ code: 1011 });
  }
  for (const pieces of [5, 4, 3, 1]) {
    await shelf.weigh(pieces);
    await page.waitForTimeout(400);
  }
  await eventually(() => line(page).innerText(), '6 in stock');
  away = false;
  await line(page).getByText('Only 1 left').waitFor();
  const said = await page.evaluate(() => window.said);
  assert.deepEqual(said, control.heard.slice(-said.length));
  // Each number once, and none of them again after a newer one.
  assert.deepEqual(said.map(([, units]) => units).slice(-5), [6, 5, 4, 3, 1]);
  assert.ok(said.length >= 5, String(said));
  control.close();
  await context.close();
});

test('the console shows what the scale says, in its lists and over its chart', async () => {
  const shelf = await scale('shelf-oxford', 'oxford-white');
  const { context, problems } = await profile();
  const page = await context.newPage();
  await signIn(page, ownerToken);
  await shelf.weigh(8);
  const row = page.locator('.devices tbody tr', { hasText: shelf.id });
  await row.getByText('8 pieces').waitFor();
  await row.locator('.state[data-state="live"]').waitFor();
  await row.getByRole('link').click();
  const weight = page.locator('console-chart[metric="scale.grams"]');
  await weight.locator('canvas').waitFor();
  const began = performance.now();
  await shelf.weigh(5);
  await weight.locator('figcaption', { hasText: /2,500 g/ }).waitFor();
  assert.ok(performance.now() - began < soon, `${Math.round(performance.now() - began)} ms`);
  await page.goto('/console/#/stock');
  const stock = page.locator('.stock tbody tr', { hasText: shelf.sku });
  await stock.locator('.units', { hasText: '5' }).waitFor();
  await shelf.weigh(4);
  await stock.locator('.units', { hasText: '4' }).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a count that differs from the scale is shown as a difference', async () => {
  const shelf = await scale('shelf-jeans', 'slim-jeans-black');
  await shelf.weigh(4);
  const { context } = await profile();
  const page = await context.newPage();
  await signIn(page, ownerToken);
  await page.goto('/console/#/stock');
  await page.getByRole('button', { name: `Enter a count of ${shelf.sku} at harbour-street` }).click();
  await page.getByRole('dialog').getByLabel('Pieces counted').fill('7');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const row = page.locator('.stock tbody tr', { hasText: shelf.sku });
  await row.getByText(/differ by 3/).waitFor();
  await eventually(() => row.locator('.sources').innerText(), /Scale[\s\S]*4/);
  await context.close();
});

test('a device registered at the console speaks with its secret, turns its key, and is revoked', async () => {
  const { context, problems } = await profile();
  const page = await context.newPage();
  await signIn(page, ownerToken);
  await page.goto('/console/#/add');
  await page.locator('#kind').selectOption('cold-chain');
  await page.locator('#id').fill('cold-flowers');
  await page.locator('#site').fill('harbour-street');
  await page.locator('#maxCelsius').fill('6');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await page.getByText('cold-flowers is registered.').waitFor();
  await eventually(() => page.locator('console-secret code').innerText(), /^whsec_/);
  await page.getByRole('link', { name: 'Look at cold-flowers' }).click();
  await page.getByText('It has not sent anything yet.').waitFor();
  await page.getByRole('button', { name: 'Make the next key' }).click();
  await page.locator('console-secret code').waitFor();
  await page.getByText('Two keys hold').waitFor();
  await page.locator('#desired').fill('{ "reportSeconds": 30 }');
  await page.locator('console-twin').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  assert.deepEqual((await call('GET', 'devices/cold-flowers/twin')).desired, { reportSeconds: 30 });
  await page.getByRole('button', { name: 'Revoke cold-flowers' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.locator('.device-line .state[data-state="revoked"]').waitFor();
  await page.goto('/console/#/audit');
  await page.getByText('Registered a device').first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('a token made at the console lets somebody in, until it is withdrawn', async () => {
  const { context } = await profile();
  const page = await context.newPage();
  await signIn(page, ownerToken);
  await page.goto('/console/#/access');
  await page.locator('#token-label').fill('Back office');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const made = await page.locator('console-secret code').innerText();
  const other = await profile();
  const guest = await other.context.newPage();
  await signIn(guest, made);
  await eventually(() => guest.locator('.who').innerText(), 'Viewer');
  await page.getByRole('button', { name: 'Withdraw Back office' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await guest.getByText('The token no longer holds').waitFor();
  await other.context.close();
  await context.close();
});
