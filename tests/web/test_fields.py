"""How an answer is read, and what is said when it cannot be."""

from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

import pytest

from homeround.web.forms.fields import Choices, Field, HiddenNumber, LongText, Text, Tick, Unanswerable
from homeround.web.forms.when import Day, MaybeClock, MaybeDay, Moment

F = TypeVar("F", bound=Field[Any])


def named(field: F) -> F:
    field.__set_name__(object, "it")
    return field


def day(text: str) -> dict[str, list[str]]:
    return dict(zip(("it-day", "it-month", "it-year"), ([part] for part in text.split(" ")), strict=True))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 2 2026", "There is no such day"),
        ("1  2026", "Add the month."),
        ("1 1 26", "the year with four"),
        ("one 1 2026", "the day as a number"),
        ("  ", "Say when."),
        ("² 1 2026", "the day as a number"),
        ("٣ 1 2026", "the day as a number"),
        ("1 Octember 2026", "its name"),
        ("1 1 ²026", "the year with four"),
        ("1 1 0026", "too far from today"),
        ("1 1 9999", "too far from today"),
        (f"1 {'9' * 30} 2026", "its name"),
        (f"{'9' * 5000} 1 2026", "the day as a number"),
        (f"1 1 {'9' * 5000}", "the year with four"),
    ],
)
def test_days_that_cannot_be_read(typed: str, said: str) -> None:
    with pytest.raises(Unanswerable, match=said):
        named(Day("When?", needed="Say when.")).read(day(typed))


@pytest.mark.parametrize("month", ["3", "03", "March", "march", "MAR", "Mar.", "\u200b3"])
def test_a_month_is_read_as_people_write_it(month: str) -> None:
    assert named(MaybeDay("When?")).read(day(f"27 {month} 2026")) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("sent", "number"), [("7", 7), ("", None), ("0", None), ("²", None), ("-7", None), ("9" * 5000, None), ("\x007", 7)]
)
def test_the_number_of_a_row_is_a_number_or_none(sent: str, number: int | None) -> None:
    assert named(HiddenNumber()).read({"it": [sent]}) == number


def test_a_leap_day_is_a_day() -> None:
    field = named(MaybeDay("When?"))
    assert field.read(day("29 2 2028")) == date(2028, 2, 29)
    assert field.read(day("  ")) is None
    assert field.written(date(2028, 2, 29)) == day("29 2 2028")


@pytest.mark.parametrize(("typed", "read"), [("14:02", time(14, 2)), ("9.05", time(9, 5)), ("0730", time(7, 30))])
def test_times_as_people_write_them(typed: str, read: time) -> None:
    assert named(MaybeClock("When?")).read({"it": [typed]}) == read


@pytest.mark.parametrize("typed", ["25:00", "9", "14:2", "two", "1x:00"])
def test_times_that_cannot_be_read(typed: str) -> None:
    with pytest.raises(Unanswerable, match="24 hours"):
        named(MaybeClock("When?")).read({"it": [typed]})


def moment(on: str, at: str, which: str = "") -> dict[str, list[str]]:
    return {**day(on), "it-time": [at], "it-which": [which]}


def test_a_moment_is_kept_in_utc_and_shown_in_london() -> None:
    field = named(Moment("When?", needed="Say when."))
    read = field.read(moment("1 7 2026", "14:02"))
    assert read == datetime(2026, 7, 1, 13, 2, tzinfo=UTC)
    assert field.written(read) == {**day("1 7 2026"), "it-time": ["14:02"]}


def test_a_time_that_came_twice_is_asked_about_and_remembered() -> None:
    field = named(Moment("When?", needed="Say when."))
    with pytest.raises(Unanswerable, match="came twice"):
        field.read(moment("25 10 2026", "01:30"))
    second = field.read(moment("25 10 2026", "01:30", "second"))
    assert second == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert field.written(second)["it-which"] == ["second"]
    assert field.asks_which(moment("25 10 2026", "01:30"))
    assert not field.asks_which(moment("25 10 2026", "02:30"))
    assert not field.asks_which(moment("25 10 2026", "half past one"))


def test_a_time_that_never_was_is_refused() -> None:
    with pytest.raises(Unanswerable, match="did not exist"):
        named(Moment("When?", needed="Say when.")).read(moment("29 3 2026", "01:30"))


def test_text_is_never_cut() -> None:
    field = named(Text("What?", most=5))
    assert field.read({"it": ["  fine\r\n"]}) == "fine"
    with pytest.raises(Unanswerable, match="at most 5"):
        field.read({"it": ["too long"]})
    with pytest.raises(Unanswerable, match="After “a” there is a character that turns the order of reading"):
        field.read({"it": ["a\u202eb"]})


def test_a_line_is_one_line_and_a_long_text_keeps_its_lines() -> None:
    assert named(Text("What?")).read({"it": ["one\r\n two\x00"]}) == "one two"
    assert named(LongText("What?")).read({"it": ["one\x0btwo\r\n\r\nthree\u200b"]}) == "one\ntwo\n\nthree"


def test_what_must_be_answered() -> None:
    with pytest.raises(Unanswerable, match="Tick"):
        named(Tick("Sure?", needed="Tick to go on.")).read({})
    with pytest.raises(Unanswerable, match="Choose"):
        named(Choices("Which?", needed="Choose one or more.")).read({"it": [""]})
