"""The log of looks in words: which page, and by which relationship somebody saw it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from homeround.ehch.alignment.words import Ground
from homeround.ehch.residents.rules import Relationship

PAGES: Final[Mapping[str, str]] = {
    "resident": "the person’s page",
    "home_today": "today in the home",
    "concern_whom": "the list to choose from for a concern",
    "worklist": "who needs seeing",
    "arrival": "what is due after moving in",
    "arrival_new": "the form for an arrival",
    "looks": "who has looked",
    "who_looked": "who has looked, the list",
    "concern": "a concern",
    "concern_new": "the form for a concern",
    "concern_move": "the form to move a concern",
    "call_new": "the form for a call",
    "answer_new": "the form for an answer",
    "obligation": "assessment or plan",
    "room": "the form for the room",
    "registration": "the form for the GP practice",
    "departure": "the form for leaving",
    "follow_up": "something to be done",
    "home_follow_ups": "what is to be done in the home",
    "asked_of_me": "what is asked of them",
    "decision": "a decision",
    "settlement": "the form for settling a dispute",
    "query_answer": "the form for answering the GP",
    "home_replies": "what awaits replies in the home",
    "pcn_week": "the week of the PCN",
    "round": "a round",
    "review": "a review in a round",
    "round_outcome": "an outcome in a round",
    "round_closing": "the closing of a round",
    "awaiting_reply": "what awaits a reply",
    "reply": "the form for a reply",
    "reply_read": "a reply in one press",
    "my_patients": "the practice’s patients",
    "find": "find a person",
    "my_people": "people of their homes",
}
OTHER_GROUNDS: Final[Mapping[str, str]] = {
    "REVIEWS_LOOKS": "reviews who looks",
    "OWED": "something was asked of them",
    "REGISTERED": "registered with their practice",
}
RELATIONSHIPS: Final[Mapping[Relationship, str]] = {
    Relationship.LIVES_HERE: "works in the home",
    Relationship.LIVED_HERE: "works in the former home",
    Relationship.SERVED: "the PCN serves the home",
    Relationship.WAS_SERVED: "the PCN served the former home",
    Relationship.REGISTERED: "registered with their practice",
    Relationship.MDT: "on the MDT of the home",
    Relationship.CO_OPTED: "co-opted for this person",
}
GROUNDS: Final[Mapping[Ground, str]] = {
    Ground.WORKS_HERE: "works in the home",
    Ground.SERVES: "the PCN serves the home",
    Ground.MDT: "on the MDT of the home",
    Ground.AREA: "the home is in their area",
    Ground.UNALIGNED: "the home has no PCN",
}


def page_words(page: str) -> str:
    """The page by the name it has for people."""
    return PAGES.get(page, page.replace("_", " "))


def ground_words(ground: str) -> str:
    """Why they could see it."""
    if ground in Relationship.__members__:
        return RELATIONSHIPS[Relationship[ground]]
    if ground in Ground.__members__:
        return GROUNDS[Ground[ground]]
    return OTHER_GROUNDS.get(ground, ground.replace("_", " ").lower())
