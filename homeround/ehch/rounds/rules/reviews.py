"""What can be kept as a review of somebody in a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from homeround.ehch.rounds.rules.weeks import is_written_up
from homeround.ehch.rounds.words import WITH_DECISION, WITHOUT_DECISION, WITHOUT_SEEING, Outcome, Seen
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.record.words import problems_in, what_is_wrong

LONGEST_NOTES: Final = 4000
LONGEST_WANTED: Final = 1000
"""Characters."""

LATEST_AGAIN: Final = timedelta(days=366)


def problems_of_review(how: str, outcome: str, *, is_decided: bool) -> dict[str, str]:
    """What stands against keeping a review, field by field."""
    problems: dict[str, str] = {}
    if outcome in WITHOUT_SEEING and how not in {"", Seen.NOT_WITH}:
        problems["how"] = "They were not reached, so nobody was with them: choose that, or another outcome."
    elif how not in set(Seen) and outcome not in WITHOUT_SEEING:
        problems["how"] = "Say how you were with them, or that you were not."
    if outcome not in set(Outcome):
        problems["outcome"] = "Choose what came of it."
    elif outcome in WITH_DECISION and not is_decided:
        problems["decided"] = "Say what changes for the home: the registered GP is asked about exactly these words."
    elif outcome in WITHOUT_DECISION and is_decided:
        problems["outcome"] = "Something changes for the home, so choose the outcome that says so."
    return problems


def problems_of_week(outcome: str, round_on: date, on: date) -> dict[str, str]:
    """What stands against writing somebody down as seen, on a day, who was not so far: the round counts for its own
    week only (REQ-33; H46).
    """
    if outcome in WITHOUT_SEEING or not is_written_up(round_on, on):
        return {}
    words = (
        f"This is the round of {shown_date(round_on)}, more than a week ago. Who is seen now is seen in another round: "
        "close this one, or cancel it if it did not take place, and open one for today."
    )
    return {"outcome": words}


def problems_of_notes(notes: str, wanted: str) -> dict[str, str]:
    """What stands against the words of a review."""
    return problems_in(
        notes=what_is_wrong(notes, most=LONGEST_NOTES), wanted=what_is_wrong(wanted, most=LONGEST_WANTED)
    )


def problems_of_seeing_again(see_again_on: date | None, today: date) -> dict[str, str]:
    """What stands against the day on which somebody is to be seen again; None: no day was given."""
    if see_again_on is None:
        return {}
    if see_again_on <= today:
        return {"see_again_on": "Choose a day after today: they are seen again then."}
    if see_again_on > today + LATEST_AGAIN:
        return {"see_again_on": "Choose a day within a year."}
    return {}


def problems_of_outcome_after(outcome: str, decided: Sequence[str]) -> dict[str, str]:
    """What stands against an outcome that says nothing was decided, when this review decided something that stands."""
    if not decided or outcome not in WITHOUT_DECISION:
        return {}
    return {
        "outcome": f"This review decided “{decided[0]}”, and that stands. Withdraw or correct the decision first, or "
        "choose the outcome that says so."
    }
