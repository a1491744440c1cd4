-- Forecasts: which demand changed, and what was computed from it.

-- Products at sites of which orders speak, with a count that grows with every order that does.
CREATE TABLE demand_places(
  sku TEXT NOT NULL,
  site TEXT NOT NULL,
  changed INTEGER NOT NULL,
  PRIMARY KEY(sku, site)
) STRICT, WITHOUT ROWID;

INSERT INTO demand_places(sku, site, changed) SELECT DISTINCT sku, site, 1 FROM order_lines;

CREATE TABLE forecasts(
  sku TEXT NOT NULL,
  site TEXT NOT NULL,
  seen INTEGER NOT NULL, -- demand_places.changed when the history was read; 0 where no order speaks of the place
  through INTEGER NOT NULL, -- the last day of the history, counted from 1970-01-01
  computed INTEGER NOT NULL, -- milliseconds
  hash TEXT NOT NULL, -- SHA-256 of the history, hexadecimal
  entry TEXT NOT NULL, -- what the list shows of it beside stock
  outlook TEXT, -- the distributions ahead; NULL where there is no forecast
  recent TEXT, -- the last 112 days of the clean history; NULL where there are fewer
  peaks TEXT NOT NULL, -- peaks ahead, an array
  changes TEXT NOT NULL, -- changes of level, an array
  body TEXT NOT NULL, -- the forecast as it is shown
  PRIMARY KEY(sku, site)
) STRICT, WITHOUT ROWID;

-- Trends of the whole shop, the surest first, as they are shown.
CREATE TABLE trends(
  rank INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;
