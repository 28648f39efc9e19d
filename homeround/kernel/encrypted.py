"""Short secrets that the database keeps and may not show: encrypted under a key that is not in it.

The key is made from HOMEROUND_SECRET_KEY, one for each purpose. Whoever changes that variable makes what was encrypted
unreadable: `decrypted` then gives None, and whoever asks says what to do (docs/guide/operating.md). ASVS 2.8.2.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def encrypted(text: str, *, purpose: str) -> str:
    """The text for the database. `purpose` keeps what is encrypted for one thing from being taken for another."""
    return _key(settings.SECRET_KEY, purpose).encrypt(text.encode()).decode("ascii")


def decrypted(text: str, *, purpose: str) -> str | None:
    """The text again; None when it was encrypted under another key, for another purpose, or changed."""
    try:
        return _key(settings.SECRET_KEY, purpose).decrypt(text.encode("utf-8")).decode()
    except (InvalidToken, ValueError):
        return None


@lru_cache(maxsize=16)
def _key(secret: str, purpose: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=b"homeround", info=purpose.encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(made))
