"""Doors to rounds: through the home they are held in. A round's people are reached by the doors to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from homeround.accounts.models import Membership
from homeround.accounts.rights import Kind, Reach, Right
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight, homes_of, see_home
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.rules import FORMER
from homeround.ehch.rounds import models
from homeround.ehch.rounds.models import PutForward, Review, Round
from homeround.ehch.rounds.rules import sides_of
from homeround.kernel.calendar.times import shown
from homeround.kernel.prepared import prepared
from homeround.kernel.refusals import MovedTo, NotAllowed, NotHere


@dataclass(frozen=True)
class RoundInSight:
    """Proof that the viewer may see this round of this home. Only this file makes it."""

    home: HomeInSight
    round_id: int
    ref: str
    is_open: bool
    on: date


@dataclass(frozen=True)
class PutForwardInSight:
    """Proof that the viewer may see that a person was put forward. Only this file makes it."""

    person: PersonInSight
    put_forward_id: int
    ref: str


@dataclass(frozen=True)
class HomeNamed:
    """A home of a list: its number, code and name."""

    home_id: int
    code: str
    name: str


@dataclass(frozen=True)
class HomesInSight:
    """Proof of the homes whose service facts a viewer may read, by name. Only this file makes it."""

    viewer: Viewer
    homes: tuple[HomeNamed, ...]
    at: datetime

    @property
    def home_ids(self) -> tuple[int, ...]:
        """The numbers of the homes."""
        return tuple(home.home_id for home in self.homes)


def see_worklist(*, viewer: Viewer, code: str, at: datetime) -> HomeInSight:
    """The home, for reading who needs seeing there and why. Raises NotHere, NotAllowed."""
    home = see_home(viewer=viewer, code=code, at=at, kind=Kind.LIVING)
    if not viewer.may(Right.WORKLIST):
        raise NotAllowed("The worklist is for the home and for the PCN that serves it.")
    return home


def see_round(*, viewer: Viewer, ref: str, at: datetime) -> RoundInSight:
    """The round with this ref, for those who read clinical notes of the home. Two statements whatever the answer.

    Raises NotHere, NotAllowed.
    """
    row = Round.objects.filter(ref=ref.upper()).values_list("pk", "home__body__code", "ended_at", "on").first()
    round_id, code, ended_at, on = row or (0, "", None, date.min)
    home = see_home(viewer=viewer, code=code, at=at, kind=Kind.CLINICAL)
    if not viewer.may(Right.WORKLIST):
        raise NotAllowed("A round is for the home and for the PCN that serves it.")
    if not round_id:
        raise NotHere
    return RoundInSight(home, round_id, ref.upper(), is_open=ended_at is None, on=on)


def see_put_forward(*, viewer: Viewer, ref: str, at: datetime) -> PutForwardInSight:
    """That somebody was put forward for the round, for whoever reads how the person lives. Two statements; two more for
    each time it was moved. Raises NotHere, NotAllowed, MovedTo for what stands on another person of the viewer's now.
    """
    rows = PutForward.with_removed.filter(ref=ref.upper())
    row = rows.values_list("pk", "home", "resident__ref", "stands").first()
    put_forward_id, home, resident, stands = row or (0, 0, "", True)
    person = see_resident(viewer=viewer, ref=resident, at=at, kind=Kind.LIVING)
    if person.relationship in FORMER and person.home_id != home:
        raise NotHere
    if not stands:
        moved = PutForward.with_removed.filter(moved_from=put_forward_id).values_list("ref", flat=True).first()
        raise MovedTo("put_forward", see_put_forward(viewer=viewer, ref=moved or "", at=at).ref)
    return PutForwardInSight(person, put_forward_id, ref.upper())


def leads_open_round(member: int, home: str, on: date) -> Exists:
    """Whether a member leads a round of that day, still open, in the home named by the column `home` around it.

    Plugged into alignment: a home that goes to another PCN during its round is finished by who leads it (C19).
    """
    return Exists(
        Round.objects.open().filter(home=OuterRef(home), leader__in=Membership.objects.same_as(member), on=on)
    )


def round_open_in(home_id: int) -> str:
    """The open round of a home, for whoever would align it elsewhere today; empty for none."""
    row = Round.objects.open().filter(home=home_id).select_related("leader__user").order_by("-recorded_at").first()
    return f"{row.leader.user.name} has had a round open here since {shown(row.recorded_at)}" if row else ""


def reviews_seen() -> QuerySet[Review]:
    """The reviews in which somebody was seen, of everybody. Plugged into residents: what was decided before a stay in
    hospital is in question until then (H32), and what an answer to a concern said holds until then.
    """
    return Review.objects.seen()


def decisions_in_question() -> QuerySet[Any]:
    """What was decided in answer to a concern that stands on the person no more. Plugged into decisions: it is said
    beside what was decided, wherever that stands (H1, H34).
    """
    return models.decisions_in_question()


def see_rounds(*, viewer: Viewer, at: datetime) -> HomesInSight:
    """The homes where the viewer holds rounds or types for whoever does. Raises NotAllowed."""
    if not viewer.may(Right.ROUNDS):
        raise NotAllowed("Rounds are held by the clinicians of a PCN, and typed by its coordinators.")
    return see_homes(viewer=viewer, at=at)


def see_pcn(*, viewer: Viewer, code: str, at: datetime) -> HomesInSight:
    """The homes of the viewer's own PCN, for its pages. Raises NotHere for any other PCN, NotAllowed."""
    if viewer.body_kind != "pcn" or viewer.body_code != code.upper():
        raise NotHere
    return see_homes(viewer=viewer, at=at)


def see_area(*, viewer: Viewer, code: str, at: datetime) -> HomesInSight:
    """The homes of the viewer's own area, and those without a PCN. Raises NotHere for any other ICB, NotAllowed."""
    if viewer.body_kind != "icb" or viewer.body_code != code.upper():
        raise NotHere
    if not viewer.may(Right.AREA):
        raise NotAllowed("Cover and standards are for the officers of the ICB.")
    return see_homes(viewer=viewer, at=at)


def see_homes(*, viewer: Viewer, at: datetime) -> HomesInSight:
    """The homes whose facts about the service the viewer may read, for lists by home. Raises NotAllowed."""
    if not viewer.reads(Kind.SERVICE):
        raise NotAllowed(f"As {viewer.role_words} you read no facts about homes.")
    return HomesInSight(viewer, homes_named(viewer=viewer, at=at), at)


def homes_named(*, viewer: Viewer, at: datetime) -> tuple[HomeNamed, ...]:
    """The homes a viewer may see, by name; one statement."""
    return tuple(HomeNamed(*row) for row in _named(viewer=viewer, at=at))


def name_of(home: HomeInSight) -> HomeNamed:
    """A home in sight, as lists name it."""
    return HomeNamed(home.home_id, home.code, home.name)


@prepared
def _named(*, viewer: Viewer, at: datetime) -> QuerySet[Any, Any]:
    return homes_of(viewer=viewer, at=at).order_by("body__name").values_list("pk", "body__code", "body__name")


def must_have_turns(viewer: Viewer) -> None:
    """Raises NotAllowed for a capacity in which nothing can wait for somebody."""
    if not sides_of(viewer.capacity.rights, in_a_home=viewer.reach is Reach.HOME):
        raise NotAllowed(f"As {viewer.role_words} you are not asked to act on anything about a person or a home.")
