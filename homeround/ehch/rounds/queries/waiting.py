"""What waits for a membership: one query over what every slice knows to be open (rules: `rules.turn`). REQ-46; H24.

Derived from stored times when it is read: nothing waits for a job.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from homeround.accounts.rights import Kind, Reach
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.decisions import waits as decisions
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.queries import Identity, Went, identities
from homeround.ehch.residents.rules import FORMER_HOME_READS, Wait
from homeround.ehch.residents.rules.kinds import Side, Strength
from homeround.ehch.residents.words import DepartureKind
from homeround.ehch.rounds import waits as rounds
from homeround.ehch.rounds.access import HomeNamed, HomesInSight, RoundInSight, homes_named, name_of
from homeround.ehch.rounds.queries import slices
from homeround.ehch.rounds.rules import REASONS, TURNS, turn
from homeround.ehch.rounds.rules.weeks import monday_of
from homeround.kernel.audit.noticed import notice_list
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.calendar.times import london_date
from homeround.kernel.calendar.working_days import due_after
from homeround.kernel.prepared import prepared

WENT: Final[Mapping[str, str]] = {DepartureKind.DIED: "died", DepartureKind.MOVED_HOME: "moved"}
"""How somebody went, within a sentence; everybody else left."""

BEFORE_THEY_COME: Final = frozenset({"expected"})
"""Kinds about somebody who does not live there yet."""


@dataclass(frozen=True)
class WaitRow:
    """Something that waits for the viewer, with whom it is about and how old it is.

    `is_named`: it waits for the viewer by name; `is_theirs`: it is their turn, and they may act. `identity` is None for
    what is about a home, and for whoever reads no names. `gone`: how the person went who lives in that home no more.
    """

    wait: Wait
    urgency: turn.Urgency
    age_days: int
    is_named: bool
    identity: Identity | None
    home_name: str
    home_code: str
    is_theirs: bool = True
    gone: Went | None = None

    @property
    def words(self) -> str:
        """What it is, in the words of a list; of somebody who is gone, what is still asked of whom."""
        return turn.words_of(self.wait.kind, WENT.get(self.gone.how, "left") if self.gone else "")


@dataclass(frozen=True)
class Waiting:
    """What waits for a viewer, strongest and oldest first (at most as many as were asked for), how many there are in
    each part of that list, how many are urgent or late, and everything that waits in their homes, whosever turn it is.

    `may_open` is False for whoever only counts what waits, as a PCN's manager: the pages to act on are not theirs.
    """

    mine: tuple[WaitRow, ...]
    by_rank: Mapping[turn.Rank, int]
    late: int
    everything: tuple[Wait, ...]
    may_open: bool = True

    @property
    def number(self) -> int:
        """How many things wait for the viewer."""
        return sum(self.by_rank.values())

    @property
    def concerns_of_all(self) -> int:
        """How many concerns in their homes nobody has answered, whosever turn they are."""
        return sum(TURNS[wait.kind].strength is Strength.CONCERN for wait in self.everything)


def what_waits(*, viewer: Viewer, at: datetime, homes: HomesInSight | None = None, most: int | None = None) -> Waiting:
    """What waits for the viewer in the homes they may see. Three statements whatever the number, two with `homes`."""
    sides = turn.sides_of(viewer.capacity.rights, in_a_home=viewer.reach is Reach.HOME)
    places: dict[int, HomeNamed] = {}
    if Side.PRACTICE in sides:
        found = [Wait(*row) for row in _of_practice(practice=viewer.body_id, at=at)]
    else:
        places = {home.home_id: home for home in (homes.homes if homes else homes_named(viewer=viewer, at=at))}
        found = waits_in(list(places), at)
    return _waiting(found, viewer, at, places, most)


def what_waits_here(home: HomeInSight, found: Sequence[Wait], *, most: int | None = None) -> Waiting:
    """What waits for somebody who works in the home in sight, from what is open there (`Worklist.open_here`): one
    statement, for names.
    """
    return _waiting(found, home.viewer, home.at, {home.home_id: name_of(home)}, most)


def waits_here(home: HomeInSight, counted: Callable[[Wait], bool]) -> tuple[WaitRow, ...]:
    """What waits in a home in sight, whosever turn it is, of what `counted` picks: the list behind a number. Two
    statements.
    """
    found = [wait for wait in waits_in([home.home_id], home.at) if counted(wait)]
    found.sort(key=lambda wait: turn.place(wait, home.at, member=home.viewer.membership_id))
    return _rows(found, home.viewer, home.at, {home.home_id: name_of(home)})


def _waiting(
    found: Sequence[Wait], viewer: Viewer, at: datetime, places: Mapping[int, HomeNamed], most: int | None
) -> Waiting:
    mine = [wait for wait in found if _is_turn_of(wait, viewer, at)]
    mine.sort(key=lambda wait: turn.place(wait, at, member=viewer.membership_id))
    return Waiting(
        mine=_rows(mine[:most], viewer, at, places),
        by_rank=Counter(turn.rank_of(wait, at) for wait in mine),
        late=sum(turn.urgency_of(wait, at) is not turn.Urgency.WAITING for wait in mine),
        everything=tuple(found),
        may_open=viewer.capacity.sees_people,
    )


def _is_turn_of(wait: Wait, viewer: Viewer, at: datetime) -> bool:
    sides = turn.sides_of(viewer.capacity.rights, in_a_home=viewer.reach is Reach.HOME)
    return turn.is_turn_of(wait, at, member=viewer.membership_id, body=viewer.body_id, sides=sides)


def waits_in(homes: list[int], at: datetime) -> list[Wait]:
    """Everything that is open in these homes and waits for somebody; one statement."""
    today = london_date(at)
    monday = monday_of(today)
    rows = _all_waits(
        homes=homes,
        at=at,
        today=today,
        due_by=at_risk_by(today),
        left_since=at - FORMER_HOME_READS,
        monday=monday,
        last_monday=monday - timedelta(days=7),
    )
    return [Wait(*row) for row in rows]


def waits_for_a_clinician_about(held: RoundInSight, who: PersonInSight) -> bool:
    """Whether something about the person waits for a clinician now, so that a round's press is not enough."""
    waits = waits_in([held.home.home_id], who.at)
    return turn.waits_for_a_clinician(wait for wait in waits if wait.person == who.resident_id)


