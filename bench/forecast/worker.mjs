/** One forecast of three years of daily sales in workerd, asked for over HTTP: what all of a call costs the worker. */
import { createHash, randomBytes } from 'node:crypto';
import { environmentWith } from '../../scripts/lib/environment.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { openWorker } from '../../tests/worker/lib/runtime.mjs';
import { most, userTimes } from '../things/processes.mjs';

const [warm, rounds, budget] = [30, 200, 10];
const weekdays = [0.9, 0.85, 0.9, 1.0, 1.2, 1.4, 0.75];

/** The series of the crate's example `daily`: a trend, weekdays, a yearly wave and noise. */
function sales() {
  let state = 1;
  return Array.from({ length: 1095 }, (_, at) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = (state >>> 8) / 2 ** 24 - 0.5;
    const year = 1 + 0.3 * Math.sin((at * 2 * Math.PI) / 365.25);
    const value = Math.round((80 + 0.03 * at) * weekdays[at % 7] * year * (1 + 0.4 * noise));
    return { date: new Date(Date.UTC(2023, 0, 1 + at)).toISOString().slice(0, 10), value };
  });
}

export async function measureInWorkerd(report, { build = true } = {}) {
  if (build) await run('cargo', ['xtask', 'worker'], { env: environmentWith() });
  const token = `vat_${randomBytes(32).toString('base64url')}`;
  const worker = await openWorker({ vars: { OWNER_TOKEN_SHA256: createHash('sha256').update(token).digest('hex') } });
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    /** So many calls, one after the other, with a body. */
    const calls = async (count, path, body) => {
      for (let at = 0; at < count; at += 1) {
        const answer = await fetch(worker.address + path, { method: 'POST', headers, body });
        if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
        await answer.arrayBuffer();
      }
    };
    /** User time of one of many such calls in milliseconds, once what is compiled at first is compiled. */
    const measured = async (rows) => {
      const body = JSON.stringify({ rows, horizon: 28 });
      await calls(warm, '/v1/forecasts/demand', body);
      const before = userTimes(worker.pid());
      await calls(rounds, '/v1/forecasts/demand', body);
      const spent = most(before, userTimes(worker.pid()));
      return spent === undefined ? undefined : spent / rounds;
    };
    const spent = await measured(sales());
    const name = 'three years of days in workerd, user time of a call';
    if (spent === undefined) report.note(name, 'left out: there is no /proc here');
    else {
      report.atMost(name, spent, budget, 'ms', 2);
      const least = await measured(sales().slice(0, 3));
      report.note('  of which a call with three rows takes', `${least?.toFixed(2)} ms`);
    }
  } finally {
    await worker.stop();
  }
}
