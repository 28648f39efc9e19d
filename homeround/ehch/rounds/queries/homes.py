"""Facts about the service by home: who covers it, whether the round ran, what is owed. No person is named or counted
out.

Numbers here are of the service (rounds, replies, clocks): trust.md, "Outside a person's care there are two kinds".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import OuterRef, Subquery

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome
from homeround.ehch.alignment.models import lead_of, pcn_of
from homeround.ehch.decisions.queries import outstanding
from homeround.ehch.decisions.rules import AskState
from homeround.ehch.residents.access import living_stays
from homeround.ehch.residents.rules import Sign
from homeround.ehch.rounds.access import HomesInSight
from homeround.ehch.rounds.models import Round
from homeround.ehch.rounds.queries.worklist import own_signs, signs_in
from homeround.ehch.rounds.rules import reasons_of, weeks_since
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date


@dataclass(frozen=True)
class HomeFacts:
    """One home: its PCN and lead, its last rounds, and how many of its decisions await an answer.

    `round_this_week`: a round was held or is open in the week (Monday to Sunday) of the day asked about. `closed_on`:
    when the register says that the home has closed. `lead` is empty where whoever was named has left.
    """

    home_id: int
    code: str
    name: str
    local_authority: str
    beds: int | None
    pcn: str
    pcn_code: str
    lead: str
    is_my_lead: bool
    closed_on: date | None
    open_round: str
    open_round_by: str
    last_round_on: date | None
    last_round_ref: str
    round_this_week: bool
    weeks_without: int | None
    replies: dict[AskState, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def replies_awaited(self) -> int:
        """Decisions without an answer of the registered GP, overdue ones included."""
        return sum(
            self.replies.get(state, 0) for state in (AskState.AWAITED, AskState.LATE, AskState.NOBODY, AskState.QUERIED)
        )


def homes_by_fact(homes: HomesInSight) -> list[HomeFacts]:
    """The homes in sight, those without a round this week first, closed ones last. Statements do not grow with them."""
    on = london_date(homes.at)
    rounds = Round.objects.filter(home=OuterRef("pk"), stands=True)
    closed, open_ = rounds.exclude(ended_at=None).order_by("-on", "-pk"), rounds.filter(ended_at=None)
    rows = (
        CareHome.objects.filter(pk__in=homes.home_ids)
        .select_related("body")
        .annotate(
            pcn_name=pcn_of("pk", on, "pcn__body__name"),
            pcn_code=pcn_of("pk", on, "pcn__body__code"),
            lead_name=lead_of("pk", homes.at, "lead__user__name"),
            lead_now=lead_of("pk", homes.at),
            open_ref=Subquery(open_.values("ref")[:1]),
            open_by=Subquery(open_.values("leader__user__name")[:1]),
            last_on=Subquery(closed.values("on")[:1]),
            last_ref=Subquery(closed.values("ref")[:1]),
        )
    )
    replies = outstanding(homes=homes.home_ids, at=homes.at) if _reads_replies(homes.viewer) else {}
    reasons = reasons_by_home(homes) if homes.viewer.may(Right.ROUNDS) else {}
    monday = on - timedelta(days=on.weekday())
    facts = [
        HomeFacts(
            home_id=row.pk,
            code=row.body.code,
            name=row.body.name,
            local_authority=row.local_authority,
            beds=row.beds,
            pcn=row.pcn_name or "",
            pcn_code=row.pcn_code or "",
            lead=row.lead_name or "",
            is_my_lead=row.lead_now == homes.viewer.membership_id,
            closed_on=row.body.closed_on if row.body.closed_on and row.body.closed_on <= on else None,
            open_round=row.open_ref or "",
            open_round_by=row.open_by or "",
            last_round_on=row.last_on,
            last_round_ref=row.last_ref or "",
            round_this_week=bool(row.open_ref) or (row.last_on is not None and row.last_on >= monday),
            weeks_without=None if row.last_on is None else (on - row.last_on).days // 7,
            replies=replies.get(row.pk, {}),
            reasons=reasons.get(row.pk, {}),
        )
        for row in rows
    ]
    return sorted(
        facts,
        key=lambda one: (one.closed_on is not None, one.round_this_week, one.last_round_on or date.min, one.name),
    )


def led_by(viewer: Viewer, facts: list[HomeFacts]) -> list[HomeFacts]:
    """Of these homes, those whose clinical lead the viewer is."""
    return [one for one in facts if one.is_my_lead] if viewer.may(Right.LEADING_HOMES) else []


def reasons_by_home(homes: HomesInSight) -> dict[int, dict[str, int]]:
    """For each home, how many of its residents have each reason: for those who read the worklists themselves."""
    where = dict(living_stays().filter(home__in=homes.home_ids).values_list("resident_id", "home_id"))
    by_person: dict[int, list[Sign]] = {}
    for sign in signs_in(list(homes.home_ids), homes.at):
        by_person.setdefault(sign.person, []).append(sign)
    counts: dict[int, dict[str, int]] = {}
    for person, signs in by_person.items():
        if person not in where:
            continue
        home = counts.setdefault(where[person], {})
        for code in {reason.code for reason in reasons_of(signs, homes.at, bank_holidays.ENGLAND)}:
            home[code] = home.get(code, 0) + 1
    return counts


NOT_REVIEWED: Final = (("never reviewed", None), ("12 weeks or more", 12), ("8 to 11 weeks", 8), ("4 to 7 weeks", 4))
"""How long nobody has reviewed somebody: words, and the weeks from which they hold."""


def not_reviewed_for(homes: HomesInSight) -> dict[int, dict[str, int]]:
    """For each home, how many of its residents nobody has reviewed for how long, longest first. Two statements.

    For those who read the worklists themselves: the list stands behind every number.
    """
    if not _is_clinical(homes.viewer):
        return {}
    reviewed: dict[int, datetime] = {}
    branches = own_signs(homes=list(homes.home_ids))
    for person, _, since, _, _ in branches[0]:
        reviewed[person] = max(since, reviewed.get(person, since))
    counts: dict[int, dict[str, int]] = {}
    for person, home in living_stays().filter(home__in=homes.home_ids).values_list("resident_id", "home_id"):
        words = _band(weeks_since(reviewed.get(person), homes.at))
        if words:
            bands = counts.setdefault(home, {name: 0 for name, _ in NOT_REVIEWED})
            bands[words] += 1
    return counts


def _band(weeks: int | None) -> str:
    if weeks is None:
        return NOT_REVIEWED[0][0]
    return next((words for words, least in NOT_REVIEWED if least is not None and weeks >= least), "")


def _reads_replies(viewer: Viewer) -> bool:
    return viewer.may(Right.WAITING)


def _is_clinical(viewer: Viewer) -> bool:
    return viewer.may(Right.CLINICAL_ENTRIES)
