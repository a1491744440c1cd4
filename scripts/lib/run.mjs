/** Starting programs so that none of them outlives the script that started it. */
import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';
import { root } from './house.mjs';
import { write } from './voice.mjs';

const running = new Set();
let ending = false;

/** Ends a program together with everything it started. */
function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal); // no process group of that name: it has ended, or the platform has none
  }
}

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    for (const child of running) end(child, 'SIGTERM');
    const leave = () => process.exit(code);
    if (running.size === 0) leave();
    setInterval(() => running.size === 0 && leave(), 20);
    setTimeout(leave, 4000);
  });
}
process.on('exit', () => {
  for (const child of running) end(child, 'SIGKILL');
});

/**
 * Starts a program in a process group of its own.
 * @param {string} program
 * @param {string[]} words its arguments
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(program, words, options = {}) {
  const child = spawn(program, words, {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  if (child.pid !== undefined) {
    running.add(child);
    child.on('exit', () => running.delete(child));
  }
  return child;
}

/** Ends a started program together with everything it started, and waits until it has ended. */
export function stop(child) {
  if (!running.has(child)) return Promise.resolve();
  return new Promise((resolve) => {
    child.on('exit', () => resolve());
    end(child, 'SIGTERM');
    setTimeout(() => running.has(child) && end(child, 'SIGKILL'), 4000).unref();
  });
}

/** How a program ended; never settles where a signal is ending this script, which then has nothing left to say. */
export const endOf = (child) =>
  new Promise((resolve) => {
    child.on('error', (error) => resolve({ how: `did not start: ${error.message}` }));
    child.on('close', (code, signal) => ending || resolve({ code, how: `ended with ${signal ?? code}` }));
  });

/**
 * Runs a program to its end, its output going to the terminal, and gives that output.
 * @param {string} program
 * @param {string[]} words its arguments
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, seconds?: number [options]
 *   `quiet` keeps the output from the terminal unless the program fails; `seconds` ends it after that time.
 * @returns {Promise<{ printed: string, said: string }>} standard output alone, and with standard error as it came
 */
export async function run(program, words, { env = process.env, cwd = root, seconds, quiet = false } = {}) {
  const child = start(program, words, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = [];
  const said = [];
  child.stdout?.on('data', (bytes) => printed.push(bytes));
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from?.on('data', (bytes) => {
      said.push(bytes);
      if (!quiet) write(bytes, to);
    });
  }
  let late = false;
  const outOfTime = () => {
    late = true;
    end(child, 'SIGTERM');
  };
  const timer = seconds && setTimeout(outOfTime, seconds * 1000);
  const { code, how } = await endOf(child);
  clearTimeout(timer);

  const text = Buffer.concat(said).toString();
  if (code === 0) return { printed: Buffer.concat(printed).toString(), said: text };
  if (quiet) write(text, process.stderr);
  const line = [program.replace(root, ''), ...words.slice(0, 6)].join(' ');
  const failure = new Failure(`\`${line}\` ${late ? `took more than ${seconds} s` : how}`);
  throw Object.assign(failure, { said: text });
}

/** What a program prints, or `undefined` where it is not there or fails; for asking, not for doing. */
export async function ask(program, words, options = {}) {
  return new Promise((resolve) => {
    const child = start(program, words, { ...options, stdio: ['pipe', 'pipe', 'ignore'] });
    const said = [];
    child.stdout?.on('data', (bytes) => said.push(bytes));
    child.stdin?.on('error', () => {}); // it may end without reading
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(said).toString().trim() : undefined));
    child.stdin?.end(options.input ?? '');
  });
}
