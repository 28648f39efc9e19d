"""What can be read about cover: who covers a home, who reads what it writes, who is on its MDT, where cover is missing.

Facts about the service only: nothing here is about a resident.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from homeround.accounts.author import Author, author_of
from homeround.accounts.queries import Colleague, open_memberships
from homeround.accounts.rights import (
    CALLED_IN_A_HOME,
    ROLE_WORDS,
    SPEAKS_FOR,
    Reach,
    Right,
    Role,
    may_hold,
    roles_reaching,
    roles_with,
)
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome, Pcn
from homeround.ehch.alignment import rules
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.alignment.models import AlignmentStart, HoursStart, LeadStart, MdtPlace, pcn_of, taken_back_of
from homeround.ehch.alignment.rules import Readers
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared

CHANGE_IS_SHOWN: Final = timedelta(days=28)
"""How long it is said on a PCN's pages that a home came or left."""


@dataclass(frozen=True)
class Cover:
    """Who covers a home on a day. Empty names are gaps, and `why_no_lead` says which (REQ-01, REQ-16). `next_on` is the
    day from which another PCN, `next_pcn`, or none serves it, when that is agreed already.

    The lead has oversight of the service; who is medically responsible is the registered GP's business (REQ-19).
    """

    pcn_name: str
    pcn_code: str
    lead_name: str
    lead_profession: str
    why_no_lead: str
    coordinator: Readers
    next_on: date | None = None
    next_pcn: str = ""


@dataclass(frozen=True)
class ChangeOfCover:
    """From a day another PCN serves a home: which did before, and which does then; empty for none. `taken_back` is why
    that was entered in error, when it was: the home stays with the one before.
    """

    home: str
    from_on: date
    was: str
    becomes: str
    comes_to_us: bool
    taken_back: str = ""


@dataclass(frozen=True)
class MdtMember:
    """Somebody's place on a home's MDT. `works_here_now` is False when their membership has ended.

    `of_another_pcn` names the PCN that gave the place and serves the home no more: it shows them nothing until the PCN
    that serves it now gives it anew.
    """

    member: int
    name: str
    role_words: str
    body_name: str
    core: bool
    since: datetime
    works_here_now: bool
    of_another_pcn: str


@dataclass(frozen=True)
class Began:
    """A line of a home's history: from a day, which PCN served it or who led, as who said so when.

    `is_ours`: the viewer's own organisation wrote it, and may take it back. `taken_back`: why it was entered in error,
    and who says so; empty while it stands.
    """

    from_on: date
    what: str
    agreed_with: str
    by: Author
    recorded_at: datetime
    is_ours: bool
    taken_back: str = ""


def who_reads(home_id: int, at: datetime) -> Readers:
    """Who reads what the home writes, when they are next at work, who to call at this hour. Two statements.

    The care coordinators of the aligned PCN; without a PCN the home's own manager, under the home's own number.
    """
    return cover_of(home_id, at).coordinator


def cover_of(home_id: int, at: datetime) -> Cover:
    """Who covers the home on the day of `at`, and who reads what it writes. Two statements."""
    on = london_date(at)
    home = _covered(home=home_id, at=at)[0]._asdict()
    pcn, lead = home["pcn"] or {}, home["lead"] or {}
    return Cover(
        pcn_name=pcn.get("name") or "",
        pcn_code=pcn.get("code") or "",
        lead_name=_lead_name(pcn, lead),
        lead_profession=lead.get("profession") or "" if _lead_name(pcn, lead) else "",
        why_no_lead=_why_no_lead(pcn, lead),
        coordinator=_readers(home_id, home, pcn, at, on),
        next_on=date.fromisoformat(home["coming"]["on"]) if home["coming"] else None,
        next_pcn=(home["coming"] or {}).get("name") or "",
    )


