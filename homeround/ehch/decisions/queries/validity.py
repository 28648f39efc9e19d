"""Whether decisions apply: the one reading that stands beside their words on every page, list and print (H27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from homeround.ehch.decisions import rules
from homeround.ehch.decisions.access import why_in_question
from homeround.ehch.decisions.models import Decision
from homeround.ehch.decisions.models.asking import done_otherwise, open_disputes, settlements
from homeround.ehch.decisions.models.deciding import in_force_on, not_withdrawn
from homeround.ehch.decisions.words import ANSWERED_WHAT, TAKEN_BACK, DecisionState
from homeround.ehch.residents.access import PersonInSight
from homeround.kernel.calendar.times import london_date


@dataclass(frozen=True)
class Validity:
    """Whether a decision applies, from which day, and up to which (None: until it is changed). `replaced_by` is the ref
    of what has taken its place; `rests_on` what it answered where that puts it in question (`ANSWERED_WHAT`), or empty.
    """

    state: DecisionState
    in_force_from_on: date | None
    replaced_by: str
    until_on: date | None = None
    rests_on: str = ""


def validity_about(person: PersonInSight) -> dict[str, Validity]:
    """Whether each decision about a person in sight applies, by its ref; one statement."""
    return validity_by_ref(Decision.objects.filter(resident=person.resident_id), person.as_of)


def validity_by_ref(decisions: QuerySet[Decision], at: datetime) -> dict[str, Validity]:
    """Whether each of these decisions applies at an instant, by its ref; one statement."""
    return {row.ref: validity_in(row, at) for row in with_validity(decisions, at)}


def with_validity(decisions: QuerySet[Decision], at: datetime) -> QuerySet[Any]:
    """Decisions with what `validity_in` reads."""
    later = _taking_over(at).filter(thread=Coalesce(OuterRef("thread"), OuterRef("pk")), pk__gt=OuterRef("pk"))
    found: QuerySet[Any] = decisions.annotate(
        later_ref=Coalesce(Subquery(later.order_by("-pk").values("ref")[:1]), Value("", output_field=CharField())),
        in_dispute_now=Exists(open_disputes(at)),
        in_question_as=why_in_question(),
        settled_now=Coalesce(
            Subquery(settlements(at).order_by("-pk").values("settled_as")[:1]), Value("", output_field=CharField())
        ),
    )
    return found


def validity_in(row: Any, at: datetime) -> Validity:
    """Whether a decision from `with_validity` applies."""
    facts = rules.DecisionFacts(
        in_force_from_on=row.in_force_from_on,
        stops=row.stops,
        is_replaced=bool(row.later_ref),
        ended_how=row.ended_how if row.ended_at and row.ended_at <= at else "",
        is_in_dispute=row.in_dispute_now,
        settled_as=row.settled_now,
        until_on=row.until_on,
    )
    state = rules.decision_state(facts, london_date(at))
    rests_on = "" if state in TAKEN_BACK else ANSWERED_WHAT.get(row.in_question_as, "")
    return Validity(state, row.in_force_from_on, row.later_ref, row.until_on, rests_on)


def _taking_over(at: datetime) -> QuerySet[Decision]:
    """Decisions that have taken the place of earlier ones: in force, or the home does something else of them already,
    because they are in dispute or were settled otherwise before their day.
    """
    return Decision.objects.filter(not_withdrawn(at), in_force_on(london_date(at)) | done_otherwise(at))
