-- What the shop's devices and orders gave, for reading. The truth about a device lies in its own object; rows here carry
-- the version of that truth they were made from, so that messages may come twice and in any order.

CREATE TABLE devices(
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  site TEXT NOT NULL,
  version INTEGER NOT NULL,
  revoked INTEGER NOT NULL, -- 0 or 1
  alarm INTEGER NOT NULL, -- 0 or 1
  last_seen INTEGER, -- milliseconds
  accepted INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  late INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  body TEXT NOT NULL -- the device as it is shown
) STRICT;

CREATE TABLE rollups(
  device TEXT NOT NULL,
  resolution TEXT NOT NULL, -- minute, hour, day
  metric TEXT NOT NULL,
  start INTEGER NOT NULL, -- milliseconds
  count INTEGER NOT NULL,
  sum INTEGER NOT NULL, -- thousandths of the metric's unit
  min INTEGER NOT NULL, -- thousandths of the metric's unit
  max INTEGER NOT NULL, -- thousandths of the metric's unit
  last INTEGER NOT NULL, -- thousandths of the metric's unit
  last_at INTEGER NOT NULL, -- milliseconds
  version INTEGER NOT NULL,
  PRIMARY KEY(device, resolution, metric, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_sources(
  sku TEXT NOT NULL,
  site TEXT NOT NULL,
  kind TEXT NOT NULL, -- scale, rfid
  device TEXT NOT NULL,
  units INTEGER NOT NULL,
  low INTEGER,
  high INTEGER,
  observed INTEGER NOT NULL, -- milliseconds
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY(sku, site, kind, device)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_sources_of_device ON stock_sources(device);

CREATE TABLE stocktakes(
  sku TEXT NOT NULL,
  site TEXT NOT NULL,
  units INTEGER NOT NULL,
  counted INTEGER NOT NULL, -- milliseconds
  PRIMARY KEY(sku, site)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders(
  id TEXT PRIMARY KEY,
  placed INTEGER NOT NULL, -- milliseconds
  updated INTEGER NOT NULL, -- milliseconds
  site TEXT NOT NULL,
  status TEXT NOT NULL,
  received INTEGER NOT NULL, -- milliseconds
  body TEXT NOT NULL -- the order as it is shown
) STRICT;

CREATE INDEX orders_by_time ON orders(placed DESC, id);

CREATE TABLE order_lines(
  order_id TEXT NOT NULL,
  line INTEGER NOT NULL,
  sku TEXT NOT NULL,
  site TEXT NOT NULL,
  units INTEGER NOT NULL,
  placed INTEGER NOT NULL, -- milliseconds
  status TEXT NOT NULL,
  PRIMARY KEY(order_id, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_lines_of_product ON order_lines(sku, site, placed);

CREATE TABLE tokens(
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE, -- SHA-256, hexadecimal
  role TEXT NOT NULL,
  label TEXT NOT NULL,
  created INTEGER NOT NULL, -- milliseconds
  expires INTEGER -- milliseconds
) STRICT;

CREATE TABLE storefront_keys(
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  created INTEGER NOT NULL -- milliseconds
) STRICT;

CREATE TABLE storefront_origins(
  key_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY(key_id, origin)
) STRICT, WITHOUT ROWID;

CREATE INDEX storefront_keys_of_origin ON storefront_origins(origin);

CREATE TABLE enrolments(
  hash TEXT PRIMARY KEY, -- SHA-256 of the token, hexadecimal
  device TEXT NOT NULL,
  created INTEGER NOT NULL, -- milliseconds
  expires INTEGER NOT NULL, -- milliseconds
  used INTEGER, -- milliseconds
  body TEXT NOT NULL -- what it fixes about the device
) STRICT, WITHOUT ROWID;

CREATE TABLE audit(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, -- milliseconds
  by TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  request TEXT NOT NULL
) STRICT;

CREATE TABLE dead_letters(
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL, -- milliseconds
  attempts INTEGER NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Why a message failed the last time, until it succeeds or is given up: the queue itself does not keep that.
CREATE TABLE message_failures(
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL, -- milliseconds
  reason TEXT NOT NULL
) STRICT;

-- How far a long job has come, by its name.
CREATE TABLE jobs(
  name TEXT PRIMARY KEY,
  cursor TEXT NOT NULL,
  at INTEGER NOT NULL -- milliseconds
) STRICT;
