"""What a round sends where: what the home does, what the registered practices are asked, who owes what by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.ehch.decisions.models import Ask, Decision, FollowUp
from homeround.ehch.decisions.models.asking import expected_by
from homeround.ehch.decisions.queries import (
    Applies,
    Owed,
    WithGp,
    applies_now,
    as_corrected,
    owed_among,
    states_with_gp,
)
from homeround.ehch.residents.access import practice_of
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import MadeInReview


@dataclass(frozen=True)
class SummaryLine:
    """One thing that a round sends to somebody: about whom, its words, to whom, and its day.

    `on` is from when a decision applies, by when a practice is to reply, or by when a follow-up is due. `to` is empty
    where no practice is known. `applies` is what the home does now because of the decision, None where it does not
    apply (any more), or nothing changes (H27). `with_gp` is where the decision is with the registered GP and whether it
    applies, `owed` the follow-up with how it ended: an end is never taken for an answer, or for something done. A
    decision that was corrected stands as it is right, and `was` is what it said before.
    """

    ref: str
    person_ref: str
    identity: Identity
    words: str
    to: str
    on: date | None
    applies: Applies | None = None
    with_gp: WithGp | None = None
    owed: Owed | None = None
    was: str = ""


@dataclass(frozen=True)
class RoundSummary:
    """What a round sends where."""

    to_home: tuple[SummaryLine, ...]
    to_practices: tuple[SummaryLine, ...]
    to_owners: tuple[SummaryLine, ...]

    @property
    def everything(self) -> tuple[SummaryLine, ...]:
        """All lines, for whom they are about."""
        return (*self.to_home, *self.to_practices, *self.to_owners)


def summary_of(held: RoundInSight) -> RoundSummary:
    """What the reviews of a round in sight made, by who gets it. Six statements whatever the number, and one for each
    time that a decision was corrected.
    """
    made = list(
        MadeInReview.objects.filter(review__round=held.round_id)
        .annotate(practice_name=practice_of("resident", held.home.at, "practice__body__name"))
        .select_related("resident", "decision", "follow_up__owner_body")
        .order_by("pk")
    )
    people = {thing.resident_id for thing in made}
    found, applies = identities(people), applies_by_decision(people, held.home.at)
    right = as_corrected(thing.decision for thing in made if thing.decision)
    numbers = [decision.pk for decision in right.values()]
    with_gp, expected = states_with_gp(numbers, held.home.at), _expected(numbers)
    owed = {
        follow_up.ref: follow_up
        for follow_up in owed_among([thing.follow_up_id for thing in made if thing.follow_up_id], held.home.at)
    }

    def line(thing: MadeInReview, ref: str, words: str, to: str, on: date | None, **more: Any) -> SummaryLine:
        who = found.get(thing.resident_id, Identity())
        return SummaryLine(
            ref, thing.resident.ref, who, words, to, on, applies=applies.get(ref), owed=owed.get(ref), **more
        )

    decided = [(thing, right[thing.decision.pk], thing.decision) for thing in made if thing.decision]
    asked = [(thing, thing.follow_up) for thing in made if thing.follow_up]
    return RoundSummary(
        to_home=tuple(
            line(thing, now.ref, now.decided, held.home.name, now.in_force_from_on, was=_was(now, first))
            for thing, now, first in decided
        ),
        to_practices=tuple(
            line(
                thing, now.ref, now.decided, thing.practice_name or "", expected[now.pk], with_gp=with_gp.get(now.pk),
                was=_was(now, first),
            )
            for thing, now, first in decided
            if now.pk in expected
        ),
        to_owners=tuple(line(thing, what.ref, what.words, _owner(what), what.due_on) for thing, what in asked),
    )  # fmt: skip


def _was(now: Decision, first: Decision) -> str:
    return first.decided if now is not first else ""


def _expected(decisions: list[int]) -> dict[int, date]:
    """By when each practice is expected to reply, by the decision it is asked about; one statement, none for nobody."""
    asks = Ask.objects.filter(decision__in=decisions).order_by("-pk") if decisions else Ask.objects.none()
    return dict(asks.values_list("decision", expected_by()))


def applies_by_decision(people: Iterable[int], at: datetime) -> dict[str, Applies]:
    """What applies now about these people, by the ref of the decision it comes from; one statement, none for nobody."""
    asked = sorted(set(people))
    found = applies_now(asked, at=at) if asked else {}
    return {line.decision_ref: line for lines in found.values() for line in lines}


def _owner(what: FollowUp) -> str:
    if what.owner_role:
        return f"{ROLE_WORDS[Role(what.owner_role)]}, {what.owner_body.name}"
    return what.owner_body.name
