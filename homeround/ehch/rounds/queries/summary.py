"""What a round sends where: what the home does, what the registered practices are asked, who owes what by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.ehch.decisions.models import Ask, FollowUp
from homeround.ehch.decisions.models.asking import expected_by
from homeround.ehch.decisions.queries import Applies, Owed, applies_now, owed_among, states_with_gp
from homeround.ehch.decisions.words import AskState
from homeround.ehch.residents.access import practice_of
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import MadeInReview


@dataclass(frozen=True)
class SummaryLine:
    """One thing that a round sends to somebody: about whom, its words, to whom, and its day.

    `on` is from when a decision applies, by when a practice is to reply, or by when a follow-up is due. `to` is empty
    where no practice is known. `applies` is what the home does now because of the decision, None where it does not
    apply (any more), or nothing changes (H27). `with_gp` is where the decision is with the registered GP, `owed` the
    follow-up with how it ended: an end is never taken for an answer, or for something done.
    """

    ref: str
    person_ref: str
    identity: Identity
    words: str
    to: str
    on: date | None
    applies: Applies | None = None
    with_gp: AskState | None = None
    owed: Owed | None = None


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
    """What the reviews of a round in sight made, by who gets it. Five statements whatever the number."""
    asks = Ask.objects.filter(decision=OuterRef("decision"))
    made = list(
        MadeInReview.objects.filter(review__round=held.round_id)
        .annotate(
            answer_by_on=Subquery(asks.values(expected=expected_by())[:1]),
            practice_name=practice_of("resident", held.home.at, "practice__body__name"),
        )
        .select_related("resident", "decision", "follow_up__owner_body")
        .order_by("pk")
    )
    people = {thing.resident_id for thing in made}
    found, applies = identities(people), applies_by_decision(people, held.home.at)
    with_gp = states_with_gp([thing.decision_id for thing in made if thing.decision_id], held.home.at)
    follow_ups = [thing.follow_up_id for thing in made if thing.follow_up_id]
    owed = {follow_up.ref: follow_up for follow_up in owed_among(follow_ups, held.home.at)}

    def line(
        thing: MadeInReview, ref: str, words: str, to: str, on: date | None, state: AskState | None = None
    ) -> SummaryLine:
        who = found.get(thing.resident_id, Identity())
        return SummaryLine(ref, thing.resident.ref, who, words, to, on, applies.get(ref), state, owed.get(ref))

    decided = [(thing, thing.decision) for thing in made if thing.decision]
    asked = [(thing, thing.follow_up) for thing in made if thing.follow_up]
    return RoundSummary(
        to_home=tuple(
            line(thing, what.ref, what.decided, held.home.name, what.in_force_from_on) for thing, what in decided
        ),
        to_practices=tuple(
            line(thing, what.ref, what.decided, thing.practice_name or "", thing.answer_by_on, with_gp.get(what.pk))
            for thing, what in decided
            if thing.answer_by_on
        ),
        to_owners=tuple(line(thing, what.ref, what.words, _owner(what), what.due_on) for thing, what in asked),
    )


def applies_by_decision(people: Iterable[int], at: datetime) -> dict[str, Applies]:
    """What applies now about these people, by the ref of the decision it comes from; one statement, none for nobody."""
    asked = sorted(set(people))
    found = applies_now(asked, at=at) if asked else {}
    return {line.decision_ref: line for lines in found.values() for line in lines}


def _owner(what: FollowUp) -> str:
    if what.owner_role:
        return f"{ROLE_WORDS[Role(what.owner_role)]}, {what.owner_body.name}"
    return what.owner_body.name
