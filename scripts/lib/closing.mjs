/** The closing lines of test runners: what they counted, to be repeated where a long log ends. */
import { stripVTControlCharacters } from 'node:util';

const closings = [
  /^\s*Summary \[.*tests? run:/, // cargo-nextest
  /^test result: /, // cargo test
  /^\s*Test Files\s+\d/, // vitest
  /^\s*Tests\s+\d/, // vitest
  /^\s*Tests\s+no tests/, // vitest
  /^[#ℹ] (tests|pass|fail|skipped) \d+$/, // node --test
];

/** The lines of a log that say how many tests ran and how they went. */
export const closingLines = (log) =>
  stripVTControlCharacters(log)
    .split('\n')
    .filter((line) => closings.some((closing) => closing.test(line)))
    .map((line) => line.trim());
