"""The NHS number: ten digits, the last a check on the others (modulus 11), shown as 3 3 4.

Refusals say what is wrong and what to do and never repeat the number: they reach logs. Only 999 000 0000 to 999 999
9999 is the test range, never issued to anybody; a live database refuses it, a demo holds nothing else. Control of
hazard H17. Source: the NHS Data Dictionary.
"""

import re
from typing import Final

from homeround.kernel.record.words import tidy
from homeround.kernel.refusals import Invalid

LENGTH: Final = 10
TEST_PREFIX: Final = "999"
MADE_AT_MOST: Final = 899_999
"""How many different numbers `made` can give: serials 0 to 899,998."""

_BETWEEN_DIGITS: Final = re.compile(r"[\s\-\u2010-\u2015\u202a-\u202e\u2066-\u2069]+")
_WEIGHTS: Final = range(10, 1, -1)
_NO_CHECK_DIGIT: Final = 10
_DIGIT_COUNT_A_BLOCK: Final = 9


def parse(text: str) -> str:
    """The ten digits of a typed number; spaces, hyphens and what nobody sees are let through.

    Raises Invalid(nhs_number=...).
    """
    digits = _BETWEEN_DIGITS.sub("", tidy(text))
    if not digits:
        raise Invalid(nhs_number="Enter the NHS number, or say that it is not known.")
    if not re.fullmatch(r"[0-9]+", digits):
        raise Invalid(nhs_number="An NHS number has only digits. Take out anything else.")
    if len(digits) != LENGTH:
        raise Invalid(nhs_number=f"An NHS number has 10 digits; this has {len(digits)}. Look for one missing or extra.")
    if len(set(digits)) == 1:
        raise Invalid(
            nhs_number="No NHS number is one digit ten times. Enter the real number, or say that it is not known."
        )
    if _check_digit(digits[:-1]) != int(digits[-1]):
        raise Invalid(
            nhs_number="This is not an NHS number: its last digit does not fit the others, so at least one is wrong. "
            "Compare it with a letter or the GP record; if you cannot, say that it is not known."
        )
    return digits


def shown(number: str) -> str:
    """The number as it is read and printed: `999 000 0018`."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def is_test(number: str) -> bool:
    """Whether the number, as `parse` gives it, is in the range that is never issued (999)."""
    return number.startswith(TEST_PREFIX)


def made(serial: int) -> str:
    """A valid number of the test range, another one for each serial from 0 to 899,998. Raises ValueError beyond.

    Of ten numbers that differ in the ninth digit at most one has no check digit, so each block of ten gives nine.
    """
    if not 0 <= serial < MADE_AT_MOST:
        raise ValueError(f"The test range gives numbers for serials 0 to {MADE_AT_MOST - 1}.")
    block, place = divmod(serial, _DIGIT_COUNT_A_BLOCK)
    bodies = (f"{TEST_PREFIX}{block:05}{ninth}" for ninth in range(10))
    usable = [body for body in bodies if _check_digit(body) != _NO_CHECK_DIGIT]
    return f"{usable[place]}{_check_digit(usable[place])}"


def _check_digit(body: str) -> int:
    """The check digit of nine digits; 10 means that no number begins with them."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return -total % 11
