"""What can be done about cover: align a home, name its lead, say who is on its MDT, and who is at work when.

Every period is a row of starts: nothing that has begun is rewritten here; a mistake in the past is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from homeround.accounts.models import Membership, Written
from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Reach, Right, Role, may_hold, roles_reaching, roles_with
from homeround.accounts.telling import tell
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import ended, written
from homeround.directory.models import CareHome, Pcn
from homeround.ehch.alignment import rules, words
from homeround.ehch.alignment.access import HomeInSight, round_open_in, see_home
from homeround.ehch.alignment.models import AlignmentStart, HoursStart, LeadStart, MdtPlace, pcn_of
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.record.actions import action
from homeround.kernel.record.words import problems_in, what_is_wrong
from homeround.kernel.refusals import Invalid, NotAllowed


@action
def align_home(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    code: str,
    pcn_code: str | None,
    from_on: date,
    agreed_with: str,
    despite_round: bool = False,
) -> str:
    """From a day the home is aligned to a PCN of the ICB's area, or to none; agreed with whom (REQ-01, REQ-03).

    A round that is open there is asked about: `despite_round` says that it may be finished today by whoever leads it.
    Returns the home's code. Raises NotHere (another area's home), NotAllowed, Invalid (pcn_code, from_on, agreed_with,
    despite_round).
    """
    home = see_home(viewer=by, code=code, at=at)
    home.must_have(Right.ALIGNMENTS)
    starts = dict(_standing(AlignmentStart, home).values_list("from_on", "pcn"))
    pcn = _open_pcn(by, pcn_code, from_on) if pcn_code else None
    cannot_begin = rules.problem_of_start(from_on, starts, london_date(at))
    no_change = "" if cannot_begin else _problem_of_no_change(home, pcn, from_on, starts)
    _refuse(
        problems_in(
            pcn_code=_problem_of_pcn(home, pcn_code, pcn, from_on) or no_change,
            from_on=cannot_begin,
            agreed_with=what_is_wrong(agreed_with, most=200, needed="Say who this was agreed with."),
            despite_round="" if despite_round else _problem_of_round(home, from_on, at),
        )
    )
    _begin(
        AlignmentStart(
            home_id=home.home_id,
            pcn=pcn,
            from_on=from_on,
            agreed_with=agreed_with.strip(),
            **written(by=by, at=at, held_for=by.body_id),
        )
    )
    tell_of_cover(home, (_current(starts, from_on - timedelta(days=1)), pcn.pk if pcn else None), at)
    return home.code


@action
def name_lead(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    code: str,
    lead: int | None,
    from_on: date,
    exception_because: str = "",
    skills_evidence: str = "",
) -> str:
    """From a day a clinical lead of the aligned PCN has oversight of the home; nobody (None) is a gap (REQ-16).

    A lead who is no GP needs the reason for the exception and what shows their skills (REQ-17).
    Returns the home's code. Raises NotHere (not aligned to the viewer's PCN), NotAllowed, Invalid.
    """
    home = see_home(viewer=by, code=code, at=at)
    home.must_have(Right.COVER)
    problems = problems_in(
        from_on=rules.problem_of_start(
            from_on, list(_standing(LeadStart, home).values_list("from_on", flat=True)), london_date(at)
        )
        or _problem_of_cover(home, from_on)
    )
    problems |= _problems_of_lead(by, at, lead, exception_because, skills_evidence)
    _refuse(problems)
    _begin(
        LeadStart(
            home_id=home.home_id,
            lead_id=lead,
            from_on=from_on,
            exception_because=exception_because.strip(),
            skills_evidence=skills_evidence.strip(),
            **written(by=by, at=at, held_for=by.body_id),
        )
    )
    return home.code


@action
def set_hours(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    role: str,
    week: Sequence[Sequence[object]],
    works_bank_holidays: bool,
    phone: str,
    otherwise: str,
    otherwise_phone: str,
    from_on: date,
) -> str:
    """From a day, when somebody in `role` at the viewer's own body is at work, and who to call then and otherwise.

    An empty role is the body as a whole; an empty week says that nobody is. Whoever grants memberships of a body says
    when it is at work (a PCN's manager, a home's manager). Returns its code. Raises NotAllowed, Invalid (by field).
    """
    if not by.may(Right.HOURS):
        raise NotAllowed(f"Only a manager of {by.body_name} says when it is at work. Nothing was changed.")
    starts = HoursStart.objects.filter(body=by.body_id, role=role).values_list("from_on", flat=True)
    _refuse(
        problems_in(
            role="" if role == "" or _is_held_at(role, by.body_kind) else f"Nobody has this role at {by.body_name}.",
            from_on=rules.problem_of_start(from_on, list(starts), london_date(at)),
        )
        | rules.problems_of_hours(week, phone, otherwise, otherwise_phone)
    )
    _begin(
        HoursStart(
            body_id=by.body_id,
            role=role,
            from_on=from_on,
            week=[[str(part) if n else int(str(part)) for n, part in enumerate(row)] for row in week],
            works_bank_holidays=works_bank_holidays,
            phone=phone.strip(),
            otherwise=otherwise.strip(),
            otherwise_phone=otherwise_phone.strip(),
            **written(by=by, at=at, held_for=by.body_id),
        )
    )
    return by.body_code


@action
def place_on_mdt(
    *, by: Viewer, at: datetime, token: str | None = None, code: str, member: int, core: bool | None = None
) -> str:
    """Give somebody a place on the home's MDT; home staff are core unless said otherwise (REQ-58).

    `member` is the number of an open membership of the home, its PCN, a practice or a team. A place that another PCN
    gave ends with it. Returns the home's code. Raises NotHere, NotAllowed, Invalid (member).
    """
    home = see_home(viewer=by, code=code, at=at)
    home.must_have(Right.COVER)
    found = _may_be_on_mdt(home, at).filter(pk=member).first()
    if found is None:
        raise Invalid(member="Choose somebody who works now for this home, its PCN, a practice or a team.")
    there = MdtPlace.objects.open().filter(home=home.home_id, member=found)
    there.exclude(held_for=by.body_id).update(**ended(by=by, at=at, how=words.GIVEN_ANEW))
    place = MdtPlace(
        home_id=home.home_id,
        member=found,
        core=Role(found.role) in roles_reaching(Reach.HOME) if core is None else core,
        **written(by=by, at=at, held_for=by.body_id),
    )
    try:
        with transaction.atomic():
            place.save(force_insert=True)
    except IntegrityError:
        raise Invalid(member="They are on this home's MDT already.") from None
    return home.code


@action
def take_off_mdt(*, by: Viewer, at: datetime, token: str | None = None, code: str, member: int) -> str:
    """End somebody's place on the home's MDT now; what they could see there ends with it. Returns the home's code.

    Raises NotHere, NotAllowed, Invalid (member) for somebody who has no place.
    """
    home = see_home(viewer=by, code=code, at=at)
    home.must_have(Right.COVER)
    places = MdtPlace.objects.open().filter(home=home.home_id, member=member)
    if not places.update(**ended(by=by, at=at, how=words.TAKEN_OFF)):
        raise Invalid(member="They are not on this home's MDT.")
    return home.code


def tell_of_cover(home: HomeInSight, pcns: Iterable[int | None], at: datetime) -> None:
    """Tell the home and these PCNs that another serves it, or will: whose homes change sees it on their first page."""
    tell(body_id=home.home_id, roles=roles_with(Right.MOVES), purpose="cover changes", at=at)
    for pcn in sorted({pcn for pcn in pcns if pcn is not None}):
        roles = roles_with(Right.ANSWERING) | roles_with(Right.COVER)
        tell(body_id=pcn, roles=roles, purpose="cover changes", at=at)


def _standing(model: type[AlignmentStart | LeadStart], home: HomeInSight) -> QuerySet[AlignmentStart | LeadStart]:
    return model._default_manager.filter(home=home.home_id)


def _open_pcn(by: Viewer, pcn_code: str, on: date) -> Pcn | None:
    """The PCN of the viewer's area with this code, if it is open on that day."""
    is_open = (Q(body__opened_on=None) | Q(body__opened_on__lte=on)) & (
        Q(body__closed_on=None) | Q(body__closed_on__gt=on)
    )
    in_area = Pcn.objects.filter(is_open, body__code=pcn_code.strip().upper(), sub_icb__icb=by.body_id)
    return in_area.select_related("body").first()


