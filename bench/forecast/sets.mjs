/** The sets: where they lie, how their tests are set apart, what is promised about them. */
import { readFileSync } from 'node:fs';

const lines = (path) => readFileSync(path, 'utf8').trimEnd().split('\n');
const numbers = (text, by) => text.split(by).map(Number);

/** `id,h,train,test` with values between spaces; `last` keeps so many points of the history. MASE is scaled by all of it. */
const competition =
  (last = Number.POSITIVE_INFINITY) =>
  (path) =>
    lines(path)
      .slice(1)
      .map((line) => {
        const [id, , train, test] = line.split(',');
        const all = numbers(train, ' ');
        return { id, train: all.slice(-last), scale: all, test: numbers(test, ' ') };
      });

/** Months side by side without names; the last twelve are the test. Series that end early are left out, and those with fewer than two demands. */
const carparts = (path) =>
  lines(path)
    .map((line, at) => [`part ${at + 1}`, line.split(',')])
    .filter(([, cells]) => cells.length === 51 && cells.every((cell) => cell !== ''))
    .map(([id, cells]) => apart(id, cells.map(Number), 12))
    .filter(({ train }) => train.filter((value) => value > 0).length >= 2);

/** Weeks side by side behind a name; the last `horizon` are the test. */
const weeks = (horizon) => (path) =>
  lines(path)
    .slice(1)
    .map((line) => {
      const [id, ...cells] = line.split(',');
      return apart(id, cells.map(Number), horizon);
    });

/** `id,…,date,value,…` in order of time; the last `horizon` are the test. */
const rows = (horizon, column) => (path) => {
  const byName = new Map();
  for (const line of lines(path).slice(1)) {
    const cells = line.split(',');
    if (!byName.has(cells[0])) byName.set(cells[0], []);
    byName.get(cells[0]).push(Number(cells[column]));
  }
  return [...byName].map(([id, values]) => apart(id, values, horizon));
};

function apart(id, values, horizon) {
  const train = values.slice(0, -horizon);
  return { id, train, scale: train, test: values.slice(-horizon) };
}

const covered = { low: 0.87, high: 0.93 };

export const sets = [
  {
    key: 'm3',
    name: 'M3 monthly',
    file: 'm3_monthly.csv',
    every: 'month',
    season: 12,
    horizon: 18,
    read: competition(),
    promised: { smape: 13.7, mase: 0.835, covered },
  },
  {
    key: 'm4-weekly',
    name: 'M4 weekly, last 200 points',
    file: 'm4_weekly.csv',
    every: 'week',
    season: 1,
    horizon: 13,
    read: competition(200),
    promised: { mase: 2.35, covered },
  },
  {
    key: 'm4-hourly',
    name: 'M4 hourly',
    file: 'm4_hourly.csv',
    every: 'hour',
    season: 24,
    horizon: 48,
    read: competition(),
    promised: { mase: 1.1, covered },
  },
  {
    key: 'carparts',
    name: 'carparts, monthly',
    file: 'carparts.csv',
    every: 'month',
    horizon: 12,
    slow: true,
    read: carparts,
    promised: { rmsse: 0.69, bias: 0.12 },
  },
  {
    key: 'middling',
    name: 'middling products, weekly',
    file: 'cj_mid2000_weekly.csv',
    every: 'week',
    horizon: 6,
    slow: true,
    read: weeks(6),
  },
  {
    key: 'pairs',
    name: 'product × store, weekly',
    file: 'cj_storeprod_weekly.csv',
    every: 'week',
    horizon: 6,
    slow: true,
    read: weeks(6),
  },
  {
    key: 'top',
    name: 'top products, weekly',
    file: 'cj_top500_weekly.csv',
    every: 'week',
    season: 1,
    horizon: 6,
    read: weeks(6),
  },
  {
    key: 'walmart',
    name: 'Walmart departments, weekly',
    file: 'walmart_sales_weekly.csv',
    every: 'week',
    season: 1,
    horizon: 8,
    read: rows(8, 4),
  },
];

/** One series per row; the heading holds dates, from the start of 1990 on. */
export function table(series, every) {
  const longest = Math.max(...series.map(({ train }) => train.length));
  const heading = Array.from({ length: longest }, (_, at) => date(every, at));
  const row = ({ id, train }) => [id, ...train, ...Array(longest - train.length).fill('')].join(',');
  return `${[['id', ...heading].join(','), ...series.map(row)].join('\n')}\n`;
}

function date(every, at) {
  if (every === 'month') return new Date(Date.UTC(1990, at, 1)).toISOString().slice(0, 10);
  const hours = every === 'week' ? 168 : 1;
  const time = new Date(Date.UTC(1990, 0, 1, at * hours)).toISOString();
  return every === 'week' ? time.slice(0, 10) : time.slice(0, 16);
}
