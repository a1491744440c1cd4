/** Forecasts of a small shop as the worker would show them: with weekends, a slow mover, a product without a forecast. */

const day = 86_400_000;
const today = () => Math.floor(Date.now() / day) * day;
const date = (back) => new Date(today() - back * day).toISOString().slice(0, 10);
const levels = [0.05, 0.25, 0.5, 0.75, 0.95];
const widths = [-1.645, -0.674, 0, 0.674, 1.645];

/** Units of a day: the same for the same day. */
function sold(rate, weekend, back) {
  const week = [0, 6].includes(new Date(today() - back * day).getUTCDay()) ? weekend : 1;
  const wave = Math.sin(back * 12.9898) * 43_758.5453;
  return Math.max(0, Math.round(rate * week * (0.7 + 0.6 * (wave - Math.floor(wave)))));
}

function place({ sku, site, rate, weekend = 1.6, days = 400, units, source = 'orders', peak, change, slow = false }) {
  const dates = Array.from({ length: 28 }, (_, at) => date(-at));
  const mean = dates.map((_, at) => {
    const week = [0, 6].includes(new Date(today() + at * day).getUTCDay()) ? weekend : 1;
    return rate * week * (peak && at === 11 ? 2.4 : 1);
  });
  const spread = mean.map((value, at) => Math.sqrt(value) * (1 + at / 60));
  const quantiles = widths.map((width) =>
    mean.map((value, at) => Math.max(0, slow ? Math.round(value + width * spread[at]) : value + width * spread[at])),
  );
  const history = Array.from({ length: days }, (_, at) =>
    slow ? Number(sold(1, 1, days - at) > 0 && (days - at) % 9 === 2) : sold(rate, weekend, days - at),
  );
  const shares = slow
    ? { level: 1, trend: 0, season: 0, event: 0 }
    : { level: 0.78, trend: 0.03, season: 0.17, event: peak ? 0.02 : 0 };
  return {
    sku,
    site,
    source,
    units,
    computedAt: new Date(today() + 120_000).toISOString(),
    historyHash: 'f'.repeat(64),
    history: { from: date(days), units: history, outOfStock: slow ? [] : [date(31), date(30)] },
    forecast: {
      every: 'day',
      model: slow
        ? '0.61 tsb(0.10, 0.05) + 0.39 imapa(8 levels)'
        : '0.44 mstl(7)+ets(A,N,N) + 0.31 ets(M,N,A) + 0.25 theta(multiplicative season)',
      dates,
      mean,
      levels,
      quantiles,
      parts: { shares },
      validation: { origins: 8, horizon: 28, absoluteError: rate * 0.21, scaledError: slow ? 1.02 : 0.74, bias: 0 },
      notes: { missing: 0, outOfStock: slow ? 0 : 2, outliers: slow ? 0 : 1 },
      peaks: peak
        ? [
            {
              date: dates[11],
              from: dates[11],
              until: dates[11],
              expected: mean[11],
              usual: mean[11] / 2.4,
              times: 2.4,
              probability: 0.97,
            },
          ]
        : [],
      changes: change ? [{ date: date(40), before: rate * 0.6, after: rate, chance: 1e-7 }] : [],
    },
  };
}

/** What the stock of such a place comes to. */
function riskOf({ units, forecast }, leadTime) {
  if (units === undefined || !forecast) return undefined;
  let total = 0;
  const runOut = forecast.mean.map((mean) => {
    total += mean;
    return 1 / (1 + Math.exp((1.7 * (units - total)) / Math.sqrt(total * 1.6)));
  });
  const need = forecast.mean.slice(0, leadTime).reduce((sum, mean) => sum + mean, 0);
  const point = need + 1.645 * Math.sqrt(need);
  const upTo = point + forecast.mean[leadTime];
  const out = runOut.findIndex((risk) => risk > 0.5);
  return {
    units,
    dates: forecast.dates,
    runOut,
    ...(out >= 0 && { outBy: forecast.dates[out] }),
    reorder: {
      point,
      upTo,
      position: units,
      quantity: units <= point ? Math.ceil(upTo - units) : 0,
      leadTime,
      review: 1,
      service: 0.95,
      pack: 1,
    },
  };
}

