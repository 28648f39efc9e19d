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
    "co_option": "who was asked in for them",
    "co_option_end": "the form to end that somebody was asked in",
    "taken_out": "who was taken out of the record by mistake",
    "put_back": "the form to put somebody back",
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
    "arrival_correction": "the form to put the arrival day right",
    "move_in": "the form for moving in",
    "move_in_removal": "the form to take a move-in back",
    "departure_correction": "the form to put a departure right",
    "departure_removal": "the form to take a departure back",
    "identity": "the form for name, birth date and NHS number",
    "stay_change": "the form to change the stay",
    "home_today_now": "today in the home, brought up to date",
    "words_new": "the form to add words to a concern",
    "unread": "the form to take “read” back",
    "concern_remove": "the form to remove a concern",
    "concern_put_back": "the form to put a concern back",
    "concern_reopen": "the form to open a concern again",
    "call_remove": "the form to remove a call",
    "obligation_undo": "the form to take “done” back",
    "withdrawal": "the form to take a decision back",
    "correction": "the form to put a decision right",
    "handover": "the form to hand over what was unanswered",
    "news": "what became of a decision",
    "confirmation": "the form to confirm what was typed for them",
    "take_back_reply": "the form to take a reply back",
    "take_back_answer": "the form to take an answer back",
    "take_back_settlement": "the form to take a settlement back",
    "take_back_withdrawal": "the form to take a withdrawal back",
    "follow_up_cannot": "the form for what cannot be done",
    "follow_up_not-needed": "the form for what is not needed any more",
    "follow_up_open-again": "the form to open something to be done again",
    "follow_up_passed-on": "the form to pass something on",
    "follow_up_again": "the form to ask again",
    "follow_up_left": "the form to leave something as it is",
    "round_new": "the form to open a round",
    "hospital": "the form for going to hospital",
    "hospital_news": "the form for news from hospital",
    "hospital_news_removal": "the form to take back what was said in hospital",
    "hospital_removal": "the form to take back that they went to hospital",
    "hospital_return": "the form for coming back from hospital",
    "hospital_return_correction": "the form to put right that they are back",
    "hospital_return_removal": "the form to take back that they are back",
    "put_forward": "who was put forward for the round",
    "put_forward_moving": "the form to move who was put forward",
    "put_forward_new": "the form to put forward for the round",
    "put_forward_not_needed": "the form to say that somebody need not be seen",
    "round_cancelling": "the form to cancel a round",
    "round_reopening": "the form to open a cancelled round again",
    "round_amendment": "the form to add to a round",
    "review_moving": "the form to move a review",
    "review_carrying": "the form to move a review with what it decided",
    "review_confirming": "confirming a review typed for them",
    "review_holding": "whether a review holds",
    "my_rounds": "their rounds",
    "my_homes": "their homes",
    "waiting": "what waits for them",
    "round_preparing": "the form to put people forward",
    "home_waits": "what waits in the home",
    "cover": "the cover of an area",
    "our_pcn": "the PCN and its homes",
    "alignment": "the form to align the home",
    "alignment_error": "the form to take an alignment back",
    "lead": "the form to name the home’s lead",
    "lead_error": "the form to take the naming of a lead back",
    "mdt": "the home’s MDT",
    "mdt_end": "the form to end a place on the MDT",
    "hours": "hours and numbers",
    "hours_error": "the form to take hours back",
    "first_page": "their first page",
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
