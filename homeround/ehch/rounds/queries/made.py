"""What a review made and still stands: decisions, and what corrects them; follow-ups, and whom they went to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from homeround.accounts.models import Membership
from homeround.ehch.decisions.models import Decision, FollowUp
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.rounds.access import RoundInSight
from homeround.ehch.rounds.models import MadeInReview


@dataclass(frozen=True)
class MadeThing:
    """A decision or follow-up that a review made and that still stands: `kind` is `decision` or `follow_up`.

    `changes` and `stops` are those of a decision.
    """

    kind: str
    ref: str
    words: str
    changes: bool = False
    stops: bool = False


@dataclass(frozen=True)
class Made:
    """What one clinician's review of a person made and nothing has ended, the rows themselves."""

    decisions: tuple[Decision, ...]
    follow_ups: tuple[FollowUp, ...]


def made_by_review(held: RoundInSight, who: PersonInSight, *, reviewer: int) -> list[MadeThing]:
    """What one clinician's review of a person made and nothing has ended, to be shown. Statements as `rows_made_by`."""
    made = rows_made_by(held, who, reviewer=reviewer)
    return [
        *(
            MadeThing("decision", row.ref, row.decided, changes=row.in_force_from_on is not None, stops=row.stops)
            for row in made.decisions
        ),
        *(MadeThing("follow_up", row.ref, row.words) for row in made.follow_ups),
    ]


def rows_made_by(held: RoundInSight, who: PersonInSight, *, reviewer: int) -> Made:
    """What one clinician's review of a person made and nothing has ended, and what came of it: the decision that
    corrects one of it, the follow-up that one of it was passed on as or asked again in. Some statements for each time
    that something was corrected or passed on.
    """
    made = MadeInReview.objects.filter(
        review__round=held.round_id,
        review__reviewer__in=Membership.objects.same_as(reviewer),
        resident=who.resident_id,
    ).values_list("decision", "follow_up")
    rows = list(made)
    decisions = _with_what_came_of(Decision, {pk for pk, _ in rows if pk}, "corrects")
    follow_ups = _with_what_came_of(FollowUp, {pk for _, pk in rows if pk}, "passed_from")
    about = {"resident": who.resident_id, "ended_at": None}
    of_these = Q(pk__in=follow_ups) | Q(decision__in=decisions)
    return Made(
        tuple(Decision.objects.filter(pk__in=decisions, **about).order_by("pk")),
        tuple(FollowUp.objects.filter(of_these, **about).order_by("pk")),
    )


def _with_what_came_of(model: Any, first: set[int], column: str) -> set[int]:
    """These rows, and those that name one of them in a column, and so on."""
    found, newest = set(first), set(first)
    while newest:
        newest = set(model.objects.filter(**{f"{column}__in": newest}).values_list("pk", flat=True)) - found
        found |= newest
    return found
