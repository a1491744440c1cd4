-- What the assistant knows, and what comes of its conversations. The conversations themselves lie in their own objects.

-- One row: the version of what is known, and of which version the catalogue's parts are.
CREATE TABLE knowledge(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  version INTEGER NOT NULL, -- grows with every change of catalogue or policies
  catalogue INTEGER NOT NULL, -- the version in which the catalogue was written; 0 where there is none
  products INTEGER NOT NULL
) STRICT;

INSERT INTO knowledge(one, version, catalogue, products) VALUES (1, 0, 0, 0);

-- The catalogue as JSON Lines, in parts: a row has a longest length.
CREATE TABLE catalogue_parts(
  version INTEGER NOT NULL,
  part INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY(version, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies(
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL, -- Markdown
  updated INTEGER NOT NULL, -- milliseconds
  PRIMARY KEY(language, name)
) STRICT, WITHOUT ROWID;

-- Codes that prove an order, until somebody has told them to the order's customer or they are over.
CREATE TABLE order_codes(
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  conversation TEXT NOT NULL, -- SHA-256 of its id, hexadecimal
  code TEXT NOT NULL,
  language TEXT NOT NULL,
  created INTEGER NOT NULL, -- milliseconds
  expires INTEGER NOT NULL -- milliseconds
) STRICT;

CREATE INDEX order_codes_of_order ON order_codes(order_id, created);

CREATE TABLE returns(
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE, -- the same for the same action, however often it is confirmed
  order_id TEXT NOT NULL,
  skus TEXT NOT NULL, -- JSON, a list
  created INTEGER NOT NULL -- milliseconds
) STRICT;

CREATE INDEX returns_of_order ON returns(order_id);
CREATE INDEX returns_by_time ON returns(created DESC, id);

-- What language models cost on a day, in millionths of the currency that their prices are given in.
CREATE TABLE model_costs(
  day TEXT PRIMARY KEY,
  millionths INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A shopper writes an order's number as it comes.
CREATE INDEX orders_by_number ON orders(id COLLATE NOCASE);
