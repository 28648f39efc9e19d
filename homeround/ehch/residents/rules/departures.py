"""What a departure closes, and what stays owed after it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from homeround.ehch.residents.words import DepartureKind
from homeround.kernel.calendar.times import shown, shown_date

GONE_SHOWN: Final = timedelta(days=14)
"""How long the home's first page shows that somebody died or left, once it is written down [I] (H32)."""

_WENT: Final[Mapping[str, str]] = {
    DepartureKind.DIED: "they died",
    DepartureKind.MOVED_HOME: "they moved to another home",
    DepartureKind.LEFT: "they left",
    DepartureKind.NOT_COMING: "it was called off that they come",
}

CLOSED_BY_DEPARTURE: Final[Mapping[str, bool | Mapping[str, bool]]] = {
    "concern": True,
    "arrival": True,
    "ask": False,
    "dispute": False,
    "follow_up": {"died": True, "left": True, "moved_home": False, "not_coming": True},
    "co_option": True,
    "put_forward": True,
    "hospital": True,
}
"""What a departure closes: True for always, False for never, else by how they left. Replies and disputes stay owed.

Read by `models.closing_departures`, the one SQL predicate, and by `is_open`, which says the same of one row.
"""


def closes(what: str, departure: str, *, from_there: bool = True) -> bool:
    """Whether a departure of this kind closes open work of this kind. Raises KeyError for work the table does not
    know.

    `from_there`: they left the home that the work belongs to. Leaving another home closes nothing here; a death closes
    it wherever they died.
    """
    rule = CLOSED_BY_DEPARTURE[what]
    closing = rule if isinstance(rule, bool) else rule[departure]
    return closing and (from_there or departure == DepartureKind.DIED)


def kinds_that_close(what: str) -> tuple[DepartureKind, ...]:
    """The kinds of departure that close open work of this kind; empty when none does."""
    return tuple(kind for kind in DepartureKind if closes(what, kind))


def is_open(
    what: str,
    began_at: datetime,
    ended_at: datetime | None,
    departure: tuple[str, datetime] | None,
    *,
    from_there: bool = True,
) -> bool:
    """Whether work that began is open: nothing ended it and no later standing departure closes its kind.

    Both instants are those of writing down: what is written about somebody after they left is open until it is dealt
    with.
    """
    if ended_at is not None:
        return False
    if departure is None:
        return True
    kind, left_at = departure
    return left_at < began_at or not closes(what, kind, from_there=from_there)


def gone_words(kind: str, left_on: date, by: str, at: datetime) -> str:
    """Why nothing can be written about somebody any more: what was written down, by whom, and who puts a mistake right
    (H32).
    """
    return (
        f"They do not live here any more. By what {by} wrote down on {shown(at)}, "
        f"{_WENT[kind]} on {shown_date(left_on)}. Nothing was changed. Is it a mistake? Tell a nurse, a senior or the "
        "manager of the home now: they take it back on the person’s page. If it is urgent, call."
    )