def _problem_of_pcn(home: HomeInSight, pcn_code: str | None, pcn: Pcn | None, from_on: date) -> str:
    if pcn_code and pcn is None:
        return f"No PCN of your area that is open on {shown_date(from_on)} has this code. Check it, or the day."
    if pcn and CareHome.objects.filter(pk=home.home_id, body__closed_on__lte=from_on).exists():
        return f"{home.name} is closed on that day: it can only be aligned to no PCN."
    return ""


def _problem_of_no_change(home: HomeInSight, pcn: Pcn | None, from_on: date, starts: Mapping[date, int | None]) -> str:
    if _current(starts, from_on) == (pcn.pk if pcn else None):
        return f"{home.name} is aligned to {pcn.body.name if pcn else 'no PCN'} already on that day."
    return ""


def _problem_of_round(home: HomeInSight, from_on: date, at: datetime) -> str:
    """Somebody may be typing a review at this moment: who aligns the home from today decides knowing it (C19)."""
    opened = round_open_in(home.home_id) if from_on <= london_date(at) else ""
    if not opened:
        return ""
    return rules.round_is_open(opened)


def _current(starts: Mapping[date, int | None], on: date) -> int | None:
    begun = [day for day in starts if day <= on]
    return starts[max(begun)] if begun else None


