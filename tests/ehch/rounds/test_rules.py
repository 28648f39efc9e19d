"""What is a reason, in which order people stand, when a round can close. REQ-36, REQ-37; H46."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from homeround.ehch.residents.rules import Sign, Wait
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.queries.waiting import at_risk_by
from homeround.ehch.rounds.rules.weeks import weeks_missed

AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


def sign(code: str, days: float = 0, words: str = "") -> Sign:
    return Sign(person=1, code=code, since=AT - timedelta(days=days), source=1, words=words)


def wait(kind: str, days: float = 0, words: str = "", due_on: str = "", **more: int | None) -> Wait:
    since = AT - timedelta(days=days)
    return Wait(kind, 1, "P", 9, more.get("body"), more.get("member"), since, due_on, "R", words, "")


def codes(*found: Sign | Wait) -> list[str]:
    signs = [item for item in found if isinstance(item, Sign)]
    waits = [item for item in found if isinstance(item, Wait)]
    return [reason.code for reason in rules.reasons_of(signs, waits, AT)]


def test_a_concern_is_a_reason_with_its_own_words_and_age() -> None:
    [reason] = rules.reasons_of([], [wait("unread", 3, "Not eating")], AT)
    assert (reason.kind, reason.strength, reason.age_days) == ("staff", "must", 3)
    assert reason.evidence == "Fri 13 Nov 2026, 10:00: Not eating"


def test_two_concerns_are_two_reasons() -> None:
    assert codes(wait("unread", 1, "a"), wait("unanswered", 2, "b")) == ["concern", "concern"]


def test_the_strongest_reason_stands_first_and_of_equals_the_oldest() -> None:
    found = rules.reasons_of(
        [], [wait("silence", 30), wait("unread", 1, "a"), wait("dispute", 9), wait("unread", 3)], AT
    )
    assert [(reason.code, reason.age_days) for reason in found] == [
        ("dispute", 9), ("concern", 3), ("concern", 1), ("no_reply", 30),
    ]  # fmt: skip


def test_a_clock_is_a_reason_two_working_days_before_its_end() -> None:
    assert at_risk_by(AT.date()) == date(2026, 11, 18)
    assert at_risk_by(date(2026, 11, 19)) == date(2026, 11, 23), "a weekend does not count"


def test_a_clock_says_what_is_due_and_when() -> None:
    [late] = rules.reasons_of([], [wait("assessment", 9, due_on="2026-11-13")], AT)
    assert late.evidence == "Assessment: overdue since Fri 13 Nov 2026"
    [due] = rules.reasons_of([], [wait("assessment", 9, due_on="2026-11-16")], AT)
    assert due.evidence == "Assessment: due Mon 16 Nov 2026"


@pytest.mark.parametrize(("days", "expected"), [(27, []), (28, ["nothing_recorded"]), (400, ["nothing_recorded"])])
def test_nothing_recorded_for_a_while_is_a_reason(days: int, expected: list[str]) -> None:
    assert codes(sign("recorded", days), sign("recorded", days + 5)) == expected


def test_anything_recorded_lately_is_enough() -> None:
    assert codes(sign("recorded", 200), sign("reviewed", 3)) == []


def test_nobody_is_hidden_for_lack_of_entries_but_from_the_day_they_were_written_down() -> None:
    assert codes() == []
    assert codes(sign("lives", 28)) == ["nothing_recorded"]
    assert codes(sign("lives", 2)) == []


def test_somebody_new_is_a_reason_until_a_review_after_arrival() -> None:
    arrived = sign("arrived", 4, "2026-11-12")
    assert codes(arrived) == ["new_resident"]
    assert codes(arrived, sign("reviewed", 1)) == []
    assert codes(arrived, sign("reviewed", 20)) == ["new_resident"]


def test_not_reached_is_a_reason() -> None:
    assert codes(wait("not_reached", 7)) == ["not_reached"]


def test_a_sign_that_no_rule_knows_is_no_reason() -> None:
    assert codes(sign("weather", 1)) == []


def test_ten_that_may_wait_stand_below_one_that_must_be_seen() -> None:
    must = rules.reasons_of([], [wait("unread", 0, "a")], AT)
    consider = rules.reasons_of([sign("recorded", 400)], [], AT) * 10
    long_ago, yesterday = AT - timedelta(weeks=50), AT - timedelta(days=1)
    assert rules.order(must, yesterday, "Z") < rules.order(consider, long_ago, "A")


def test_among_equals_the_longest_unreviewed_comes_first_and_never_reviewed_before_all() -> None:
    ordered = sorted(
        [("Adams", AT - timedelta(days=7)), ("Brown", None), ("Clark", AT - timedelta(days=70))],
        key=lambda pair: rules.order([], pair[1], pair[0]),
    )
    assert [name for name, _ in ordered] == ["Brown", "Clark", "Adams"]


WEDNESDAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (None, "Never"),
        (date(2026, 11, 18), "Wed 18 Nov 2026, 2 weeks ago"),
        (date(2026, 11, 22), "Sun 22 Nov 2026, 1 week ago"),
        (date(2026, 11, 25), "Wed 25 Nov 2026, 1 week ago"),
        (date(2026, 11, 26), "Thu 26 Nov 2026"),
        (date(2026, 11, 27), "Fri 27 Nov 2026"),
        (date(2026, 11, 29), "Sun 29 Nov 2026"),
        (date(2026, 11, 30), "This week, Mon 30 Nov 2026"),
        (date(2026, 12, 1), "This week, Tue 1 Dec 2026"),
        (WEDNESDAY, "This week, Wed 2 Dec 2026"),
    ],
)
def test_a_review_is_of_this_week_only_in_its_own_week(on: date | None, words: str) -> None:
    assert rules.last_review(on, WEDNESDAY) == words


@pytest.mark.parametrize(("seen", "read"), [(seen, read) for read in range(7, 14) for seen in range(read + 1)])
def test_this_week_is_said_of_the_days_from_monday_on(seen: int, read: int) -> None:
    """Day 0 is the Monday of last week, day 7 that of this week."""
    seen_on, read_on = date(2026, 11, 23) + timedelta(seen), date(2026, 11, 23) + timedelta(read)
    assert rules.last_review(seen_on, read_on).startswith("This week") == (seen >= 7)


def test_weeks_since_are_whole_weeks_and_never_stands_apart_from_nought() -> None:
    assert rules.weeks_since(None, AT) is None
    assert rules.weeks_since(AT - timedelta(days=6), AT) == 0
    assert rules.weeks_since(AT - timedelta(days=15), AT) == 2


@pytest.mark.parametrize(
    ("how", "outcome", "is_decided", "fields"),
    [
        ("in_person", "no_change", False, set()),
        ("", "no_change", False, {"how"}),
        ("", "not_reached", False, set()),
        ("not_with", "not_reached", False, set()),
        ("in_person", "not_reached", False, {"how"}),
        ("in_person", "", False, {"outcome"}),
        ("in_person", "plan_changed", False, {"decided"}),
        ("in_person", "plan_changed", True, set()),
        ("in_person", "plan_kept", True, {"outcome"}),
        ("in_person", "clinical_input", True, set()),
        ("in_person", "clinical_input", False, set()),
        ("telepathy", "vanished", False, {"how", "outcome"}),
    ],
)
def test_what_a_review_needs(how: str, outcome: str, is_decided: bool, fields: set[str]) -> None:
    assert set(rules.problems_of_review(how, outcome, is_decided=is_decided)) == fields


def test_every_reason_says_who_gives_it_and_how_strong_it_is() -> None:
    assert {rule.kind for rule in rules.REASONS.values()} <= set(rules.ReasonKind)
    for rule in rules.REASONS.values():
        assert (rule.threshold is None) == (not rule.threshold_means)


@pytest.mark.parametrize(
    ("last_on", "missed"),
    [
        (None, 0),
        (date(2026, 11, 16), 0),
        (date(2026, 11, 15), 0),
        (date(2026, 11, 9), 0),
        (date(2026, 11, 8), 1),
        (date(2026, 11, 2), 1),
        (date(2026, 11, 1), 2),
        (date(2026, 8, 17), 12),
    ],
)
def test_a_week_is_missed_once_it_has_passed_whole(last_on: date | None, missed: int) -> None:
    assert weeks_missed(last_on, date(2026, 11, 16)) == missed


@pytest.mark.parametrize(
    ("covered_from", "missed"),
    [
        (None, 0),
        (date(2026, 11, 16), 0),
        (date(2026, 11, 10), 0),
        (date(2026, 11, 9), 1),
        (date(2026, 11, 3), 1),
        (date(2026, 9, 14), 9),
        (date(2026, 12, 1), 0),
    ],
)
def test_where_no_round_was_ever_held_whole_weeks_of_cover_are_missed(covered_from: date | None, missed: int) -> None:
    """A PCN that never came is not calmer than one that came once (REQ-33; H46)."""
    assert weeks_missed(None, date(2026, 11, 16), covered_from=covered_from) == missed
    assert weeks_missed(date(2026, 11, 9), date(2026, 11, 16), covered_from=covered_from) == 0
