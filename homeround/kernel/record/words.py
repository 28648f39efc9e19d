"""Text that somebody typed: how it is kept, and what is wrong with it, in a sentence for the person.

Characters that nobody can see come with text copied from other programs. They are dropped, or turned into what they
mean (a line break, a blank), because nobody could find them to delete them. What changes the meaning and cannot be
mended is refused and its place is named: control characters, and marks inside a text that turn the order of reading
round (trust.md). Kept text is in Unicode's composed form (NFC), so that equal names are equal. Every action does this
to everything it is given (`tidied`), whoever calls.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from homeround.kernel.refusals import Invalid

LONGEST: Final = 20_000
"""Characters of one text that any action takes; what a field keeps at most is less, and said by its own rule."""

_MEANT: Final = {
    ord(character): meant
    for meant, characters in {
        "\n": "\x0b\x0c\x85\u2028\u2029",  # vertical tab, form feed, next line, line and paragraph separators
        " ": "\u3164\uffa0\u2800",  # Hangul fillers and the Braille blank: as wide as a letter, and empty
    }.items()
    for character in characters
}
_DROPPED: Final = dict.fromkeys(
    [
        *map(ord, "\x00\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\ufeff"),
        *range(0x2060, 0x2065),  # word joiner and operators that nobody sees
        *range(0x206A, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE1000),  # tags
    ]
)
_BLANK: Final = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LATIN: Final = "\x00-\u024f"
_JOINER: Final = re.compile(f"(?<=[{_LATIN}])[\u200c\u200d]+|[\u200c\u200d]+(?=[{_LATIN}])")
"""Joiners mean something between letters of Persian or Hindi and in some signs, and nothing beside a Latin letter."""
_TURNING: Final = "\u202a-\u202e\u2066-\u2069"
_EDGES: Final = re.compile(f"^[\\s\u200c\u200d{_TURNING}]+|[\\s\u200c\u200d{_TURNING}]+$")
_REFUSED: Final = re.compile(f"[\x01-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff{_TURNING}]")
_NOT_WRITABLE: Final = re.compile("[\x00\ud800-\udfff]")
_TURNS: Final = re.compile(f"[{_TURNING}]")
_WORDS_BEFORE: Final = re.compile(r"\S+(?:[^\S\n]+\S+){0,2}\s*$")
_SHOWN_BEFORE: Final = 40
_SEEN: Final = frozenset("LNPS")
"""The kinds of character that show by themselves: letters, numbers, punctuation, symbols (Unicode's categories)."""


def tidy(text: str) -> str:
    """The text as it is kept: composed (NFC), without what nobody can see and without blanks around it.

    A text in which nothing shows is no text: it becomes empty. What must be refused stays, for `what_is_wrong` to name.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_MEANT).translate(_DROPPED)
    plain = _JOINER.sub("", _EDGES.sub("", _BLANK.sub(" ", plain)))
    plain = unicodedata.normalize("NFC", plain)
    return plain if _REFUSED.search(plain) or any(unicodedata.category(sign)[0] in _SEEN for sign in plain) else ""


def writable(text: str) -> str:
    """The same text, without what no database writes down; for a draft, which is kept as it was typed."""
    return _NOT_WRITABLE.sub("", text)


def one_line(text: str) -> str:
    """A text of one line as it is kept: `tidy`, and line breaks and tabs are blanks."""
    return re.sub(r"\s*[\n\t]\s*", " ", tidy(text))


def what_is_wrong(text: str, *, most: int, needed: str = "") -> str:
    """The sentence that says why this text cannot be kept, or nothing. `most` counts characters as they are kept.

    `needed` is the sentence for no text at all; without it the text may be empty.
    """
    kept = tidy(text)
    if not kept:
        return needed
    if len(kept) > most:
        return (
            f"This has {len(kept)} characters; at most {most} are kept. Shorten it, or write the rest as another entry."
        )
    return _what_cannot_be_kept(kept)


def _what_cannot_be_kept(kept: str) -> str:
    found = _REFUSED.search(kept)
    if found is None:
        return ""
    before = _WORDS_BEFORE.search(_REFUSED.sub("", kept[: found.start()]))
    place = f"After “{before[0].strip()[-_SHOWN_BEFORE:]}”" if before else "At the beginning"
    what = "that turns the order of reading round" if _TURNS.match(found[0]) else "that cannot be shown or kept"
    return f"{place} there is a character {what}, perhaps from another program. Delete that part and type it again."


def problems_in(**found: str) -> dict[str, str]:
    """The fields with a sentence; those without anything wrong are left out."""
    return {field: sentence for field, sentence in found.items() if sentence}


AS_GIVEN: Final = frozenset({"by", "at", "token", "for_whom", "password", "new_password"})
"""Arguments of actions that are not text to be kept."""


def tidied(given: Mapping[str, Any]) -> dict[str, Any]:
    """What an action was given, with every text in it as it is kept, also inside what is grouped (a review with its
    decision). Raises Invalid, naming the argument, for what must be refused.
    """
    problems: dict[str, str] = {}
    tidy_arguments = {
        name: value if name in AS_GIVEN else _tidied(value, name, problems) for name, value in given.items()
    }
    if problems:
        raise Invalid(**problems)
    return tidy_arguments


def _tidied(value: Any, name: str, problems: dict[str, str]) -> Any:
    if type(value) is str:  # members of an enumeration are words of ours
        kept = tidy(value)
        if problem := what_is_wrong(kept, most=LONGEST):
            problems.setdefault(name, problem)
        return kept
    if isinstance(value, list | tuple) and type(value) in {list, tuple}:
        return type(value)(_tidied(item, name, problems) for item in value)
    if isinstance(value, dict):
        return {key: _tidied(item, str(key), problems) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _tidied_fields(value, problems)
    return value


def _tidied_fields(value: Any, problems: dict[str, str]) -> Any:
    changed = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        new = _tidied(old, field.name, problems)
        if new != old:
            changed[field.name] = new
    return dataclasses.replace(value, **changed) if changed else value
