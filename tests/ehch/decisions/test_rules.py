"""Where a decision stands with the registered GP, and what may be said. REQ-19, REQ-20."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from homeround.ehch.decisions import rules
from homeround.ehch.decisions.rules import AskFacts, AskState, Source
from homeround.ehch.decisions.words import NEW, ReplyKind
from homeround.kernel.calendar.bank_holidays import ENGLAND

DUE = date(2026, 11, 23)
SETTLED_ON = date(2026, 11, 10)
FACTS = AskFacts(DUE, last_reply="", is_query_answered=False, is_in_dispute=False, has_practice=True)


@pytest.mark.parametrize(
    ("change", "on", "state"),
    [
        ({}, DUE, AskState.AWAITED),
        ({}, date(2026, 11, 24), AskState.LATE),
        ({}, date(2036, 11, 24), AskState.LATE),
        ({"has_practice": False}, DUE, AskState.NOBODY),
        ({"has_practice": False}, date(2027, 1, 1), AskState.NOBODY),
        ({"last_reply": "query"}, DUE, AskState.QUERIED),
        ({"last_reply": "query", "is_query_answered": True}, DUE, AskState.AWAITED),
        ({"last_reply": "query", "is_query_answered": True}, date(2026, 11, 24), AskState.LATE),
        ({"last_reply": "not_our_patient"}, DUE, AskState.AWAITED),
        ({"last_reply": "not_our_patient", "has_practice": False}, DUE, AskState.NOBODY),
        ({"last_reply": "read"}, date(2036, 1, 1), AskState.READ),
        ({"last_reply": "do_not_adopt", "is_in_dispute": True}, DUE, AskState.IN_DISPUTE),
        ({"last_reply": "do_not_adopt"}, DUE, AskState.SETTLED),
    ],
)
def test_where_an_ask_stands(change: dict[str, object], on: date, state: AskState) -> None:
    assert rules.state_of(replace(FACTS, **change), on) is state  # type: ignore[arg-type]


def test_silence_never_answers() -> None:
    answered = {state for state in AskState if rules.is_answered(state)}
    assert answered == {AskState.READ, AskState.IN_DISPUTE, AskState.SETTLED}


@pytest.mark.parametrize(
    ("changes", "replies", "body", "practice", "needs"),
    [
        (True, False, 1, 7, True),
        (True, True, 7, 7, False),
        (True, True, 8, 7, True),
        (True, False, 7, 7, True),
        (True, False, 1, None, True),
        (False, False, 1, 7, False),
    ],
)
def test_who_is_asked(changes: bool, replies: bool, body: int, practice: int | None, needs: bool) -> None:
    assert rules.needs_reply(changes=changes, replies=replies, decider_body=body, practice=practice) is needs


def test_a_reply_is_due_in_working_days() -> None:
    assert rules.answer_by(date(2026, 12, 23), ENGLAND) == date(2027, 1, 4)


def test_every_reply_says_what_it_means_and_read_says_that_it_is_no_consent() -> None:
    assert set(rules.THE_REPLY_MEANS) == set(ReplyKind)
    assert "does not mean that you agree" in rules.THE_REPLY_MEANS[ReplyKind.READ]


@pytest.mark.parametrize(
    ("kind", "words", "meanwhile", "fields"),
    [
        ("read", "", "", set()),
        ("not_our_patient", "", "", set()),
        ("query", "  ", "", {"words"}),
        ("query", "Since when?", "", set()),
        ("do_not_adopt", "", "", {"words", "meanwhile"}),
        ("do_not_adopt", "No.", " ", {"meanwhile"}),
        ("do_not_adopt", "No.", "As before.", set()),
        ("agree", "", "", {"kind"}),
    ],
)
def test_what_a_reply_needs(kind: str, words: str, meanwhile: str, fields: set[str]) -> None:
    assert set(rules.problems_of_reply(kind, words, meanwhile)) == fields


def test_a_decision_applies_from_the_day_it_was_made_at_the_earliest() -> None:
    on = date(2026, 11, 16)
    assert rules.problems_of_decision("Walk", None, on) == {}
    whole: dict[str, Any] = {"because": "Stiff.", "before": "Sat.", "replaces": NEW}
    assert rules.problems_of_decision("Walk", on, on, **whole) == {}
    assert set(rules.problems_of_decision(" ", date(2026, 11, 15), on, **whole)) == {"decided", "in_force_from_on"}


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"because": ""}, {"because"}),
        ({"replaces": ""}, {"replaces"}),
        ({"before": " "}, {"before"}),
        ({"before": "", "replaces": "0123456789ABCDEF"}, set()),
        ({"replaces": "0123456789ABCDEF", "stops": True}, set()),
        ({"replaces": NEW, "stops": True}, {"replaces"}),
    ],
)
def test_a_change_says_why_and_what_it_replaces(given: dict[str, object], fields: set[str]) -> None:
    on = date(2026, 11, 16)
    whole: dict[str, Any] = {"because": "Stiff.", "before": "Sat.", "replaces": NEW} | given
    assert set(rules.problems_of_decision("Walk", on, on, **whole)) == fields
    assert rules.problems_of_decision("Walk", None, on) == {}


def test_a_follow_up_says_what_by_when_and_by_whom() -> None:
    on = date(2026, 11, 16)
    assert rules.problems_of_follow_up("Weigh", on, "home", on) == {}
    assert set(rules.problems_of_follow_up("", date(2026, 11, 15), "gp", on)) == {"follow_up", "due_on", "owner"}


@pytest.mark.parametrize(
    ("from_on", "since"), [(date(2026, 11, 1), SETTLED_ON), (date(2026, 12, 1), date(2026, 12, 1))]
)
def test_settled_as_decided_it_applies_from_its_own_day_at_the_earliest(from_on: date, since: date) -> None:
    facts = rules.AppliesFacts(
        "Turn 3-hourly", from_on, stops=False, meanwhile="Turn 2-hourly", disputed_on=SETTLED_ON,
        settled_as="decided", settled_on=SETTLED_ON,
    )  # fmt: skip
    assert rules.what_applies(facts, SETTLED_ON) == rules.SourcedWords(Source.SETTLED, "Turn 3-hourly", since)


def test_disputes_come_first_then_the_newest_then_what_starts_later_and_what_stopped() -> None:
    on = date(2026, 11, 16)
    in_order = [
        (Source.MEANWHILE, date(2026, 11, 1)),
        (Source.DECIDED, date(2026, 11, 15)),
        (Source.SETTLED, date(2026, 11, 2)),
        (Source.DECIDED, date(2026, 11, 20)),
        (Source.STOPPED, date(2026, 11, 16)),
    ]
    for mixed in (in_order[::-1], sorted(in_order), in_order[2:] + in_order[:2]):
        assert sorted(mixed, key=lambda line: rules.order(line[0], line[1], on)) == in_order
