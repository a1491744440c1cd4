/** Scores of forecasts against what came, beside what was promised. */

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const differences = (values, lag) => values.slice(lag).map((value, at) => value - values[at]);

function answerOf(answers, id) {
  const answer = answers.get(id);
  if (!answer) throw new Error(`there is no forecast of ${id}`);
  return answer;
}

export function scoreSmooth(report, set, series, answers) {
  const smapes = [];
  const mases = [];
  const coverages = [];
  for (const { id, scale, test } of series) {
    const answer = answerOf(answers, id);
    const errors = test.map((value, at) => Math.abs(value - answer.mean[at]));
    smapes.push(
      mean(errors.map((error, at) => (error ? (200 * error) / (Math.abs(test[at]) + Math.abs(answer.mean[at])) : 0))),
    );
    const naive = mean(differences(scale, set.season).map(Math.abs));
    if (naive > 0) mases.push(mean(errors) / naive);
    const [low, high] = answer.quantiles;
    coverages.push(mean(test.map((value, at) => (value >= low[at] && value <= high[at] ? 1 : 0))));
  }
  const { smape, mase, covered } = set.promised ?? {};
  const line = (name, value, most, digits) =>
    most === undefined ? report.note(name, value.toFixed(digits)) : report.atMost(name, value, most, '', digits);
  line(`${set.name}: sMAPE`, mean(smapes), smape, 3);
  line(`${set.name}: MASE`, mean(mases), mase, 4);
  const share = mean(coverages);
  const name = `${set.name}: 90 % intervals cover ${share.toFixed(3)}`;
  if (covered) report.holds(name, share >= covered.low && share <= covered.high, `${covered.low} to ${covered.high}`);
  else report.note(`${set.name}: 90 % intervals cover`, share.toFixed(3));
}

/** Slow movers: squared errors, bias, pinball loss, and the randomized probability integral transform in ten parts. */
export function scoreSlow(report, set, series, answers, levels) {
  const ratios = [];
  const losses = [];
  const transforms = Array(10).fill(0);
  let excess = 0;
  let demand = 0;
  let draw = 0.5;
  for (const { id, train, test } of series) {
    const answer = answerOf(answers, id);
    const naive = mean(differences(train, 1).map((change) => change * change));
    const square = mean(test.map((value, at) => (value - answer.mean[at]) ** 2));
    if (naive > 0) ratios.push(Math.sqrt(square / naive));
    test.forEach((value, at) => {
      excess += answer.mean[at] - value;
      demand += value;
      // The quantiles below the value, and those up to it, bracket its place in the distribution.
      const less = levels.filter((_, level) => answer.quantiles[level][at] < value).length / (levels.length + 1);
      const most = (levels.filter((_, level) => answer.quantiles[level][at] <= value).length + 1) / (levels.length + 1);
      draw = (draw + 0.618033988749895) % 1; // evenly spread, the same in every run
      transforms[Math.min(9, Math.floor(10 * (less + draw * (most - less))))] += 1;
      if (naive > 0) {
        losses.push(
          mean(
            levels.map((level, row) => {
              const error = value - answer.quantiles[row][at];
              return (2 * (error >= 0 ? level * error : (level - 1) * error)) / Math.sqrt(naive);
            }),
          ),
        );
      }
    });
  }
  const bias = excess / demand;
  if (set.promised) {
    report.atMost(`${set.name}: RMSSE`, mean(ratios), set.promised.rmsse, '', 4);
    report.atMost(`${set.name}: bias, as a share of demand, without sign`, Math.abs(bias), set.promised.bias, '', 4);
  } else {
    report.note(`${set.name}: RMSSE`, mean(ratios).toFixed(4));
    report.note(`${set.name}: bias, as a share of demand`, bias.toFixed(4));
  }
  const all = transforms.reduce((sum, count) => sum + count, 0);
  report.note(`${set.name}: scaled pinball loss`, mean(losses).toFixed(4));
  report.note(
    `${set.name}: randomized transform, tenths`,
    transforms.map((count) => (count / all).toFixed(3)).join(' '),
  );
}
