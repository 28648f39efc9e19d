"""Who has looked at somebody's record, by name and capacity; reading it is logged as well (H57)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from homeround.accounts.models import Membership
from homeround.accounts.queries import as_viewer
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.models import AlignmentStart, MdtPlace
from homeround.ehch.residents.access import LooksInSight, reviewed_by, sees_own_only
from homeround.ehch.residents.models import CoOption, RegistrationStart
from homeround.ehch.residents.queries.identity import identities
from homeround.ehch.residents.rules import LOOKS_GO_BACK
from homeround.ehch.residents.words import WAYS_SEEN
from homeround.kernel.audit.looks import seen
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.audit.opened import Opened, opened_lately
from homeround.kernel.calendar.times import london_date, start_of_day

LATELY: Final = timedelta(days=28)

MOST: Final = 200
"""People on the list of an organisation; the ones before are found by name."""


@dataclass(frozen=True)
class LookLine:
    """One look: when, by whom in which capacity, in which way, on which page, by which relationship."""

    at: datetime
    who: str
    way: str
    page: str
    ground: str


@dataclass(frozen=True)
class WhoLooked:
    """Everybody who looked at one person, the newest first. The person is named, and nothing else about them."""

    name: str
    since: datetime
    lines: tuple[LookLine, ...]


@dataclass(frozen=True)
class LookedAt:
    """Somebody of the organisation who was looked at lately: name only, how often, by how many people.

    `refused`: how often a page about them was asked for and not shown.
    """

    ref: str
    name: str
    pages: int
    refused: int
    people: int
    last: datetime


@dataclass(frozen=True)
class LookedAtLately:
    """The people who were looked at lately, the last first: `people` the first `MOST` of them, `count` of all.

    `own_only`: counted is only what members of the viewer's organisation opened; others may have looked as well.
    """

    people: tuple[LookedAt, ...]
    count: int
    own_only: bool


def who_looked(looks: LooksInSight) -> WhoLooked:
    """The looks at one person in sight; five statements whatever their number."""
    since = start_of_day(london_date(looks.at - LOOKS_GO_BACK))
    found = seen(subject_id=looks.resident_id, place_ids=_places(looks), since=since, until=looks.at)
    members = _members(look.membership_id for look in found)
    lines = [
        LookLine(look.at, who.shown if who else "a command or the worker", WAYS_SEEN[look.kind], look.page, look.ground)
        for look in found
        for who in [members.get(look.membership_id or 0)]
        if not looks.own_only or (who is not None and who.body_id == looks.viewer.body_id)
    ]
    identity = identities([looks.resident_id]).get(looks.resident_id)
    return WhoLooked(identity.name if identity else "", since, tuple(lines))


def looked_at_lately(*, viewer: Viewer, at: datetime) -> LookedAtLately:
    """People of the viewer's organisation about whom a page was asked for lately, the last first.

    Of an organisation that does not run the home, only what its own members did. Three statements, and one more for
    names.
    """
    refs = dict(reviewed_by(viewer=viewer, at=at).order_by().values_list("pk", "ref"))
    own_only = sees_own_only(viewer)
    mine = _of_body(viewer.body_id) if own_only else None
    opened = opened_lately(subject_ids=refs, members=mine, since=at - LATELY)
    last = sorted(opened, key=lambda person: opened[person].last, reverse=True)[:MOST]
    people = identities(last)
    notice_list(viewer, place_id=viewer.body_id, subject_ids=sorted(last), ground="REVIEWS_LOOKS")
    shown = tuple(
        LookedAt(refs[person], people[person].name if person in people else "", *_counts(opened[person]))
        for person in last
    )
    return LookedAtLately(shown, len(opened), own_only)


def _counts(opened: Opened) -> tuple[int, int, int, datetime]:
    return opened.pages, opened.refused, opened.people, opened.last


def _places(looks: LooksInSight) -> list[int]:
    """Where lists can have named the person: their home, and the bodies who had to do with them.

    The PCNs of the home, the practices they were registered with, and the bodies of whoever was on the home's MDT or
    added to their team.
    """
    homes = [looks.place_id] if looks.place_id is not None else []
    pcns = AlignmentStart.objects.filter(home__in=homes).values_list("pcn", flat=True)
    practices = RegistrationStart.objects.filter(resident=looks.resident_id).values_list("practice", flat=True)
    mdt = MdtPlace.objects.filter(home__in=homes).values_list("member__body", flat=True)
    teams = CoOption.objects.filter(resident=looks.resident_id).values_list("member__body", flat=True)
    bodies = pcns.order_by().union(practices.order_by(), mdt.order_by(), teams.order_by())
    return [*homes, *filter(None, bodies)]


def _members(numbers: Iterable[int | None]) -> dict[int, Viewer]:
    rows = Membership.objects.filter(pk__in={n for n in numbers if n is not None}).select_related("user", "body")
    return {row.pk: as_viewer(row) for row in rows}


def _of_body(body_id: int) -> list[int]:
    return list(Membership.objects.filter(body=body_id).values_list("pk", flat=True))