def at_risk_by(today: date) -> date:
    """The last day so many working days away that what is due then is at risk now (`reasons.REASONS`)."""
    after = due_after(today, days=(REASONS["clock_at_risk"].threshold or 0) + 1, calendar=bank_holidays.ENGLAND)
    return after.on - timedelta(days=1)


@prepared
def _all_waits(
    *,
    homes: list[int],
    at: datetime,
    today: date,
    due_by: date,
    left_since: datetime,
    monday: date,
    last_monday: date,
) -> QuerySet[Any, Any]:
    first, *rest = [
        *slices.waits(homes=homes, at=at, today=today, due_by=due_by, left_since=left_since),
        *rounds.waits(homes=homes, at=at, today=today, monday=monday, last_monday=last_monday, left_since=left_since),
    ]
    together: QuerySet[Any, Any] = first.union(*rest, all=True)
    return together


@prepared
def _of_practice(*, practice: int, at: datetime) -> QuerySet[Any, Any]:
    """What a practice has to see to beside the replies that its own list shows."""
    first, *rest = decisions.waits_of_practice(practice=practice, at=at)
    together: QuerySet[Any, Any] = first.union(*rest, all=True)
    return together


def _rows(mine: list[Wait], viewer: Viewer, at: datetime, places: Mapping[int, HomeNamed]) -> tuple[WaitRow, ...]:
    """With names for whoever reads names: those shown are noted as seen on a list."""
    reads_names = viewer.reads(Kind.IDENTITY)
    people = identities({wait.person for wait in mine if wait.person}) if reads_names else {}
    for home_id in sorted({wait.home for wait in mine if wait.person in people}):
        subjects = sorted({wait.person for wait in mine if wait.person and wait.home == home_id})
        notice_list(viewer, place_id=home_id, subject_ids=subjects, ground="WAITS")
    return tuple(
        WaitRow(
            wait=wait,
            urgency=turn.urgency_of(wait, at),
            age_days=turn.age_days(wait, at),
            is_named=turn.is_theirs(wait, viewer.membership_id),
            identity=people.get(wait.person or 0),
            home_name=places[wait.home].name if wait.home in places else "",
            home_code=places[wait.home].code if wait.home in places else "",
            is_theirs=_is_turn_of(wait, viewer, at),
            gone=_gone(wait, people.get(wait.person or 0), places),
        )
        for wait in mine
    )


def _gone(wait: Wait, identity: Identity | None, places: Mapping[int, HomeNamed]) -> Went | None:
    """How the person of something that waits went from its home; a practice, which has no homes, asks whether they live
    anywhere.
    """
    if identity is None or wait.kind in BEFORE_THEY_COME:
        return None
    return identity.gone_from(wait.home if wait.home in places else None)
