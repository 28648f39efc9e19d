"""What is true of residents: why a viewer sees one, who is medically responsible, what a departure closes, by when a
person who moved in has been assessed and has a plan, and whose names can be taken for each other.

One noun a file; callers import from here. Pure: dates come in.
"""

from homeround.ehch.residents.rules.arriving import (
    planned_end,
    problems_of_identity,
    problems_of_stay,
    problems_of_stay_days,
)
from homeround.ehch.residents.rules.days import (
    ADULT_YEARS,
    DAYS,
    OLDEST_YEARS,
    Day,
    age_on,
    asked,
    problems_of_birth,
    problems_of_days,
    together,
    unlikely_birth,
)
from homeround.ehch.residents.rules.departures import (
    CLOSED_BY_DEPARTURE,
    GONE_SHOWN,
    closes,
    gone_words,
    is_open,
    kinds_that_close,
)
from homeround.ehch.residents.rules.due_dates import (
    REVIEWED,
    RULE_SETS,
    WITHIN_CALENDAR_DAYS,
    WITHIN_WORKING_DAYS,
    DueDates,
    RuleSet,
    due_dates,
    rule_set_on,
)
from homeround.ehch.residents.rules.hospital import (
    ADMITTED,
    HOW_IT_WAS,
    NOT_THERE,
    SAME_DAY,
    is_same_return,
    problems_of_going,
    problems_of_news,
    problems_of_return,
)
from homeround.ehch.residents.rules.likeness import Name, alike_among, are_alike, fold, near_name, same_name
from homeround.ehch.residents.rules.order import (
    Said,
    There,
    problems_of_coming_back,
    problems_of_first_day,
    problems_of_going_again,
    problems_of_last_day,
)
from homeround.ehch.residents.rules.responsible import Registration, Responsible, responsible_for
from homeround.ehch.residents.rules.rooms import room_order, room_words
from homeround.ehch.residents.rules.rows import TAKEN_BACK, Entry, Sign, Wait
from homeround.ehch.residents.rules.same_person import Answered, Facts, Likeness, differing, likeness
from homeround.ehch.residents.rules.sight import (
    FORMER,
    FORMER_HOME_READS,
    LOOKS_GO_BACK,
    SEEING_REVIEWED,
    Relationship,
)
from homeround.ehch.residents.rules.terms import Terms, terms_in
from homeround.ehch.residents.rules.texts import problems_of_reason, problems_of_texts

__all__ = [
    "ADMITTED",
    "ADULT_YEARS",
    "CLOSED_BY_DEPARTURE",
    "DAYS",
    "FORMER",
    "FORMER_HOME_READS",
    "GONE_SHOWN",
    "HOW_IT_WAS",
    "LOOKS_GO_BACK",
    "NOT_THERE",
    "OLDEST_YEARS",
    "REVIEWED",
    "RULE_SETS",
    "SAME_DAY",
    "SEEING_REVIEWED",
    "TAKEN_BACK",
    "WITHIN_CALENDAR_DAYS",
    "WITHIN_WORKING_DAYS",
    "Answered",
    "Day",
    "DueDates",
    "Entry",
    "Facts",
    "Likeness",
    "Name",
    "Registration",
    "Relationship",
    "Responsible",
    "RuleSet",
    "Said",
    "Sign",
    "Terms",
    "There",
    "Wait",
    "age_on",
    "alike_among",
    "are_alike",
    "asked",
    "closes",
    "differing",
    "due_dates",
    "fold",
    "gone_words",
    "is_open",
    "is_same_return",
    "kinds_that_close",
    "likeness",
    "near_name",
    "planned_end",
    "problems_of_birth",
    "problems_of_coming_back",
    "problems_of_days",
    "problems_of_first_day",
    "problems_of_going",
    "problems_of_going_again",
    "problems_of_identity",
    "problems_of_last_day",
    "problems_of_news",
    "problems_of_reason",
    "problems_of_return",
    "problems_of_stay",
    "problems_of_stay_days",
    "problems_of_texts",
    "responsible_for",
    "room_order",
    "room_words",
    "rule_set_on",
    "same_name",
    "terms_in",
    "together",
    "unlikely_birth",
]
