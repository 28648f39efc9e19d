"""What is true of residents: why a viewer sees one, who is medically responsible, what a departure closes, by when a
person who moved in has been assessed and has a plan, and whose names can be taken for each other.

One noun a file; callers import from here. Pure: dates come in.
"""

from homeround.ehch.residents.rules.arriving import (
    OLDEST_YEARS,
    PLACE_KINDS,
    STAY_KINDS,
    problems_of_identity,
    problems_of_stay,
)
from homeround.ehch.residents.rules.departures import CLOSED_BY_DEPARTURE, DEPARTURES, closes, is_open, kinds_that_close
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
from homeround.ehch.residents.rules.likeness import alike_among, are_alike
from homeround.ehch.residents.rules.responsible import WHY_NOBODY, Registration, Responsible, responsible_for
from homeround.ehch.residents.rules.rooms import room_order
from homeround.ehch.residents.rules.rows import Entry, Sign, Wait
from homeround.ehch.residents.rules.sight import FORMER, FORMER_HOME_READS, SEEING_REVIEWED, Relationship

__all__ = [
    "CLOSED_BY_DEPARTURE",
    "DEPARTURES",
    "FORMER",
    "FORMER_HOME_READS",
    "OLDEST_YEARS",
    "PLACE_KINDS",
    "REVIEWED",
    "RULE_SETS",
    "SEEING_REVIEWED",
    "STAY_KINDS",
    "WHY_NOBODY",
    "WITHIN_CALENDAR_DAYS",
    "WITHIN_WORKING_DAYS",
    "DueDates",
    "Entry",
    "Registration",
    "Relationship",
    "Responsible",
    "RuleSet",
    "Sign",
    "Wait",
    "alike_among",
    "are_alike",
    "closes",
    "due_dates",
    "is_open",
    "kinds_that_close",
    "problems_of_identity",
    "problems_of_stay",
    "responsible_for",
    "room_order",
    "rule_set_on",
]
