"""Facts about the service by home: who covers it, whether the round ran, what is owed. No person is named or counted
out.

Numbers here are of the service (rounds, replies, clocks): trust.md, "Outside a person's care there are two kinds". What
waits in a home is counted from the rows of `waiting`, the same that every first page lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Case, CharField, Count, Exists, OuterRef, QuerySet, Subquery, Value, When

from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import SPEAKS_FOR, Right
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome
from homeround.ehch.alignment.models import lead_of, pcn_of
from homeround.ehch.decisions.queries import awaited_by_home
from homeround.ehch.residents.access import living_stays
from homeround.ehch.residents.rules import Wait
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.access import HomesInSight
from homeround.ehch.rounds.models import Review, Round
from homeround.ehch.rounds.rules import turn
from homeround.ehch.rounds.waits import held
from homeround.kernel.calendar.times import end_of_day, london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class HomeFacts:
    """One home: its PCN and lead, its rounds by week (Monday to Sunday), and what waits in it.

    `held_this_week` and `held_last_week` are the day a round of that week was held; an open one of today counts as
    begun (`open_round`), one left open past its day does not count (`left_open`). `to_see` is the number of people who
    must be seen, `late` how much of each kind is late, `awaited` how many replies practices owe. `closed_on`: when the
    register says that the home has closed, `covered_from` since when its PCN serves it. `lead` is empty where nobody
    who was named is still there. `has_coordinator`: whether anybody at its PCN is told of what the home writes (H3).
    """

    home_id: int
    code: str
    name: str
    phone: str
    local_authority: str
    beds: int | None
    pcn: str
    pcn_code: str
    has_coordinator: bool
    lead: str
    is_my_lead: bool
    closed_on: date | None
    covered_from: date | None
    open_round: str
    open_round_by: str
    left_open: str
    left_open_on: date | None
    left_open_by: str
    last_round_on: date | None
    last_round_ref: str
    held_this_week: date | None
    held_last_week: date | None
    awaited: int = 0
    to_see: int = 0
    open: dict[str, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)

    @property
    def round_this_week(self) -> bool:
        """Whether a round was held in this week, or has begun today."""
        return bool(self.open_round) or self.held_this_week is not None


def homes_by_fact(homes: HomesInSight, *, waits: Iterable[Wait] = ()) -> list[HomeFacts]:
    """The homes in sight, those without a round this week first, closed ones last. Statements do not grow with them.

    `waits`: what waits in them, from `what_waits`, for those who read it.
    """
    on = london_date(homes.at)
    monday = rules.monday_of(on)
    rows = _by_fact(homes=list(homes.home_ids), at=homes.at, on=on, monday=monday, last=monday - timedelta(days=7))
    awaited = awaited_by_home(homes=homes.home_ids) if _reads_replies(homes.viewer) else {}
    counted = _count(list(waits), homes.at)
    facts = [
        HomeFacts(
            home_id=row.pk,
            code=row.body__code,
            name=row.body__name,
            phone=row.phone,
            local_authority=row.local_authority,
            beds=row.beds,
            pcn=row.pcn_name or "",
            pcn_code=row.pcn_code or "",
            has_coordinator=row.has_coordinator,
            lead=row.lead_name or "",
            is_my_lead=row.lead_now == homes.viewer.membership_id,
            closed_on=row.body__closed_on if row.body__closed_on and row.body__closed_on <= on else None,
            covered_from=row.covered_from if row.pcn_name else None,
            open_round=row.open_ref or "",
            open_round_by=row.open_by or "",
            left_open=row.left_ref or "",
            left_open_on=row.left_on,
            left_open_by=row.left_by or "",
            last_round_on=row.last_on,
            last_round_ref=row.last_ref or "",
            held_this_week=row.last_on if row.last_on is not None and row.last_on >= monday else None,
            held_last_week=row.on_last_week,
            awaited=awaited.get(row.pk, 0),
            to_see=counted.to_see.get(row.pk, 0),
            open=dict(counted.open.get(row.pk, {})),
            late=dict(counted.late.get(row.pk, {})),
        )
        for row in rows
    ]
    return sorted(facts, key=_place)


def _place(home: HomeFacts) -> tuple[bool, bool, bool, date, str]:
    return (
        home.closed_on is not None,
        not home.left_open,
        home.round_this_week,
        home.last_round_on or date.min,
        home.name,
    )


@prepared
def _by_fact(*, homes: list[int], at: datetime, on: date, monday: date, last: date) -> QuerySet[Any, Any]:
    closed = held(monday).filter(home=OuterRef("pk"), ended_at__isnull=False).order_by("-on", "-pk")
    open_ = Round.objects.filter(home=OuterRef("pk"), ended_at=None)
    coordinators = open_memberships(at).filter(body=pcn_of(OuterRef("pk"), on), role=SPEAKS_FOR["pcn"].value)
    today, left = open_.filter(on__gte=on).order_by("-pk"), open_.filter(on__lt=on).order_by("on", "pk")
    return (
        CareHome.objects.filter(pk__in=homes)
        .annotate(
            pcn_name=pcn_of("pk", on, "pcn__body__name"),
            pcn_code=pcn_of("pk", on, "pcn__body__code"),
            has_coordinator=Exists(coordinators),
            covered_from=pcn_of("pk", on, "from_on"),
            lead_name=lead_of("pk", at, "lead__user__name"),
            lead_now=lead_of("pk", at),
            open_ref=Subquery(today.values("ref")[:1]),
            open_by=Subquery(today.values("leader__user__name")[:1]),
            left_ref=Subquery(left.values("ref")[:1]),
            left_on=Subquery(left.values("on")[:1]),
            left_by=Subquery(left.values("leader__user__name")[:1]),
            last_on=Subquery(closed.values("on")[:1]),
            last_ref=Subquery(closed.values("ref")[:1]),
            on_last_week=Subquery(closed.filter(on__gte=last, on__lt=monday).values("on")[:1]),
        )
        .order_by()
        .values_list(
            "pk",
            "body__code",
            "body__name",
            "body__closed_on",
            "phone",
            "local_authority",
            "beds",
            "pcn_name",
            "pcn_code",
            "has_coordinator",
            "covered_from",
            "lead_name",
            "lead_now",
            "open_ref",
            "open_by",
            "left_ref",
            "left_on",
            "left_by",
            "last_on",
            "last_ref",
            "on_last_week",
            named=True,
        )
    )


@dataclass(frozen=True)
class _Counted:
    open: dict[int, Counter[str]]
    late: dict[int, Counter[str]]
    to_see: dict[int, int]


def _count(waits: Sequence[Wait], at: datetime) -> _Counted:
    """By home: how much is open and late of each kind, and how many of its people must be seen. One statement."""
    counted = _Counted({}, {}, {})
    must: dict[int, set[int]] = {}
    for wait in waits:
        counted.open.setdefault(wait.home, Counter())[wait.kind] += 1
        if turn.urgency_of(wait, at) is not turn.Urgency.WAITING:
            counted.late.setdefault(wait.home, Counter())[wait.kind] += 1
        if wait.person is not None and rules.gives_a_must(wait):
            must.setdefault(wait.home, set()).add(wait.person)
    people = sorted(set().union(*must.values()))
    living = set(_living(people=people)) if people else set()
    for home, those in must.items():
        counted.to_see[home] = len({person for person in those if (person, home) in living})
    return counted


@prepared
def _living(*, people: list[int]) -> QuerySet[Any, Any]:
    """Where these people live now."""
    return living_stays().filter(resident__in=people).order_by().values_list("resident_id", "home_id")


NOT_REVIEWED: Final = (("never reviewed", None), ("12 weeks or more", 12), ("8 to 11 weeks", 8), ("4 to 7 weeks", 4))
"""How long nobody has reviewed somebody: words, and the weeks from which they hold."""


def not_reviewed_for(homes: HomesInSight) -> dict[int, dict[str, int]] | None:
    """For each home, how many of its residents nobody has reviewed for how long, longest first. One statement.

    For those who read the worklists themselves: the list stands behind every number. None for everybody else: what is
    not read is never taken for "nobody waits".
    """
    if not _is_clinical(homes.viewer):
        return None
    on = london_date(homes.at)
    before = [end_of_day(on - timedelta(weeks=least)) for _, least in NOT_REVIEWED if least is not None]
    counts: dict[int, dict[str, int]] = {}
    for home, words, number in _not_reviewed(homes=list(homes.home_ids), before=before):
        if words:
            counts.setdefault(home, {name: 0 for name, _ in NOT_REVIEWED})[words] = number
    return counts


@prepared
def _not_reviewed(*, homes: list[int], before: list[datetime]) -> QuerySet[Any, Any]:
    reviews = Review.objects.seen().filter(resident=OuterRef("resident"))
    last = reviews.order_by("-happened_at").values("happened_at")[:1]
    never, *bands = [words for words, _ in NOT_REVIEWED]
    band = Case(
        When(last_at=None, then=Value(never)),
        *(When(last_at__lt=until, then=Value(words)) for until, words in zip(before, bands, strict=True)),
        default=Value(""),
        output_field=CharField(),
    )
    stays = living_stays().filter(home__in=homes).annotate(last_at=Subquery(last))
    return (
        stays.annotate(band=band)
        .order_by()
        .values("home_id", "band")
        .annotate(number=Count("pk"))
        .values_list("home_id", "band", "number")
    )


def _reads_replies(viewer: Viewer) -> bool:
    return viewer.may(Right.WAITING)


def _is_clinical(viewer: Viewer) -> bool:
    return viewer.may(Right.CLINICAL_ENTRIES)
