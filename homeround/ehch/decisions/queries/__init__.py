"""What can be read about decisions: one of them whole, what awaits a practice, what is asked of whom.

Callers import from here.
"""

from homeround.ehch.decisions.queries.applies import Applies, applies_in, applies_now, unsettled
from homeround.ehch.decisions.queries.asked import AskedBefore, Corrects, WithGp, member_words, states_with_gp
from homeround.ehch.decisions.queries.awaiting import (
    Answered,
    Awaiting,
    PracticeOwes,
    awaited_by_home,
    awaited_in,
    awaiting_number,
    awaiting_reply,
    owed_by_practice,
    said_by_practice,
    saved_about,
)
from homeround.ehch.decisions.queries.corrected import as_corrected
from homeround.ehch.decisions.queries.decision import (
    BuiltOn,
    DecisionPage,
    Delivered,
    built_on,
    decision_page,
    delivery_of,
)
from homeround.ehch.decisions.queries.events import Event
from homeround.ehch.decisions.queries.follow_ups import (
    MarkedByMistake,
    Owed,
    WhyLeft,
    asked_of,
    came_back_to,
    follow_up,
    marked_by_mistake,
    owed_among,
    owed_in,
    why_left,
)
from homeround.ehch.decisions.queries.timeline import ASKED_BEFORE, entries, signs, state_in_entry
from homeround.ehch.decisions.queries.validity import Validity, validity_about

__all__ = [
    "ASKED_BEFORE",
    "Answered",
    "Applies",
    "AskedBefore",
    "Awaiting",
    "BuiltOn",
    "Corrects",
    "DecisionPage",
    "Delivered",
    "Event",
    "MarkedByMistake",
    "Owed",
    "PracticeOwes",
    "Validity",
    "WhyLeft",
    "WithGp",
    "applies_in",
    "applies_now",
    "as_corrected",
    "asked_of",
    "awaited_by_home",
    "awaited_in",
    "awaiting_number",
    "awaiting_reply",
    "built_on",
    "came_back_to",
    "decision_page",
    "delivery_of",
    "entries",
    "follow_up",
    "marked_by_mistake",
    "member_words",
    "owed_among",
    "owed_by_practice",
    "owed_in",
    "said_by_practice",
    "saved_about",
    "signs",
    "state_in_entry",
    "states_with_gp",
    "unsettled",
    "validity_about",
    "why_left",
]
