/** What the worker answers about forecasts, as far as the console shows it; `/openapi.json` has all of it. */

export interface StockRisk {
  units: number;
  dates: string[];
  /** The probability of having run out by the end of each day. */
  runOut: number[];
  outBy?: string;
  reorder: {
    point: number;
    upTo: number;
    position: number;
    quantity: number;
    leadTime: number;
    review: number;
    service: number;
    pack: number;
  };
}

export interface ForecastEntry {
  sku: string;
  site: string;
  source?: 'orders' | 'scales';
  computedAt: string;
  model?: string;
  absoluteError?: number;
  scaledError?: number;
  sold: number;
  expected?: number;
  stock?: StockRisk;
  problem?: string;
}

export interface Peak {
  date: string;
  from: string;
  until: string;
  expected: number;
  usual: number;
  times?: number;
  probability: number;
}

export interface Change {
  date: string;
  before: number;
  after: number;
  chance: number;
}

export interface Forecast {
  model: string;
  dates: string[];
  mean: number[];
  levels: number[];
  quantiles: number[][];
  parts: { shares: { level: number; trend: number; season: number; event: number } };
  validation?: { origins: number; horizon: number; absoluteError: number; scaledError?: number; bias: number };
  notes: { missing: number; outOfStock: number; outliers: number };
  peaks: Peak[];
  changes: Change[];
}

export interface PlaceForecast {
  sku: string;
  site: string;
  source?: 'orders' | 'scales';
  computedAt: string;
  historyHash: string;
  history?: { from: string; units: (number | null)[]; outOfStock: string[] };
  forecast?: Forecast;
  problem?: string;
}

export interface StockOutlook extends StockRisk {
  sku: string;
  site: string;
  computedAt: string;
}

export interface PeakAhead extends Peak {
  sku: string;
  site: string;
}

export interface Trend {
  sku: string;
  site: string;
  kind: 'taking-off' | 'risen' | 'fallen';
  since: string;
  before: number;
  after: number;
  times?: number;
  chance: number;
}