def changes_of_cover(viewer: Viewer, at: datetime) -> list[ChangeOfCover]:
    """The homes that come to the viewer's PCN or leave it, on a day to come or in the last 28 days, the first first;
    also where that was taken back in these days: whoever read it reads that it is not so.

    One statement. Facts about the service only.
    """
    return [
        ChangeOfCover(
            home=start.home.body.name,
            from_on=start.from_on,
            was=start.was_called or "",
            becomes=start.pcn.body.name if start.pcn else "",
            comes_to_us=start.pcn_id == viewer.body_id,
            taken_back=start.taken_back or "",
        )
        for start in _changes(
            pcn=viewer.body_id, since=london_date(at) - CHANGE_IS_SHOWN, taken_back_since=at - CHANGE_IS_SHOWN
        )
    ]


@prepared
def _changes(*, pcn: int, since: date, taken_back_since: datetime) -> QuerySet[Any]:
    before = AlignmentStart.objects.filter(home=OuterRef("home"), from_on__lt=OuterRef("from_on")).order_by("-from_on")
    served_ever = AlignmentStart.with_removed.filter(pcn=pcn).order_by().values("home")
    back = taken_back_of(AlignmentStart).filter(recorded_at__gt=taken_back_since).values("because")[:1]
    named = AlignmentStart.with_removed.filter(home__in=served_ever).annotate(taken_back=Subquery(back))
    changes = named.filter(Q(stands=True, from_on__gt=since) | Q(stands=False, taken_back__isnull=False)).annotate(
        was=Subquery(before.values("pcn")[:1]), was_called=Subquery(before.values("pcn__body__name")[:1])
    )
    ours = changes.filter(Q(pcn=pcn) | Q(was=pcn)).order_by("from_on", "home__body__name")
    return ours.select_related("home__body", "pcn__body")


def pcn_id_of(home_id: int, at: datetime) -> int | None:
    """The PCN that serves a home on the day of `at`, None for none; one statement. A public fact: no viewer."""
    on = london_date(at)
    aligned = CareHome.objects.annotate(pcn_now=pcn_of("pk", on)).values_list("pcn_now", flat=True)
    serves: int | None = aligned.get(pk=home_id)
    return serves


def mdt_of(home: HomeInSight) -> list[MdtMember]:
    """Who is on the home's MDT, core members first; one statement."""
    places = (
        MdtPlace.objects.open()
        .filter(home=home.home_id)
        .annotate(works_here_now=Exists(open_memberships(home.at).filter(pk=OuterRef("member"))))
    )
    return [
        MdtMember(
            member=place.member_id,
            name=place.member.user.name,
            role_words=ROLE_WORDS[Role(place.member.role)],
            body_name=place.member.body.name,
            core=place.core,
            since=place.happened_at,
            works_here_now=place.works_here_now,
            of_another_pcn="" if place.held_for_id == home.pcn_id else place.held_for.name,
        )
        for place in places.select_related("member__user", "member__body", "held_for").order_by(
            "-core", "member__user__name", "pk"
        )
    ]


def pcns_to_align(home: HomeInSight) -> list[tuple[str, str]]:
    """Code and name of the PCNs of the viewer's area that are open today, by name; one statement."""
    on = london_date(home.at)
    open_now = (Q(body__opened_on=None) | Q(body__opened_on__lte=on)) & (
        Q(body__closed_on=None) | Q(body__closed_on__gt=on)
    )
    found = Pcn.objects.filter(open_now, sub_icb__icb=home.viewer.body_id).order_by("body__name", "pk")
    return list(found.values_list("body__code", "body__name"))


def leads_to_name(home: HomeInSight) -> list[Colleague]:
    """Who of the viewer's PCN may lead a home, by name; one statement."""
    rows = (
        open_memberships(home.at)
        .filter(body=home.viewer.body_id, role__in=roles_with(Right.LEADING_HOMES))
        .select_related("user")
    )
    return [
        Colleague(row.pk, row.user.name, row.profession or ROLE_WORDS[Role(row.role)])
        for row in rows.order_by("user__name", "pk")
    ]


