"""An entry that is said again says all that it said: also in a column that comes later."""

from __future__ import annotations

from typing import Any

import pytest

from homeround.accounts.models import Written
from homeround.accounts.written import said_again
from homeround.ehch.decisions.models import FollowUp
from homeround.ehch.deterioration.models import AddedWords, Concern
from homeround.ehch.rounds.models import PutForward, Review

SAID: dict[type[Written], set[str]] = {
    Concern: {"home_id", "help_now", "words"},
    AddedWords: {"concern_id", "words", "to_be_read"},
    PutForward: {"home_id", "asks", "words"},
    Review: {"round_id", "reviewer_id", "how", "outcome", "notes", "wanted", "see_again_on", "see_again_week_on"},
    FollowUp: {
        *("home_id", "decision_id", "words", "due_on", "owner_body_id", "owner_role", "owner_id"),
        *("asked_first_by_id", "asked_first_at"),
    },
}


@pytest.mark.parametrize("table", SAID, ids=lambda table: table.__name__)
def test_what_is_said_again(table: type[Written]) -> None:
    assert said_again(table()).keys() >= SAID[table]
    assert not said_again(table()).keys() & {"id", "ref", "resident_id", "by_id", "stands", "moved_from_id", "ended_at"}


def test_what_differs_is_said() -> None:
    changed: dict[str, Any] = said_again(Concern(words="Not herself.", help_now=True), home_id=7)
    assert changed == {"home_id": 7, "help_now": True, "words": "Not herself."}
