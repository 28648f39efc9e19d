"""NHS numbers: the check digit, the test range, and sentences that help without repeating the number."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeround.kernel.record import nhs_number
from homeround.kernel.refusals import Invalid

SERIALS = st.integers(0, nhs_number.MADE_AT_MOST - 1)


def problem(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        nhs_number.parse(text)
    assert list(refused.value.problems) == ["nhs_number"]
    return refused.value.problems["nhs_number"]


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("9990000018", "9990000018"),
        (" 999 000 0018 ", "9990000018"),
        ("999-000-0018", "9990000018"),
        ("999\u00a0000\u20110018", "9990000018"),
        ("999\u200d000\u200d0018", "9990000018"),
        ("\u200e999 000 0018", "9990000018"),
        ("\ufeff999 000 0018", "9990000018"),
        ("\u202a999 000 0018\u202c", "9990000018"),
        ("999\u202d000\u202c0018\x00", "9990000018"),
        ("999 000 0050", "9990000050"),
        ("999 000 0379", "9990000379"),
    ],
)
def test_a_real_number_is_read_with_spaces_and_hyphens(typed: str, digits: str) -> None:
    assert nhs_number.parse(typed) == digits


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the NHS number, or say that it is not known."),
        (" - ", "Enter the NHS number, or say that it is not known."),
        ("943 476 591X", "only digits"),
        ("９９９ ０００ ００１８", "only digits"),
        ("943 476 591", "10 digits; this has 9"),
        ("943 476 59199", "10 digits; this has 11"),
        ("999 999 9999", "one digit ten times"),
        ("943 476 5918", "last digit does not fit"),
        ("999 123 4560", "last digit does not fit"),
        ("987 654 4321", "last digit does not fit"),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(typed: str, words: str) -> None:
    assert words in problem(typed)


@pytest.mark.parametrize("last", string.digits)
def test_a_body_without_a_check_digit_begins_no_number(last: str) -> None:
    assert "last digit does not fit" in problem(f"999000000{last}")


@settings(deadline=None)
@given(SERIALS, st.integers(1, 9), st.sampled_from(["", "1", "x"]))
def test_a_refusal_never_repeats_the_number(serial: int, off_by: int, after: str) -> None:
    number = nhs_number.made(serial)
    wrong = number[:9] + str((int(number[9]) + off_by) % 10) + after
    with pytest.raises(Invalid) as refused:
        nhs_number.parse(wrong)

    told = f"{refused.value!r} {refused.value} {refused.value.problems}"
    assert wrong not in told
    assert wrong[:6] not in told


@settings(deadline=None)
@given(SERIALS)
def test_made_numbers_are_valid_and_in_the_test_range(serial: int) -> None:
    number = nhs_number.made(serial)

    assert nhs_number.parse(number) == number
    assert nhs_number.is_test(number)


def test_made_numbers_differ() -> None:
    first, last = range(1000), range(nhs_number.MADE_AT_MOST - 1000, nhs_number.MADE_AT_MOST)

    assert len({nhs_number.made(serial) for serial in (*first, *last)}) == 2000
    assert nhs_number.made(0) == "9990000018"


@pytest.mark.parametrize("serial", [-1, nhs_number.MADE_AT_MOST])
def test_beyond_the_test_range_nothing_is_made(serial: int) -> None:
    with pytest.raises(ValueError, match="test range"):
        nhs_number.made(serial)


@settings(deadline=None)
@given(SERIALS, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(serial: int, place: int, off_by: int) -> None:
    number = nhs_number.made(serial)
    wrong = str((int(number[place]) + off_by) % 10)

    problem(number[:place] + wrong + number[place + 1 :])


@settings(deadline=None)
@given(SERIALS, st.integers(0, 8))
def test_two_neighbours_changed_over_are_always_noticed(serial: int, place: int) -> None:
    number = nhs_number.made(serial)
    one, other = number[place], number[place + 1]
    if one != other:
        problem(number[:place] + other + one + number[place + 2 :])


@pytest.mark.parametrize(("number", "test"), [("9990000018", True), ("9980000000", False)])
def test_only_999_is_the_test_range(number: str, test: bool) -> None:
    assert nhs_number.is_test(number) is test


@settings(deadline=None)
@given(SERIALS)
def test_shown_is_three_three_four_and_reads_back(serial: int) -> None:
    number = nhs_number.made(serial)

    assert [len(part) for part in nhs_number.shown(number).split(" ")] == [3, 3, 4]
    assert nhs_number.parse(nhs_number.shown(number)) == number


def test_shown() -> None:
    assert nhs_number.shown("9990000018") == "999 000 0018"
