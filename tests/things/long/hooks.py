"""Lets schemathesis write JSON Lines, which it does not know by itself: the text goes as it was made."""

import schemathesis

schemathesis.serializer.alias("application/jsonl", "text/plain")