def _problem_of_cover(home: HomeInSight, from_on: date) -> str:
    """A lead belongs to the PCN that serves the home on the lead's first day."""
    serves = CareHome.objects.annotate(pcn_then=pcn_of("pk", from_on)).filter(pk=home.home_id, pcn_then=home.pcn_id)
    return (
        "" if serves.exists() else f"On {shown_date(from_on)} this home is not aligned to your PCN. Choose another day."
    )


def _problems_of_lead(
    by: Viewer, at: datetime, lead: int | None, exception_because: str, skills: str
) -> dict[str, str]:
    if lead is None:
        return rules.problems_of_lead(None, exception_because, skills)
    found = open_memberships(at).filter(pk=lead, role__in=roles_with(Right.LEADING_HOMES), body=by.body_id).first()
    if found is None:
        return {"lead": f"Choose somebody who is a clinical lead of {by.body_name} now."}
    return rules.problems_of_lead(found.profession, exception_because, skills)


def _may_be_on_mdt(home: HomeInSight, at: datetime) -> QuerySet[Membership]:
    return open_memberships(at).filter(
        Q(role__in=roles_reaching(Reach.HOME), body=home.home_id)
        | Q(role__in=roles_reaching(Reach.PCN), body=home.pcn_id)
        | Q(role__in=roles_reaching(Reach.TEAM) | roles_with(Right.REPLIES))
    )


def _is_held_at(role: str, body_kind: str) -> bool:
    return role in set(Role) and may_hold(Role(role), body_kind)


def _begin(start: Written) -> None:
    """Write a start down; somebody else may have been first with the same day."""
    try:
        with transaction.atomic():
            start.save(force_insert=True)
    except IntegrityError:
        raise Invalid(from_on=rules.already_begins(start.from_on)) from None  # type: ignore[attr-defined]


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(**problems)
