"""What can be kept about a stay in hospital, and whether coming back starts the clock anew (REQ-67)."""

from __future__ import annotations

from datetime import date
from typing import Final

from homeround.ehch.residents.rules.days import Day, problems_of_days, together
from homeround.ehch.residents.rules.texts import problems_of_texts
from homeround.ehch.residents.words import MOST
from homeround.kernel.calendar.times import shown_date
from homeround.kernel.record.words import problems_in, what_is_wrong

ADMITTED: Final = "admitted"
SAME_DAY: Final = "not_admitted"
HOW_IT_WAS: Final = {ADMITTED: "They were admitted", SAME_DAY: "They were seen there and not admitted"}
"""How a visit to hospital was: only who was admitted is assessed anew."""

NOT_THERE: Final = "By what is written down they are not in hospital. Nothing was changed."


def problems_of_going(
    went_on: date, hospital: str, words: str, *, today: date, began: date | None, away_since: date | None, sure: bool
) -> dict[str, str]:
    """What stands against writing down that somebody went to hospital. `away_since`: they are there already."""
    if away_since is not None:
        return {"went_on": f"They are in hospital already, since {shown_date(away_since)}. Nothing was changed."}
    day = Day("went_on", "went to hospital", went_on, began, "This day is before the stay began. Check it.")
    days = problems_of_days([day], today=today, sure=sure)
    return together(days, problems_of_texts(hospital=hospital, words=words))


def problems_of_return(
    back_on: date, how: str, words: str, *, today: date, went_on: date, sure: bool
) -> dict[str, str]:
    """What stands against writing down that they are back."""
    day = Day("back_on", "back", back_on, went_on, f"They went on {shown_date(went_on)}: this is before that day.")
    problems = together(problems_of_days([day], today=today, sure=sure), problems_of_news(words, needed=""))
    if how not in HOW_IT_WAS:
        problems = {field: said for field, said in problems.items() if field != "sure"}
        problems["how"] = "Say whether they were admitted: that decides whether they are assessed anew."
    return problems


def problems_of_news(words: str, *, needed: str = "Write what the hospital said.") -> dict[str, str]:
    """What stands against what the hospital said."""
    return problems_in(words=what_is_wrong(words, most=MOST["news"], needed=needed))


def is_same_return(back_on: date, before_on: date, taken_back_on: date) -> bool:
    """Whether a return is the one that was taken back, with its day put right: what was done since then stays done.

    It is where they are said to have been back when the first was taken back, or as early as it had said; whoever came
    back later was not back, and is assessed anew.
    """
    return back_on <= before_on or back_on < taken_back_on
