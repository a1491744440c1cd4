"""Writes signatures.json: signatures made by the reference library of Standard Webhooks (v1) and by OpenSSL (v1a).

Run by hand: pip install standardwebhooks==1.1.0 cryptography && python signatures.py > signatures.json
"""
import base64
import hashlib
import json
from datetime import datetime, timezone

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from standardwebhooks import Webhook

BODIES = [
    '{"specversion":"1.0","id":"a","source":"/s","type":"t"}',
    '[{"id":"\u91cd\u91cf","data":{"grams":1250.5}},{"id":"\U0001f9e5"}]',
    "",
    " \n{\"a\": [1, 2.50, -3e9]}\r\n",
    "x" * 5000,
]


def random(label, count):
    """Bytes that are the same each time."""
    return hashlib.shake_256(label.encode()).digest(count)


def text(prefix, data):
    return prefix + base64.b64encode(data).decode()


vectors = []
for number, length in enumerate([24, 32, 33, 48, 63, 64]):
    for at, body in enumerate(BODIES):
        secret = text("whsec_", random(f"secret {number}", length))
        moment = datetime.fromtimestamp(1_777_881_600 + 977 * number + at, tz=timezone.utc)
        identifier = ["msg_1", "evt.with.points", "0"][at % 3]
        signature = Webhook(secret).sign(identifier, moment, body)
        vectors.append({"secret": secret, "id": identifier, "timestamp": int(moment.timestamp()), "body": body, "signature": signature})

for number in range(5):
    seed = random(f"seed {number}", 32)
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    for at, body in enumerate(BODIES):
        timestamp = 1_777_881_600 + 31 * number + at
        signature = private.sign(f"msg_{at}.{timestamp}.{body}".encode())
        vectors.append({
            "secret": text("whsk_", seed + public),
            "seed": text("whsk_", seed),
            "public": text("whpk_", public),
            "id": f"msg_{at}",
            "timestamp": timestamp,
            "body": body,
            "signature": text("v1a,", signature),
        })

print(json.dumps(vectors, indent=1, ensure_ascii=True))
