"""The public reference of whatever has a page: in addresses, prints and exports; never a key, never used twice.

16 random characters (80 bits) of Crockford's base32, which leaves out I, L, O and U so that it can be read aloud.
"""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
REF: Final = r"[0-9A-HJKMNP-TV-Z]{16}"
"""The pattern of a ref, without anchors, for URL converters and constraints."""


def new_ref() -> str:
    """A fresh reference. It says nothing about the row it names."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
