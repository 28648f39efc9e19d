"""What is wrong with a typed text: said in a sentence, never mended silently."""

import pytest

from homeround.kernel.record.words import problems_in, what_is_wrong


@pytest.mark.parametrize("text", ["She is not herself.", "Line one\nline two\t", "Zoë Ó Briain, 5 µg", "x" * 20, ""])
def test_ordinary_text_is_kept(text: str) -> None:
    assert what_is_wrong(text, most=20) == ""


@pytest.mark.parametrize("text", ["", "   ", "\n\t "])
def test_nothing_is_refused_only_where_something_is_needed(text: str) -> None:
    assert what_is_wrong(text, most=20, needed="Say what you saw.") == "Say what you saw."
    assert what_is_wrong(text, most=20) == ""


def test_too_much_says_how_much_and_blanks_around_it_do_not_count() -> None:
    assert "21 characters; at most 20" in what_is_wrong("x" * 21, most=20)
    assert what_is_wrong(" " + "x" * 20 + "\n", most=20) == ""


@pytest.mark.parametrize("unseen", ["\x00", "\x1b", "\u202e", "\u200b", "\ufeff", "\x7f"])
def test_characters_that_nobody_sees_are_refused(unseen: str) -> None:
    assert "cannot be seen" in what_is_wrong(f"not{unseen}herself", most=20)


def test_only_fields_with_a_problem_are_named() -> None:
    assert problems_in(words="", because="Say why.") == {"because": "Say why."}
