"""How a typed text is kept, and what is wrong with it: unseen characters go, what must be refused is named. H38."""

import sys
import unicodedata
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeround.kernel.record.words import LONGEST, one_line, problems_in, tidied, tidy, what_is_wrong
from homeround.kernel.refusals import Invalid

TEXTS = st.text(max_size=40)
UNSEEN = "\x00\xad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2063\u202a\u202e\u2066\u2069\ufeff"


@pytest.mark.parametrize("text", ["She is not herself.", "Line one\nline two", "Zoë Ó Briain, 5 µg", "x" * 20, ""])
def test_ordinary_text_is_kept(text: str) -> None:
    assert what_is_wrong(text, most=20) == ""
    assert tidy(text) == text


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\u3164", "\u2800", "\u200b\u2060", "\u00ad", "\u0301", "\ufe0f"])
def test_nothing_is_refused_only_where_something_is_needed(text: str) -> None:
    assert what_is_wrong(text, most=20, needed="Say what you saw.") == "Say what you saw."
    assert what_is_wrong(text, most=20) == ""


def test_too_much_says_how_much_and_what_is_not_kept_does_not_count() -> None:
    assert "21 characters; at most 20" in what_is_wrong("x" * 21, most=20)
    assert what_is_wrong(" " + "x" * 20 + "\u200b\n", most=20) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Seen today\u200b, no change", "Seen today, no change"),
        ("Line one\x0bline two", "Line one\nline two"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\ufeff\u200eDunn\u200f", "Dunn"),
        ("\u202a999 000 0018\u202c", "999 000 0018"),
        ("soft\u00adhyphen, word\u2060joiner, nul\x00", "softhyphen, wordjoiner, nul"),
        ("Hangul\u3164filler, Braille\u2800blank, no\u00a0break", "Hangul filler, Braille blank, no break"),
        ("Jose\u0301 Nun\u0303ez", "José Nuñez"),
        ("999\u200d000", "999000"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that belongs to the word, in Persian
    ],
)
def test_what_nobody_sees_is_dropped_or_turned_into_what_it_means(typed: str, kept: str) -> None:
    assert tidy(typed) == kept
    assert what_is_wrong(typed, most=200) == ""


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Seen today\u202e, no change", "After “Seen today”"),
        ("Given at the door: not\u2066herself", "After “the door: not”"),
        ("One.\nTwo three\x1bfour", "After “Two three”"),
        ("\x01Seen", "At the beginning"),
        ("Seen\ud800", "After “Seen”"),
    ],
)
def test_what_must_be_refused_is_named_with_its_place(typed: str, place: str) -> None:
    said = what_is_wrong(typed, most=200)
    assert said.startswith(place)
    assert said.endswith("Delete that part and type it again.")


@given(TEXTS)
def test_what_is_kept_is_kept_again_as_it_is(text: str) -> None:
    kept = tidy(text)
    assert tidy(kept) == kept
    assert one_line(one_line(text)) == one_line(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert what_is_wrong(text, most=200) == what_is_wrong(kept, most=200)
    assert "\x00" not in kept


@given(st.text(alphabet=UNSEEN, max_size=8), TEXTS)
def test_unseen_characters_around_a_text_change_nothing(unseen: str, text: str) -> None:
    assert tidy(unseen) == ""
    assert tidy(f"{unseen} {text} {unseen}") == tidy(text)


def test_every_character_is_kept_dropped_or_refused_with_its_place() -> None:
    """No character of Unicode is a way to a text that shows nothing or cannot be written down."""
    for number in range(sys.maxunicode + 1):
        kept = tidy(chr(number))
        if kept and not what_is_wrong(kept, most=4):
            assert unicodedata.category(kept[0])[0] in "LNPSM", hex(number)
            kept.encode()


def test_only_fields_with_a_problem_are_named() -> None:
    assert problems_in(words="", because="Say why.") == {"because": "Say why."}


@dataclass(frozen=True)
class Grouped:
    """What an action is given in one argument."""

    words: str
    lines: tuple[str, ...] = ()
    number: int = 1


def test_everything_an_action_is_given_is_tidied_wherever_it_stands() -> None:
    given_: dict[str, Any] = {
        "by": "\u200bas it is",
        "words": "a\u200b",
        "grouped": Grouped(" b\x00", ("c\u00ad",)),
        "week": [[0, "\ufeff09:00"]],
    }
    assert tidied(given_) == {
        "by": "\u200bas it is",
        "words": "a",
        "grouped": Grouped("b", ("c",)),
        "week": [[0, "09:00"]],
    }


def test_an_action_is_not_given_what_must_be_refused() -> None:
    with pytest.raises(Invalid) as refused:
        tidied({"grouped": Grouped("a\u202eb"), "because": "x" * (LONGEST + 1)})
    assert set(refused.value.problems) == {"words", "because"}