def members_called(home: HomeInSight, username: str) -> list[int]:
    """The memberships that may have a place on the home's MDT, of whoever signs in with this name; one statement."""
    may = Q(role__in=roles_reaching(Reach.HOME), body=home.home_id) | Q(
        role__in=roles_reaching(Reach.PCN), body=home.pcn_id
    )
    may |= Q(role__in=roles_reaching(Reach.TEAM) | roles_with(Right.REPLIES))
    found = open_memberships(home.at).filter(may, user__username=username)
    return list(found.order_by("from_at", "pk").values_list("pk", flat=True)[:1])


@dataclass(frozen=True)
class HoursBegan:
    """From a day, the hours of a role of a body, or of the body as a whole; `week` as it is kept."""

    role: str
    role_words: str
    from_on: date
    week: tuple[tuple[int, str, str], ...]
    works_bank_holidays: bool
    phone: str
    otherwise: str
    otherwise_phone: str


def hours_of(viewer: Viewer) -> list[HoursBegan]:
    """The hours of the viewer's own organisation, by role, the newest first; one statement."""
    starts = HoursStart.objects.filter(body=viewer.body_id).order_by("role", "-from_on")
    return [
        HoursBegan(
            start.role,
            ROLE_WORDS[Role(start.role)] if start.role else "everybody",
            start.from_on,
            tuple((int(day), str(begins), str(ends)) for day, begins, ends in start.week),
            start.works_bank_holidays,
            start.phone,
            start.otherwise,
            start.otherwise_phone,
        )
        for start in starts
    ]


def roles_of(viewer: Viewer) -> list[tuple[str, str]]:
    """The roles that somebody can have at the viewer's own organisation, with their words."""
    return [(role.value, words) for role, words in ROLE_WORDS.items() if may_hold(role, viewer.body_kind)]


def alignments_of(home: HomeInSight) -> list[Began]:
    """Every alignment of the home, the newest first, with those taken back (REQ-03); one statement."""
    starts = _with_taken_back(AlignmentStart, home)
    return [
        _began(start, home, start.pcn.body.name if start.pcn else "", start.agreed_with)
        for start in starts.select_related("pcn__body", "by__user", "by__body")
    ]


def leads_of(home: HomeInSight) -> list[Began]:
    """Every clinical lead of the home, the newest first, with those taken back (REQ-16); one statement."""
    starts = _with_taken_back(LeadStart, home)
    return [
        _began(start, home, start.lead.user.name if start.lead else "")
        for start in starts.select_related("lead__user", "by__user", "by__body")
    ]


@prepared
def _covered(*, home: int, at: datetime) -> QuerySet[Any, Any]:
    rows = _with_cover(CareHome.objects.filter(pk=home), at)
    coming = AlignmentStart.objects.filter(home=OuterRef("pk"), from_on__gt=london_date(at)).order_by("from_on")
    first = coming.values(found=JSONObject(on=Cast("from_on", CharField()), name="pcn__body__name"))[:1]
    found: QuerySet[Any, Any] = rows.annotate(coming=Subquery(first)).values_list(
        "body__name", "phone", "pcn", "lead", "coming", named=True
    )
    return found


def _with_cover(homes: QuerySet[CareHome], at: datetime) -> QuerySet[Any, Any]:
    """Homes with `pcn` and `lead`: the current starts as objects, None where nothing was ever said."""
    on = london_date(at)
    pcn = AlignmentStart.objects.annotate(
        coordinates=Exists(open_memberships(at).filter(body=OuterRef("pcn"), role=SPEAKS_FOR["pcn"]))
    )
    lead = LeadStart.objects.annotate(is_open=Exists(open_memberships(at).filter(pk=OuterRef("lead"))))
    return homes.annotate(
        pcn=_current(pcn, on, id="pcn_id", name="pcn__body__name", code="pcn__body__code", coordinates="coordinates"),
        lead=_current(
            lead, on, name="lead__user__name", profession="lead__profession", body="lead__body_id", is_open="is_open"
        ),
    )


def _current(starts: QuerySet[Any], on: date, **columns: str) -> Subquery:
    begun = starts.filter(home=OuterRef("pk"), from_on__lte=on).order_by("-from_on")
    return Subquery(begun.values(found=JSONObject(**columns))[:1])


