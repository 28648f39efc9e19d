"""What is derived of a concern: to be phoned, unread, read, answered, closed; what makes it stand out. REQ-87; H3."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from homeround.ehch.deterioration.rules import (
    ANSWERED_WITHIN,
    LONGEST_WORDS,
    READ_WITHIN,
    ConcernFacts,
    phone_of,
    place_in_list,
    problems_of_answer,
    problems_of_call,
    problems_of_concern,
    problems_of_move,
    state_of,
    why_it_stands_out,
)
from homeround.ehch.deterioration.words import Phone, State

RAISED = datetime(2026, 12, 25, 2, 0, tzinfo=UTC)
SOON = RAISED + timedelta(minutes=10)
CALM = ConcernFacts(help_now=False, raised_at=RAISED, was_spoken_to=False, first_read_at=None, ended_at=None)
URGENT = replace(CALM, help_now=True)
READ = replace(CALM, first_read_at=SOON)


def test_help_now_is_to_be_phoned_until_somebody_was_spoken_to() -> None:
    assert phone_of(URGENT) is Phone.TO_BE_PHONED
    assert phone_of(replace(URGENT, was_spoken_to=True)) is Phone.SPOKEN
    assert phone_of(CALM) is Phone.NOT_NEEDED


def test_a_call_about_one_that_needed_none_changes_nothing() -> None:
    assert phone_of(replace(CALM, was_spoken_to=True)) is Phone.NOT_NEEDED


@pytest.mark.parametrize(
    ("concern", "state"),
    [
        (CALM, State.UNREAD),
        (READ, State.READ),
        (replace(READ, ended_at=SOON), State.ANSWERED),
        (replace(CALM, ended_at=SOON), State.ANSWERED),
        (replace(CALM, departure=("died", SOON)), State.OPEN_WHEN_THEY_DIED),
        (replace(READ, departure=("moved_home", SOON)), State.OPEN_WHEN_THEY_LEFT),
        (replace(CALM, departure=("left", RAISED - timedelta(days=1))), State.UNREAD),
        (replace(CALM, ended_at=SOON, departure=("died", SOON)), State.ANSWERED),
    ],
    ids=["nobody", "read", "answered", "answered unread", "died", "moved", "departed before", "answered, then died"],
)
def test_where_it_stands(concern: ConcernFacts, state: State) -> None:
    assert state_of(concern) is state


@pytest.mark.parametrize(
    ("concern", "after", "somebody", "why"),
    [
        (URGENT, timedelta(0), True, "To be phoned since Fri 25 Dec 2026, 02:00"),
        (replace(URGENT, first_read_at=SOON), timedelta(days=3), True, "To be phoned since"),
        (replace(URGENT, was_spoken_to=True), timedelta(0), True, ""),
        (CALM, timedelta(0), True, ""),
        (CALM, timedelta(0), False, "Nobody who reads this is at work now."),
        (READ, timedelta(0), False, ""),
        (CALM, READ_WITHIN, True, ""),
        (CALM, READ_WITHIN + timedelta(seconds=1), True, "Not read since Fri 25 Dec 2026, 02:00."),
        (READ, ANSWERED_WITHIN, True, ""),
        (READ, ANSWERED_WITHIN + timedelta(seconds=1), True, "Not answered since Fri 25 Dec 2026, 02:00."),
        (replace(CALM, ended_at=SOON), timedelta(days=9), False, ""),
        (replace(URGENT, departure=("died", SOON)), timedelta(days=9), False, ""),
    ],
)
def test_what_makes_it_stand_out(concern: ConcernFacts, after: timedelta, somebody: bool, why: str) -> None:
    words = why_it_stands_out(concern, RAISED + after, somebody_reads_now=somebody)
    assert words.startswith(why)
    assert bool(words) is bool(why)


def test_those_to_be_phoned_come_first_then_what_stands_out_then_the_oldest() -> None:
    at = RAISED + timedelta(hours=1)
    older = replace(CALM, raised_at=RAISED - timedelta(hours=1))
    late = replace(CALM, raised_at=RAISED - timedelta(hours=9))
    in_order = sorted(
        [CALM, older, late, URGENT], key=lambda concern: place_in_list(concern, at, somebody_reads_now=True)
    )
    assert in_order == [URGENT, late, older, CALM]


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (LONGEST_WORDS + 1), "off\u202ebalance", "\x00"])
def test_words_that_are_no_concern(words: str) -> None:
    assert set(problems_of_concern(words, help_now=False)) == {"words"}


def test_a_concern_needs_words_and_nothing_else() -> None:
    assert not problems_of_concern("Not herself.", help_now=False)
    assert not problems_of_concern("x" * LONGEST_WORDS, help_now=False)


def test_a_call_that_nobody_answered_is_kept() -> None:
    assert not problems_of_call("NHS 111", "", "")
    assert set(problems_of_call(" ", "", "")) == {"service"}
    assert set(problems_of_call("x" * 121, "y" * 121, "z" * (LONGEST_WORDS + 1))) == {"service", "spoke_to", "words"}


def test_an_answer_and_a_move_say_why() -> None:
    assert set(problems_of_answer("")) == {"words"}
    assert set(problems_of_move(" ")) == {"because"}
    assert set(problems_of_move("x" * 301)) == {"because"}
    assert not problems_of_answer("Seen today.")
    assert not problems_of_move("Two Margarets.")


def test_a_call_does_not_send_an_urgent_one_down_the_list() -> None:
    at = RAISED + timedelta(hours=1)
    late = replace(CALM, raised_at=RAISED - timedelta(hours=9))
    phoned = replace(URGENT, was_spoken_to=True, raised_at=RAISED - timedelta(hours=8))
    found = [CALM, late, phoned, URGENT]
    assert sorted(found, key=lambda concern: place_in_list(concern, at, somebody_reads_now=True)) == [
        URGENT,
        phoned,
        late,
        CALM,
    ]


def test_where_help_is_needed_now_the_words_may_follow() -> None:
    assert not problems_of_concern("", help_now=True)
    assert set(problems_of_concern("x" * (LONGEST_WORDS + 1), help_now=True)) == {"words"}


def test_what_was_raised_in_error_waits_for_nobody() -> None:
    removed = replace(URGENT, is_removed=True)
    assert state_of(removed) is State.REMOVED
    assert why_it_stands_out(removed, RAISED + timedelta(days=9), somebody_reads_now=False) == ""
