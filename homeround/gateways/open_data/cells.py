"""What a cell says, believed or not. Everything here raises BadRow with a sentence that names the column."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from homeround.gateways.open_data.refused import BadRow
from homeround.gateways.open_data.sheets import Cells

LONGEST_NAME: Final = 200
LONGEST_ADDRESS: Final = 300
LONGEST_AUTHORITY: Final = 80
LONGEST_PHONE: Final = 30
_LONGEST_CODE: Final = 20
_LONGEST_POSTCODE: Final = 8
_EARLIEST_YEAR: Final = 1850
_LATEST_YEAR: Final = 2150
_SHOWN: Final = 40

_HOSTILE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing round so that a text reads as another."""
_NUMBER: Final = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]*")
_DATES: Final = (
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?)?"),
)
_SHORT_DATE: Final = re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Za-z]{3})[- ](?P<year>\d{4}|\d{2})")
"""As a spreadsheet writes it: 01-Nov-13. Two figures mean this century up to 69."""
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_OF_THIS_CENTURY: Final = 69


def refuse_hostile(cells: Cells) -> None:
    """Refuse a row that holds a control or direction-changing character anywhere."""
    found = _HOSTILE.search("\n".join(cells))
    if found:
        raise BadRow(f"holds the character U+{ord(found[0]):04X}, which no register writes")


def text(cell: str, heading: str, longest: int) -> str:
    """A text on one line, perhaps empty."""
    words = " ".join(cell.split())
    if len(words) > longest:
        raise BadRow(f"'{heading}' is longer than {longest} letters")
    return words


def name(cell: str, heading: str) -> str:
    """A body's name, which must be there."""
    words = text(cell, heading, LONGEST_NAME)
    if not words:
        raise BadRow(f"'{heading}' is blank")
    return words


def code(cell: str, heading: str, longest: int = _LONGEST_CODE) -> str:
    """A register's code, in capitals, which must be there."""
    found = optional_code(cell, heading, longest)
    if not found:
        raise BadRow(f"'{heading}' is blank")
    return found


def optional_code(cell: str, heading: str, longest: int = _LONGEST_CODE) -> str:
    """A register's code, in capitals, or nothing."""
    found = cell.strip().upper()
    if found in ("", "-"):
        return ""
    if len(found) > longest or not _CODE.fullmatch(found):
        raise BadRow(f"'{heading}' reads '{_shown(cell)}', which is not a code")
    return found


def day(cell: str, heading: str) -> date | None:
    """A day, or nothing. Registers write 20240131, 31/01/2024 or 2024-01-31; programs that saved a file anew may write
    2024-01-31T00:00:00.000Z or 31-Jan-24.
    """
    written = cell.strip()
    if not written:
        return None
    on = _day(written)
    if on is None:
        raise BadRow(f"'{heading}' reads '{_shown(cell)}', which is not a day")
    return on


def first_day(cell: str, heading: str) -> date:
    """A day that must be there."""
    on = day(cell, heading)
    if on is None:
        raise BadRow(f"'{heading}' is blank")
    return on


@lru_cache(maxsize=20_000)
def _day(written: str) -> date | None:
    for pattern in _DATES:
        found = pattern.fullmatch(written)
        if found:
            try:
                on = date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
            return on if _EARLIEST_YEAR <= on.year <= _LATEST_YEAR else None
    short = _SHORT_DATE.fullmatch(written)
    return _short_day(short) if short else None


def _short_day(found: re.Match[str]) -> date | None:
    year = int(found["year"])
    if len(found["year"]) == len("24"):
        year += 2000 if year <= _LAST_OF_THIS_CENTURY else 1900
    month = found["month"].casefold()
    try:
        return date(year, _MONTHS.index(month) + 1, int(found["day"]))
    except ValueError:
        return None


def in_order(opened_on: date, closed_on: date | None) -> None:
    """Refuse an end before its beginning."""
    if closed_on and closed_on < opened_on:
        raise BadRow(f"ends on {closed_on} before it begins on {opened_on}")


def postcode(cell: str, heading: str) -> str:
    """A postcode in capitals with one space, or nothing."""
    squeezed = "".join(cell.split()).upper()
    written = f"{squeezed[:-3]} {squeezed[-3:]}" if len(squeezed) > 3 else squeezed
    if len(written) > _LONGEST_POSTCODE:
        raise BadRow(f"'{heading}' reads '{_shown(cell)}', which is not a postcode")
    return written


def number(cell: str, heading: str, most: int) -> int | None:
    """A whole number from 0, or nothing; 28.0, as other programs write 28, is one."""
    written = cell.strip().replace(",", "")
    if not written:
        return None
    found = _NUMBER.fullmatch(written)
    if found is None or int(found[1]) > most:
        raise BadRow(f"'{heading}' reads '{_shown(cell)}', which is not a number from 0 to {most:,}")
    return int(found[1])


def yes(cell: str, heading: str) -> bool | None:
    """Y or N, or nothing."""
    written = cell.strip().upper()
    if written not in ("Y", "N", "YES", "NO", ""):
        raise BadRow(f"'{heading}' reads '{_shown(cell)}' instead of Y or N")
    return written.startswith("Y") if written else None


def _shown(cell: str) -> str:
    """A cell for a sentence: short, and without the characters that make a sentence lie."""
    short = " ".join(_HOSTILE.sub("?", cell).split())
    return short if len(short) <= _SHOWN else f"{short[:_SHOWN]}…"
