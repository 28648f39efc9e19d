"""Who has looked at somebody's record, by name and capacity; reading it is logged as well (H57)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from homeround.accounts.models import Membership
from homeround.accounts.queries import as_viewer
from homeround.accounts.viewer import Viewer
from homeround.ehch.residents.access import LooksInSight, reviewed_by
from homeround.ehch.residents.queries.people import identities
from homeround.kernel.audit.looks import seen
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.audit.opened import opened_lately
from homeround.kernel.calendar.times import london_date, start_of_day

BACK: Final = timedelta(weeks=12)
"""How far back the page goes; the log itself goes back to its beginning."""

LATELY: Final = timedelta(days=28)


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
    """Somebody of the organisation who was looked at lately: name only, how often, by how many people."""

    ref: str
    name: str
    pages: int
    people: int
    last: datetime


def who_looked(looks: LooksInSight) -> WhoLooked:
    """The looks at one person in sight; four statements whatever their number."""
    since = start_of_day(london_date(looks.at - BACK))
    places = [looks.place_id] if looks.place_id is not None else []
    found = seen(subject_id=looks.resident_id, place_ids=places, since=since, until=looks.at)
    members = _members(one.membership_id for one in found)
    lines = [
        LookLine(one.at, who.shown if who else "a command or the worker", one.kind.label, one.page, one.ground)
        for one in found
        for who in [members.get(one.membership_id or 0)]
        if not looks.own_only or (who is not None and who.body_id == looks.viewer.body_id)
    ]
    identity = identities([looks.resident_id]).get(looks.resident_id)
    return WhoLooked(identity.name if identity else "", since, tuple(lines))


def looked_at_lately(*, viewer: Viewer, at: datetime) -> list[LookedAt]:
    """People of the viewer's organisation about whom a page was opened lately, the last opened first.

    Of an organisation that does not run the home, only what its own members opened. Three statements, and one more for
    names.
    """
    refs = dict(reviewed_by(viewer=viewer, at=at).values_list("pk", "ref"))
    mine = None if viewer.body_kind in {"home", "provider"} else _of_body(viewer.body_id)
    opened = opened_lately(subject_ids=refs, members=mine, since=at - LATELY)
    people = identities(opened)
    notice_list(viewer, place_id=viewer.body_id, subject_ids=sorted(opened), ground="REVIEWS_LOOKS")
    found = [
        LookedAt(refs[person], people[person].name if person in people else "", one.pages, one.people, one.last)
        for person, one in opened.items()
    ]
    return sorted(found, key=lambda one: one.last, reverse=True)


def _members(numbers: Iterable[int | None]) -> dict[int, Viewer]:
    rows = Membership.objects.filter(pk__in={n for n in numbers if n is not None}).select_related("user", "body")
    return {row.pk: as_viewer(row) for row in rows}


def _of_body(body_id: int) -> list[int]:
    return list(Membership.objects.filter(body=body_id).values_list("pk", flat=True))
