"""The few places of a role, in the header of every page: the same order everywhere, the one somebody is at marked.

Which places there are follows from what is enforced: a place is offered to whoever has the right its page asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from homeround.accounts.rights import Extent, Kind, Reach, Right
from homeround.accounts.viewer import Viewer

Offered = Callable[[Viewer], bool]


@dataclass(frozen=True)
class Place:
    """A place of the navigation: its words, its page, to whom it is offered, and the pages that belong to it.

    `of_body`: the address holds the code of the viewer's own body.
    """

    words: str
    page: str
    offered: Offered
    of_body: bool = False
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """A place as the header shows it."""

    words: str
    href: str
    is_current: bool
    key: str = ""


def _reaches(reach: Reach, *rights: Right) -> Offered:
    return lambda viewer: viewer.reach is reach and all(viewer.may(right) for right in rights)


def _may(right: Right) -> Offered:
    return lambda viewer: viewer.may(right)


def _reads_all_at_home(viewer: Viewer) -> bool:
    return viewer.reach is Reach.HOME and viewer.capacity.extent(Kind.CLINICAL) is Extent.ALL


PLACES: Final = (
    Place("Today", "home_today", _reaches(Reach.HOME), of_body=True, pages=frozenset({"resident", "concern"})),
    Place("This week", "pcn_week", _may(Right.ROUNDS), of_body=True),
    Place("Asked of me", "asked_of_me", _reaches(Reach.TEAM)),
    Place("Awaiting your reply", "awaiting_reply", _reaches(Reach.PRACTICE), pages=frozenset({"reply"})),
    Place("Find a person", "find", lambda viewer: viewer.capacity.sees_people),
    Place("My rounds", "my_rounds", _may(Right.ROUNDS), pages=frozenset({"round", "review", "round_closing"})),
    Place("My homes", "my_homes", _may(Right.ROUNDS)),
    Place("My patients", "my_patients", _reaches(Reach.PRACTICE)),
    Place("Who needs seeing", "worklist", _reaches(Reach.HOME, Right.WORKLIST), of_body=True),
    Place("To be done", "home_follow_ups", _reaches(Reach.HOME), of_body=True),
    Place("Replies", "home_replies", _reads_all_at_home, of_body=True),
    Place("People of my homes", "my_people", _reaches(Reach.TEAM)),
    Place("Asked of me", "asked_of_me", _reaches(Reach.PCN, Right.ROUNDS)),
    Place("Our PCN", "our_pcn", _reaches(Reach.PCN), of_body=True),
    Place("Cover", "cover", _may(Right.AREA), of_body=True),
    Place("Who looked", "who_looked", _may(Right.LOOKS), pages=frozenset({"looks"})),
    Place("System", "system", _may(Right.INSTALLATION)),
    Place("Colleagues", "colleagues", _may(Right.GRANTING), pages=frozenset({"colleague", "colleague_new"})),
)
"""In the order of the header."""

KEY: Final = "/"
"""The key that leads to "find a person" from everywhere, unless somebody has switched it off."""


KEY_OFF: Final = "homeround-no-keys"
"""The cookie of a device on which single keys do nothing (WCAG 2.1.4); it holds nothing about anybody."""


def navigation(viewer: Viewer, page: str, *, with_key: bool = True) -> list[Link]:
    """The places of a viewer, with the one that `page` (the name of an address) belongs to marked."""
    return [
        Link(
            place.words,
            reverse(place.page, args=[viewer.body_code] if place.of_body else []),
            is_current=page == place.page or page in place.pages,
            key=KEY if with_key and place.page == "find" else "",
        )
        for place in PLACES
        if place.offered(viewer)
    ]
