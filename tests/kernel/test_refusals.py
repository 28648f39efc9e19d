"""Refusals carry a status and words for the person."""

from datetime import UTC, datetime

import pytest

from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere, Refusal, SaidOtherwise


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotHere(), 404),
        (NotAllowed("Only the manager of the home may do this."), 403),
        (Invalid(room="Enter the room."), 422),
        (
            ChangedMeanwhile(
                "The review", "Dr Example", datetime(2026, 11, 21, tzinfo=UTC), {"outcome": "seen"}, then="Ask them."
            ),
            409,
        ),
        (SaidOtherwise({"words": "Not eating."}), 409),
    ],
)
def test_each_refusal_has_its_status_and_a_sentence(refusal: Refusal, status: int) -> None:
    assert refusal.status == status
    assert refusal.words == str(refusal)
    assert refusal.words.endswith(".")


def test_what_is_not_here_never_says_more() -> None:
    with pytest.raises(TypeError):
        NotHere("another home's resident")  # type: ignore[call-arg]


def test_invalid_gives_each_field_its_sentence() -> None:
    refusal = Invalid(room="Enter the room.", name="Enter the name.")

    assert refusal.problems == {"room": "Enter the room.", "name": "Enter the name."}
    assert refusal.words == "Enter the room. Enter the name."


def test_invalid_without_a_field_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="at least one field"):
        Invalid()


def test_what_stands_is_given_to_the_one_who_was_too_late() -> None:
    at = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
    refusal = ChangedMeanwhile("The review", "Dr Example", at, {"outcome": "seen"}, then="Ask them.")

    assert (refusal.what, refusal.by, refusal.at, refusal.stands) == (
        "The review",
        "Dr Example",
        at,
        {"outcome": "seen"},
    )