def _lead_name(pcn: Mapping[str, Any], lead: Mapping[str, Any]) -> str:
    """The lead counts while their membership is open and their PCN serves the home."""
    counts = lead.get("is_open") and pcn.get("id") is not None and lead.get("body") == pcn.get("id")
    return (lead.get("name") or "") if counts else ""


def _why_no_lead(pcn: Mapping[str, Any], lead: Mapping[str, Any]) -> str:
    if _lead_name(pcn, lead):
        return ""
    if pcn.get("id") is None:
        return "this home is aligned to no PCN"
    if not lead.get("name"):
        return "no clinical lead is named"
    return f"{lead['name']} leads no longer" if not lead.get("is_open") else f"{lead['name']} belongs to another PCN"


def _readers(home_id: int, home: Mapping[str, Any], pcn: Mapping[str, Any], at: datetime, on: date) -> Readers:
    aligned = pcn.get("id")
    role = SPEAKS_FOR["home" if aligned is None else "pcn"]
    who = f"the manager of {home['body__name']}" if aligned is None else f"the care coordinators of {pcn['name']}"
    begun = _hours_begun(bodies=[home_id] if aligned is None else [home_id, aligned], on=on)
    hours = _hours_in(begun, home_id if aligned is None else aligned, role)
    why_nobody = f"{pcn['name']} has no care coordinator here" if aligned and not pcn["coordinates"] else ""
    readers = rules.readers_at(
        who, hours, at, bank_holidays.ENGLAND, why_nobody=why_nobody, phone=home["phone"] if aligned is None else ""
    )
    return replace(readers, at_home=_at_home(begun, home_id, home["body__name"], at))


def _at_home(begun: Sequence[HoursStart], home_id: int, name: str, at: datetime) -> rules.Contact | None:
    """The home's own nurse, else its manager, at this hour; None where the home has said no numbers."""
    for role, who in CALLED_IN_A_HOME.items():
        hours = _hours_in(begun, home_id, role)
        if hours is not None:
            return rules.who_to_call(hours, f"{who} of {name}", at, bank_holidays.ENGLAND)
    return None


def practice_at(practice_id: int, name: str, phone: str, at: datetime) -> rules.Contact | None:
    """A registered practice's number while it is open, by the hours it has said, else the core hours; one statement."""
    hours = _hours_in(_hours_begun(bodies=[practice_id], on=london_date(at)), practice_id, None)
    return rules.practice_at(name, phone, hours, at, bank_holidays.ENGLAND)


def _hours_in(begun: Sequence[HoursStart], body_id: int, role: Role | None) -> rules.Hours | None:
    """The current hours of a role, else those of its body as a whole."""
    newest = {start.role: start for start in begun if start.body_id == body_id}
    start = newest.get(role or "") or newest.get("")
    if start is None:
        return None
    return rules.Hours(
        shifts=rules.shifts_of(start.week),
        works_bank_holidays=start.works_bank_holidays,
        phone=start.phone,
        otherwise=start.otherwise,
        otherwise_phone=start.otherwise_phone,
    )


@prepared
def _hours_begun(*, bodies: list[int], on: date) -> QuerySet[HoursStart]:
    return HoursStart.objects.filter(body__in=bodies, from_on__lte=on).order_by("from_on")


def _with_taken_back(model: type[Any], home: HomeInSight) -> QuerySet[Any]:
    """The starts of a home, the newest first, each with why and by whom it was taken back (`back`), if it was."""
    back = taken_back_of(model).values(found=JSONObject(because="because", by="by__user__name"))[:1]
    starts: QuerySet[Any] = model.with_removed.filter(home=home.home_id).annotate(back=Subquery(back))
    return starts.order_by("-from_on", "-pk")


def _began(start: Any, home: HomeInSight, what: str, agreed_with: str = "") -> Began:
    back = start.back or {}
    is_ours = start.stands and start.held_for_id == home.viewer.body_id
    said_by = author_of(start.by)
    return Began(
        start.from_on,
        what,
        agreed_with,
        said_by,
        start.recorded_at,
        is_ours,
        taken_back=f"{back['because']} ({back['by']})" if back else "",
    )