/** The shop's forecasts. */
export function shopForecasts() {
  const places = [
    place({ sku: 'denim-jacket-light-blue', site: 'harbour-street', rate: 4, units: 7, peak: true, change: true }),
    place({ sku: 'quarter-zip-grey', site: 'harbour-street', rate: 1.2, units: 2, source: 'scales', days: 90 }),
    place({ sku: 'quarter-zip-grey', site: 'warehouse', rate: 2.1, units: 31 }),
    place({ sku: 'slim-jeans-dark-blue', site: 'warehouse', rate: 3.4, units: 58 }),
    place({ sku: 'tee-white', site: 'warehouse', rate: 12, units: 0, weekend: 1.3 }),
    place({ sku: 'oxford-white', site: 'harbour-street', rate: 0.11, weekend: 1, slow: true }),
  ];
  const bare = { sku: 'sun-arch-tee', site: 'warehouse', computedAt: new Date(today() + 120_000).toISOString() };
  const problem = '3 known values are needed at least, and there are only 2';
  places.push({
    ...bare,
    source: 'orders',
    historyHash: '0',
    history: { from: date(2), units: [1, 0], outOfStock: [] },
    problem,
  });
  const peaks = places.flatMap(({ sku, site, forecast }) =>
    (forecast?.peaks ?? []).map((peak) => ({ sku, site, ...peak })),
  );
  const trends = [
    {
      sku: 'denim-jacket-light-blue',
      site: 'harbour-street',
      kind: 'taking-off',
      since: date(28),
      before: 2.4,
      after: 4,
      times: 1.67,
      chance: 2e-6,
    },
    {
      sku: 'slim-jeans-dark-blue',
      site: 'warehouse',
      kind: 'fallen',
      since: date(44),
      before: 5.2,
      after: 3.4,
      times: 0.65,
      chance: 4e-5,
    },
  ];
  return { places, peaks, trends };
}

/** The calls that are about them. */
export function forecastAnswers(shop, json) {
  const leadTime = (query) => Number(query.get('leadTime') ?? 7);
  const entry = (place, days) => ({
    sku: place.sku,
    site: place.site,
    source: place.source,
    computedAt: place.computedAt,
    sold: (place.history?.units ?? []).slice(-28).reduce((sum, units) => sum + units, 0),
    ...(place.forecast && {
      model: place.forecast.model,
      absoluteError: place.forecast.validation.absoluteError,
      scaledError: place.forecast.validation.scaledError,
      expected: place.forecast.mean.reduce((sum, mean) => sum + mean, 0),
    }),
    ...(riskOf(place, days) && { stock: riskOf(place, days) }),
    ...(place.problem && { problem: place.problem }),
  });
  const of = (sku) => shop.forecasts.places.filter((place) => place.sku === sku);
  return [
    [
      'GET',
      /^forecasts$/,
      (_, __, query) => json(200, { items: shop.forecasts.places.map((place) => entry(place, leadTime(query))) }),
    ],
    ['GET', /^forecasts\/peaks$/, () => json(200, { items: shop.forecasts.peaks })],
    ['GET', /^forecasts\/trends$/, () => json(200, { items: shop.forecasts.trends })],
    ['GET', /^forecasts\/([^/]+)$/, ([sku]) => json(200, { items: of(sku).map(({ units: _, ...place }) => place) })],
    [
      'GET',
      /^stock\/([^/]+)\/outlook$/,
      ([sku], _, query) =>
        json(200, {
          items: of(sku).flatMap((place) => {
            const risk = riskOf(place, leadTime(query));
            return risk ? [{ sku, site: place.site, computedAt: place.computedAt, ...risk }] : [];
          }),
        }),
    ],
  ];
}
