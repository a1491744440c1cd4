/**
 * How soon a conversation answers in workerd: the first event, and the end of the whole answer. `measure(report)` for
 * `npm run bench -- assistant`; by itself: `node bench/assistant/worker.mjs`.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inHouse } from '../../scripts/lib/house.mjs';
import { stockShelves } from '../../tests/worker/lib/chat.mjs';
import { owner, vars } from '../../tests/worker/lib/house.mjs';
import { openWorker } from '../../tests/worker/lib/runtime.mjs';
import { Report } from '../lib/report.mjs';

/** What is promised, in milliseconds. */
const firstEvent = 50;
const [warmUp, rounds] = [10, 60];
const questions = [
  'Do you have a denim jacket?',
  'What does delivery cost?',
  '150欧元以内的蓝色夹克',
  '怎么退货？',
  'Is the Ferry Denim Jacket in stock in size M?',
];

const quantile = (times, part) => {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
};

/** Milliseconds until the first event of a turn, its first sentence, and its end. */
async function turn(address, text, conversation) {
  const begun = performance.now();
  const response = await fetch(`${address}/v1/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${owner}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: randomBytes(8).toString('hex'), text, conversation }),
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  let heard = '';
  const times = {};
  for await (const piece of response.body) {
    heard += Buffer.from(piece).toString();
    times.first ??= performance.now() - begun;
    if (heard.includes('event: sentence')) times.sentence ??= performance.now() - begun;
  }
  times.end = performance.now() - begun;
  if (!heard.includes('event: done')) throw new Error(heard);
  return { ...times, conversation: /"conversation":"(chat_[\w-]+)"/.exec(heard)?.[1] };
}

/** Measures, and adds its lines to a report. */
export async function measure(report) {
  const limits = { chatPerMinute: 100_000, chatBurst: 100_000, chatsPerMinute: 100_000, chatsBurst: 100_000 };
  const worker = await openWorker({ vars: { ...vars, LIMITS: JSON.stringify(limits) } });
  try {
    await stockShelves(worker);
    const cold = await turn(worker.address, questions[0]);
    const [fresh, going] = [[], []];
    for (let round = -warmUp; round < rounds; round += 1) {
      const begun = await turn(worker.address, questions[Math.abs(round) % questions.length]);
      const next = await turn(worker.address, questions[Math.abs(round + 1) % questions.length], begun.conversation);
      if (round < 0) continue;
      fresh.push(begun);
      going.push(next);
    }
    const products = readFileSync(inHouse('demo/catalogue.jsonl'), 'utf8').trim().split('\n').length;
    report.note('products and policies known', `${products} and 8`);
    report.note('the very first answer, index built for it', `${cold.end.toFixed(1)} ms`);
    for (const [name, turns] of [
      ['a new conversation', fresh],
      ['a conversation that goes on', going],
    ]) {
      const of = (what, part) =>
        quantile(
          turns.map((turn) => turn[what]),
          part,
        );
      report.atMost(`first event of ${name}, median`, of('first', 0.5), firstEvent, 'ms', 1);
      report.atMost(`first event of ${name}, 95 of 100`, of('first', 0.95), firstEvent, 'ms', 1);
      report.note(`first sentence of ${name}, median`, `${of('sentence', 0.5).toFixed(1)} ms`);
      report.note(`whole answer of ${name}, median`, `${of('end', 0.5).toFixed(1)} ms`);
    }
  } finally {
    await worker.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const report = new Report();
  await measure(report);
  process.exit(report.close());
}
