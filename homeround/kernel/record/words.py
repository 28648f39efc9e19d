"""Text that somebody typed: what is wrong with it, in a sentence for the person. Nothing is cut, nothing is changed.

Characters that nobody can see, or that turn the order of reading round, are refused wherever text comes in (trust.md).
"""

import re
from typing import Final

UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def what_is_wrong(text: str, *, most: int, needed: str = "") -> str:
    """The sentence that says why this text cannot be kept, or nothing. `most` counts characters.

    `needed` is the sentence for no text at all; without it the text may be empty.
    """
    kept = text.strip()
    if not kept:
        return needed
    if len(kept) > most:
        return (
            f"This has {len(kept)} characters; at most {most} are kept. Shorten it, or write the rest as another entry."
        )
    if UNSEEN.search(kept):
        return "This holds characters that cannot be seen, perhaps from another program. Type it again here."
    return ""


def problems_in(**found: str) -> dict[str, str]:
    """The fields with a sentence; those without anything wrong are left out."""
    return {field: sentence for field, sentence in found.items() if sentence}
