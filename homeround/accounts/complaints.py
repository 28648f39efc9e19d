"""What people say is wrong, for the administrators: never who is named in it (H62).

What signed-in people say comes first and one by one, page by page; what comes without a name is grouped by the page it
was said on, so that a flood of it hides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F

from homeround.accounts.models import SomethingWrong
from homeround.accounts.queries import as_viewer
from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.kernel.refusals import NotAllowed

A_PAGE: Final = 20
SHOWN_OF_A_GROUP: Final = 5
MOST_WITHOUT_A_NAME: Final = 500
"""Of those not seen yet, the newest that are looked at and counted."""


@dataclass(frozen=True)
class WrongSaid:
    """One thing that somebody said."""

    ref: str
    said_at: datetime
    said_by: str
    words: str
    page: str
    reference: str
    seen_at: datetime | None


@dataclass(frozen=True)
class Group:
    """What was said on one page without a name and not seen yet: how often, the newest of it first.

    `is_cut`: there are more than were counted.
    """

    page: str
    count: int
    said: tuple[WrongSaid, ...]
    is_cut: bool

    @property
    def newest(self) -> WrongSaid:
        """What was said last: seeing it with all before it settles the group."""
        return self.said[0]


@dataclass(frozen=True)
class Complaints:
    """One page of what was said: by signed-in people, and in groups what came without a name."""

    said: tuple[WrongSaid, ...]
    number: int
    has_more: bool
    groups: tuple[Group, ...]


def what_is_wrong(*, by: Viewer, number: int = 1) -> Complaints:
    """Not yet seen first, then newest; page `number` (from 1) of what signed-in people said. Two statements.

    Raises NotAllowed to all but administrators.
    """
    if not by.may(Right.INSTALLATION):
        raise NotAllowed("The administrators of this installation see to this.")
    named = SomethingWrong.objects.exclude(said_by=None).select_related("said_by__user", "said_by__body")
    named = named.order_by(F("seen_at").asc(nulls_first=True), "-said_at", "-pk")
    first = (max(number, 1) - 1) * A_PAGE
    rows = list(named[first : first + A_PAGE + 1])
    unnamed = SomethingWrong.objects.filter(said_by=None, seen_at=None).order_by("-said_at", "-pk")
    return Complaints(
        said=tuple(_said(row) for row in rows[:A_PAGE]),
        number=max(number, 1),
        has_more=len(rows) > A_PAGE,
        groups=_groups(list(unnamed[: MOST_WITHOUT_A_NAME + 1])),
    )


def _groups(rows: list[SomethingWrong]) -> tuple[Group, ...]:
    by_page: dict[str, list[SomethingWrong]] = {}
    for row in rows[:MOST_WITHOUT_A_NAME]:
        by_page.setdefault(row.page, []).append(row)
    is_cut = len(rows) > MOST_WITHOUT_A_NAME
    return tuple(
        Group(page, len(of_page), tuple(_said(row) for row in of_page[:SHOWN_OF_A_GROUP]), is_cut)
        for page, of_page in by_page.items()
    )


def _said(row: SomethingWrong) -> WrongSaid:
    by = "somebody signed out" if row.said_by is None else as_viewer(row.said_by).shown
    return WrongSaid(row.ref, row.said_at, by, row.words, row.page, row.reference, row.seen_at)
