"""What happened to a person is everything that anybody wrote about them, also what was taken back since. H34."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from django.apps import apps
from django.db.models import Model

from homeround.ehch.residents.models import AboutResident
from homeround.ehch.rounds.queries.person import branches_of

NOT_ON_IT: Final = {
    "residents.IdentityClaim": "who they are stands on top of the page; that it was put right is a line of its own",
    "residents.CoOption": "who may see them: stands under who is who, and with who has looked",
    "residents.NotTheSame": "names another person",
    "decisions.Ask": "part of the decision, which says by when an answer is expected",
    "decisions.AskedAnew": "follows from a registration, which is a line",
    "decisions.Confirmation": "says that words under somebody's name are theirs; on the decision's page",
    "decisions.Received": "how a practice hands its post on; on the decision's page",
    "decisions.NewsRead": "that somebody has read what is a line already",
    "rounds.MadeInReview": "which review made which decision or follow-up, each of which is a line",
    "rounds.ReviewHolds": "says that what a review found holds for them; on the round's page",
    "rounds.ReviewConfirming": "says that words under somebody's name are theirs; on the round's page",
}
"""Tables about a resident of which no row is a line of what happened, and why."""

REMOVED_NOT_ON_IT: Final = {
    "residents.Stay": "taken out with its arrival, which says so",
    "residents.StayChange": "never taken back: what changes a stay is written anew",
    "residents.HandedOver": "goes only with the departure, which says so",
    "residents.HospitalStay": "the words of one taken back are a line of their own, `hospital_words`",
    "residents.HospitalReturn": "the words of one taken back are a line of their own, `hospital_words`",
    "residents.HospitalNews": "the words of one taken back are a line of their own, `hospital_words`",
    "residents.Correction": "an entry put back stands again, and that it was put back is a line",
    "decisions.Decision": "never removed: it ends, and says how",
    "decisions.Dispute": "goes only with its reply, which says so",
    "decisions.FollowUp": "never removed: it ends, and says how",
    "decisions.LeftUndone": "goes only with the ending, which says so",
    "deterioration.Concern": "that one was removed, and why, is a line of its own",
    "deterioration.AddedWords": "goes only with its concern",
    "deterioration.ReadBy": "says only who has read what still stands",
    "deterioration.Call": "one removed is a line of its own, with since when",
    "deterioration.ConcernAnswer": "what was about somebody else says so; what was taken back stands on its page",
    "rounds.Review": "only ever removed as somebody else's, and says that an entry was removed",
    "rounds.PutForward": "only ever removed as somebody else's, and says that an entry was removed",
    "rounds.NotNeeded": "goes only with what had been put forward",
}
"""Tables with lines in what happened, whose removed rows are none, and why."""


COLUMNS_NOT_ON_IT: Final = {
    **dict.fromkeys(
        ("rounds.Review.wanted", "rounds.Review.see_again_on", "rounds.Review.see_again_week_on"),
        "on the round's page, where the line leads; until it has come, a reason to see them",
    ),
    **dict.fromkeys(
        ("decisions.Decision.because", "decisions.Decision.in_force_from_on", "decisions.Decision.until_on"),
        "on the decision's page, where the line leads",
    ),
    **dict.fromkeys(
        ("decisions.Settlement.settled_as", "decisions.Settlement.from_now_on", "decisions.Reply.meanwhile"),
        "on the decision's page, where the line leads; what applies says the same",
    ),
    "decisions.QueryAnswer.answer_by_on": "on the decision's page, where the line leads",
    "decisions.FollowUp.owner_role": "on the follow-up's page; the line names the owner",
    "decisions.FollowUp.asked_first_at": "on the follow-up's page, where the line leads",
    "deterioration.AddedWords.to_be_read": "whether the home or the PCN added them, which the author says",
    "deterioration.ReadBy.read_to": "how far somebody had read, from which the state of the concern follows",
    **dict.fromkeys(
        (f"care_plans.Completion.{name}" for name in ("took_part", "person_took_part", "late_because")),
        "with the obligation on the person's page",
    ),
    **dict.fromkeys(
        (
            f"residents.Arrival.{name}"
            for name in ("arrived_on", "rule_set", "due_calendar_on", "provisional", "reasoning")
        ),
        "how the due date was counted: on the page of the arrival",
    ),
    **dict.fromkeys(
        (
            *("residents.Stay.place", "residents.Stay.planned_end_on", "residents.StayChange.place"),
            *("residents.StayChange.from_on", "residents.StayChange.planned_end_on"),
        ),
        "what the stay is now stands on top of the page",
    ),
    **dict.fromkeys(
        (f"residents.RegistrationStart.{name}" for name in ("gp_name", "until_on", "source", "last_confirmed_on")),
        "who is responsible now stands on top of the page",
    ),
}
"""Columns of the tables on it that no line says, and where they stand instead."""


@pytest.fixture
def branches(db: None) -> dict[str, str]:
    """The statement of every branch of what happened, by its table."""
    found: dict[str, str] = {}
    for rows in branches_of(1, 1):
        label = rows.model._meta.label
        found[label] = found.get(label, "") + str(rows.query)
    return found


def _tables() -> dict[str, Any]:
    return {table._meta.label: table for table in apps.get_models() if issubclass(table, AboutResident)}


def test_every_table_about_a_person_is_on_it_or_says_why_not(branches: dict[str, str]) -> None:
    assert set(_tables()) == set(branches) | set(NOT_ON_IT)
    assert not set(branches) & set(NOT_ON_IT)


def test_what_was_taken_back_is_on_it_or_says_why_not(branches: dict[str, str]) -> None:
    told = {
        label for label, sql in branches.items() if re.search(rf'"{_tables()[label]._meta.db_table}"."stands" OR ', sql)
    }
    assert set(branches) == told | set(REMOVED_NOT_ON_IT)
    assert not told & set(REMOVED_NOT_ON_IT)


def _columns(table: Any) -> set[str]:
    """What a table says itself, beside who wrote it when about whom, and keys to other rows."""
    said = {column.attname for column in table._meta.concrete_fields if not column.is_relation}
    return said - _EVERYWHERE - {"id"}


_EVERYWHERE: Final = {
    column.attname
    for base in AboutResident.__mro__
    if issubclass(base, Model) and base is not Model
    for column in base._meta.local_fields
}


def test_what_a_column_says_is_on_it_or_says_where_it_stands(branches: dict[str, str]) -> None:
    """A field that comes later is forgotten on no timeline."""
    unsaid = {
        f"{label}.{name}"
        for label, sql in branches.items()
        for name in _columns(_tables()[label])
        if f'"{name}"' not in sql
    }
    assert unsaid == set(COLUMNS_NOT_ON_IT)
