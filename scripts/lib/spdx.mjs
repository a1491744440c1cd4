/** Licence expressions (SPDX): whether one can be met with an allowed licence. */

/**
 * @param {string} expression such as `(MIT OR Apache-2.0) AND Unicode-3.0`
 * @param {ReadonlySet<string>} allowed licences, and `NAME WITH EXCEPTION` as one name
 * @returns {boolean} `false` too where the expression cannot be read
 */
export function isAllowed(expression, allowed) {
  // Old manifests write "MIT/Apache-2.0" for a choice.
  const words = expression.replaceAll('/', ' OR ').match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;

  function licence() {
    if (words[next] === '(') {
      next += 1;
      const met = choice();
      if (words[next] !== ')') return false;
      next += 1;
      return met;
    }
    let name = words[next++] ?? '';
    if (words[next] === 'WITH') {
      name = `${name} WITH ${words[next + 1]}`;
      next += 2;
    }
    return allowed.has(name);
  }
  function both() {
    let met = licence();
    while (words[next] === 'AND') {
      next += 1;
      met = licence() && met;
    }
    return met;
  }
  function choice() {
    let met = both();
    while (words[next] === 'OR') {
      next += 1;
      met = both() || met;
    }
    return met;
  }

  const met = choice();
  return met && next === words.length;
}
