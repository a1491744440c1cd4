/** Lines of measured against promised. */

/** Collects lines; `close` prints how many fell short and gives the exit code. */
export class Report {
  #short = 0;
  #lines = 0;

  /**
   * @param {string} name
   * @param {number} value
   * @param {number} most what was promised
   * @param {string} unit
   * @param {number} [digits]
   */
  atMost(name, value, most, unit, digits = 0) {
    const met = value <= most;
    this.#line(met, name, `${value.toFixed(digits)} ${unit}`, `at most ${most} ${unit}`);
  }

  /** As `atMost`, the other way round. */
  atLeast(name, value, least, unit, digits = 0) {
    this.#line(value >= least, name, `${value.toFixed(digits)} ${unit}`, `at least ${least} ${unit}`);
  }

  /** A promise that is kept or not, without a number. */
  holds(name, met, asked) {
    this.#line(met, name, met ? 'yes' : 'no', asked);
  }

  /** Something worth knowing that nothing was promised about. */
  note(name, value) {
    console.log(`      ${name.padEnd(58)} ${value}`);
  }

  #line(met, name, value, asked) {
    this.#lines += 1;
    if (!met) this.#short += 1;
    console.log(`${met ? 'ok   ' : 'short'} ${name.padEnd(58)} ${value.padEnd(16)} ${asked}`);
  }

  close() {
    console.log(`\n${this.#lines - this.#short} of ${this.#lines} promises kept`);
    return this.#short === 0 ? 0 : 1;
  }
}
