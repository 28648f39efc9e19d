"""What a round sends where: what the home does, what the registered practices are asked, who owes what by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.ehch.decisions.models import Ask, FollowUp
from homeround.ehch.decisions.queries import meanwhile_of
from homeround.ehch.residents.access import practice_of
from homeround.ehch.residents.queries import Identity, identities
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import MadeInReview


@dataclass(frozen=True)
class Goes:
    """One thing that leaves the round: about whom, its words, to whom, and its day.

    `on` is from when a decision applies, by when a practice is to reply, or by when a follow-up is due. `to` is empty
    where no practice is known. `meanwhile` is what the home does instead while the decision is in dispute (H27).
    `ended_at` is when a practice answered, or when a follow-up was done.
    """

    ref: str
    person_ref: str
    identity: Identity
    words: str
    to: str
    on: date | None
    meanwhile: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True)
class GoesWhere:
    """What a round sends where."""

    to_home: tuple[Goes, ...]
    to_practices: tuple[Goes, ...]
    to_owners: tuple[Goes, ...]


def what_goes_where(held: RoundInSight) -> GoesWhere:
    """What the reviews of a round in sight made, by who gets it. Three statements whatever the number."""
    asks = Ask.objects.filter(decision=OuterRef("decision"))
    made = list(
        MadeInReview.objects.filter(review__round=held.round_id)
        .annotate(
            answer_by_on=Subquery(asks.values("answer_by_on")[:1]),
            answered_at=Subquery(asks.values("ended_at")[:1]),
            practice_name=practice_of("resident", held.home.at, "practice__body__name"),
        )
        .select_related("resident", "decision", "follow_up__owner_body")
        .order_by("pk")
    )
    found = identities({one.resident_id for one in made})

    disputed = meanwhile_of(one.decision_id for one in made if one.decision_id)

    def goes(
        one: MadeInReview, ref: str, words: str, to: str, on: date | None, ended_at: datetime | None = None
    ) -> Goes:
        meanwhile = disputed.get(one.decision_id or 0, "")
        return Goes(ref, one.resident.ref, found.get(one.resident_id, Identity()), words, to, on, meanwhile, ended_at)

    decided = [(one, one.decision) for one in made if one.decision]
    asked = [(one, one.follow_up) for one in made if one.follow_up]
    return GoesWhere(
        to_home=tuple(
            goes(one, what.ref, what.decided, held.home.name, what.in_force_from_on) for one, what in decided
        ),
        to_practices=tuple(
            goes(one, what.ref, what.decided, one.practice_name or "", one.answer_by_on, one.answered_at)
            for one, what in decided
            if one.answer_by_on
        ),
        to_owners=tuple(
            goes(one, what.ref, what.words, _owner(what), what.due_on, what.ended_at) for one, what in asked
        ),
    )


def _owner(what: FollowUp) -> str:
    if what.owner_role:
        return f"{ROLE_WORDS[Role(what.owner_role)]}, {what.owner_body.name}"
    return what.owner_body.name
