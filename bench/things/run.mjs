/** `npm run bench -- things [--events N]`: what the worker promises to devices, beside what is found. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { main } from '../../scripts/lib/failure.mjs';
import { inHouse } from '../../scripts/lib/house.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { step } from '../../scripts/lib/steps.mjs';
import { rig, vitrine, wideLimits } from '../../tests/things/lib/rig.mjs';
import { openWorker } from '../../tests/worker/lib/runtime.mjs';
import { Report } from '../lib/report.mjs';
import { Connections, Signer } from './client.mjs';
import { most, userTimes } from './processes.mjs';

/** Requests of each worker in a round, and rounds, of the measurement of single events. */
const [inRound, rounds] = [20, 40];
const batch = 100;
/** Connections, devices and seconds of the measurement under load. */
const load = { connections: 50, devices: 50, seconds: 15 };

const token = `vat_${randomBytes(32).toString('base64url')}`;

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
const median = (times) =>
  quantile(
    [...times].sort((a, b) => a - b),
    0.5,
  );

/** The three workers, all running at once in the same workerd version. */
async function openAll() {
  const hash = createHash('sha256').update(token).digest('hex');
  const vars = { OWNER_TOKEN_SHA256: hash, LIMITS: wideLimits };
  const peer = (name) => openWorker({ bare: inHouse(`bench/things/peers/${name}/wrangler.toml`) });
  return { ours: await openWorker({ vars }), rust: await peer('rust'), typescript: await peer('typescript') };
}

/** A device of our worker. */
async function register(address, id) {
  const response = await fetch(`${address}/v1/devices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id, kind: 'scale', site: 'bench', sku: id, config: { unitGrams: 400, tareGrams: 0 } }),
  });
  if (response.status !== 201) throw new Error(`registering ${id}: ${response.status} ${await response.text()}`);
  return (await response.json()).key.secret;
}

/** The peers do not check signatures: any key will do. */
const anySecret = `whsec_${randomBytes(32).toString('base64')}`;
const signer = async (name, { address }, id) =>
  new Signer(id, name === 'ours' ? await register(address, id) : anySecret);

/** Medians in milliseconds of one event at a time, the workers taking turns, and of a batch of ours. */
async function singleEvents(workers) {
  const times = { ours: [], rust: [], typescript: [], batch: [] };
  const senders = {};
  for (const [name, worker] of Object.entries(workers)) {
    senders[name] = { connection: new Connections(worker.address, 1), signer: await signer(name, worker, 'single') };
  }
  const batches = { connection: senders.ours.connection, signer: await signer('ours', workers.ours, 'batches') };
  for (let round = -3; round < rounds; round += 1) {
    const turns = Object.keys(senders);
    // Nobody always follows the same neighbour.
    for (const name of round % 2 === 0 ? turns : turns.reverse()) {
      const { connection, signer } = senders[name];
      for (let count = 0; count < inRound; count += 1) {
        const took = await connection.send(signer.next());
        if (round >= 0) times[name].push(took);
      }
    }
    const took = await batches.connection.send(batches.signer.next(batch));
    if (round >= 0) times.batch.push(took);
  }
  for (const { connection } of Object.values(senders)) connection.close();
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

/** Many connections at once: events a second, percentiles in milliseconds, user time an event in milliseconds. */
async function underLoad(name, worker) {
  const connections = new Connections(worker.address, load.connections);
  const signers = [];
  for (let index = 0; index < load.devices; index += 1) signers.push(await signer(name, worker, `load-${index}`));
  const times = [];
  const sendUntil = (end) => {
    const one = async (signer) => {
      while (performance.now() < end) times.push(await connections.send(signer.next()));
    };
    return Promise.all(signers.map(one));
  };
  await sendUntil(performance.now() + 3000); // objects wake, connections open
  times.length = 0;
  const [before, begun] = [userTimes(worker.pid()), performance.now()];
  await sendUntil(begun + load.seconds * 1000);
  const seconds = (performance.now() - begun) / 1000;
  const user = most(before, userTimes(worker.pid()));
  connections.close();
  times.sort((a, b) => a - b);
  return {
    rate: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    user: user === undefined ? undefined : user / times.length,
  };
}

function tellLoad(report, name, { rate, p50, p99, user }) {
  const times = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  report.note(`${name}: events a second, ${load.connections} connections`, `${rate.toFixed(0)}, ${times}`);
  const told = user === undefined ? 'not told by this system' : `${user.toFixed(3)} ms`;
  report.note(`${name}: user time of workerd an event`, told);
}

async function speed(report) {
  const workers = await step('three workers', openAll);
  try {
    const { ours, rust, typescript, batch: whole } = await singleEvents(workers);
    report.note('one signed event, end to end', `${ours.toFixed(2)} ms`);
    report.note('the bare worker in Rust', `${rust.toFixed(2)} ms`);
    report.note('the bare worker in TypeScript', `${typescript.toFixed(2)} ms`);
    report.atMost('one event, against the bare worker in Rust', ours / rust, 1.5, 'times', 2);
    report.atMost('one event, against the bare worker in TypeScript', ours / typescript, 1.5, 'times', 2);
    report.atMost(`an event in a batch of ${batch}, against one alone`, whole / batch / ours, 0.15, 'times', 3);
    for (const [name, worker] of Object.entries(workers)) tellLoad(report, name, await underLoad(name, worker));
  } finally {
    for (const worker of Object.values(workers)) await worker.stop();
  }
}

async function truth(report, events) {
  const command = await step('the simulator', () => vitrine({ release: true }));
  const [devices, kills] = [100, 5];
  const words = ['--settle', '180', '--connections', '32', '--batch', '20'];
  const found = await step(`${events} events`, () =>
    rig({ command, devices, events, rate: 800, kills, seed: 7, words }),
  );
  console.log(`\n${found.verdict}\n`);
  report.atLeast('workerd killed and started again', found.kills, kills, 'times');
  report.atMost('acknowledged events that were lost', found.counts.lost, 0, 'events');
  report.atMost('events doubled', found.counts.doubled, 0, 'events');
  report.atMost('forged deliveries accepted', found.counts['falsely accepted'], 0, 'deliveries');
  report.atMost('orders or stock other than the truth', found.counts.misplaced, 0, 'findings');
  report.atMost('good events refused', found.counts.refused, 0, 'events');
  report.atMost('events never acknowledged', found.counts.undelivered, 0, 'events');
  report.holds('the verdict is clean', found.code === 0, 'exit code 0');
}

await main(async () => {
  const { values } = parseArgs({
    options: { events: { type: 'string', default: '50000' }, only: { type: 'string', default: '' } },
  });
  await step('the workers', async () => {
    await run('cargo', ['xtask', 'worker']);
    await run('cargo', ['xtask', 'worker', '--bare']);
  });
  const report = new Report();
  const module = readFileSync(inHouse('build/worker/vitrine_worker_bg.wasm'));
  report.atMost('the worker after gzip', gzipSync(module, { level: 9 }).length / 1e6, 3, 'MB', 2);
  if (values.only !== 'truth') await speed(report);
  if (values.only !== 'speed') await truth(report, Number(values.events));
  process.exitCode = report.close();
});
