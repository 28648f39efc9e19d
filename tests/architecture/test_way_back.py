"""Every act that a tired person can do wrongly has its way back, or a written reason why not (roadmap 02b, section 3).

The table names, for each action, the action that puts it right.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from typing import Final

import pytest

from tests.access.rows import stated
from tests.architecture.source import decorators, functions, modules

WAY_BACK: Final[Mapping[str, tuple[str, ...]]] = {
    # accounts
    "accept_proposals": ("reopen_proposals",),
    "decline_proposals": ("reopen_proposals",),
    "reopen_proposals": ("accept_proposals", "decline_proposals"),
    "grant_membership": ("end_membership",),
    "end_membership": ("grant_membership",),
    "invite": ("end_membership", "cut_off"),
    "cut_off": ("grant_membership",),
    # alignment
    "align_home": ("take_back_alignment",),
    "name_lead": ("take_back_lead",),
    "set_hours": ("take_back_hours",),
    "place_on_mdt": ("take_off_mdt",),
    "take_off_mdt": ("place_on_mdt",),
    # residents
    "move_in": ("withdraw_move_in", "correct_arrival_day", "correct_identity", "change_stay"),
    "expect_resident": ("withdraw_move_in", "correct_identity"),
    "record_living_here": ("withdraw_move_in", "correct_arrival_day", "correct_identity"),
    "move_room": ("correct_room",),
    "change_stay": ("change_stay",),
    "withdraw_move_in": ("put_back_move_in",),
    "record_departure": ("withdraw_departure", "correct_departure"),
    "register_with": ("register_with",),
    "go_to_hospital": ("withdraw_hospital",),
    "return_from_hospital": ("correct_return", "withdraw_return"),
    "withdraw_hospital": ("go_to_hospital",),
    "withdraw_return": ("return_from_hospital",),
    "note_hospital_news": ("withdraw_hospital_news", "withdraw_hospital"),
    "withdraw_hospital_news": ("note_hospital_news",),
    "co_opt": ("end_co_option",),
    "end_co_option": ("co_opt",),
    # decisions
    "decide": ("withdraw_decision", "correct_decision"),
    "withdraw_decision": ("take_back_withdrawal",),
    "correct_decision": ("withdraw_decision", "correct_decision"),
    "reply_to_decision": ("take_back_reply",),
    "answer_query": ("take_back_answer",),
    "settle_dispute": ("take_back_settlement",),
    "ask_follow_up": ("drop_follow_up",),
    "complete_follow_up": ("reopen_follow_up",),
    "cannot_follow_up": ("reopen_follow_up",),
    "drop_follow_up": ("reopen_follow_up",),
    "pass_on_follow_up": ("pass_on_follow_up",),
    "leave_follow_up": ("ask_again",),
    # deterioration
    "raise_concern": ("remove_concern", "move_concern"),
    "move_concern": ("move_concern",),
    "remove_concern": ("put_back_concern",),
    "put_back_concern": ("remove_concern",),
    "record_call": ("remove_call",),
    "mark_read": ("unmark_read",),
    "answer_concern": ("reopen_concern",),
    # care plans
    "mark_done": ("mark_not_done",),
    # rounds
    "open_round": ("cancel_round",),
    "cancel_round": ("reopen_round",),
    "close_round": ("amend_round",),
    "put_forward": ("say_not_needed", "move_put_forward"),
    "put_several_forward": ("say_not_needed", "move_put_forward"),
    "say_not_needed": ("put_forward",),
    "move_put_forward": ("move_put_forward",),
    "move_review": ("move_review",),
    "record_review": ("record_review", "move_review"),
    **stated("WAY_BACK"),
}

NO_WAY_BACK: Final[Mapping[str, str]] = {
    "help_to_sign_in": "the person chooses a new password with the code; the old one was never known to anybody",
    "amend_bodies": "what a register published: the next edition says otherwise, or a person accepts a proposal",
    "enter_bodies": "what a register published: the next edition says otherwise, or a person accepts a proposal",
    "note_edition": "that a file was taken in, and of what it told: it was",
    "propose": "what a file says: a person decides it, or a newer edition takes it back",
    "withdraw_proposals": "an edition that says it again proposes it again",
    "enter_links": "what a register published: the next edition says otherwise",
    "end_links": "what a register published: the next edition says otherwise",
    "see_what_is_wrong": "only that an administrator has seen it; it stays on the list",
    "mark_received": "only that a clerk has seen it: it changes nobody's turn, and is shown with its time",
    "add_words": "further words beside a concern: more words put them right, and both stay",
    "hand_over": "only that somebody was told; once they live here again nothing is to be handed over",
    "read_news": "a practice has read what became of a decision: it stays on the decision's page",
    "confirm_typed": "a clinician has read what stands under their name: they correct the entry itself",
    "reopen_round": "it is a correction already: the round is cancelled anew",
    "amend_round": "further words beside a closed round: more words put them right, and both stay",
    "confirm_review": "a clinician has read what stands under their name: they change the review itself",
    "say_review_holds": "a clinician has looked at it: they move the review, or take back what it decided",
    "mark_not_done": "it is a correction already: it is marked done anew",
    "remove_call": "it is a correction already: the call is recorded anew",
    "unmark_read": "it is a correction already: it is marked read anew",
    "reopen_concern": "it is a correction already: the concern is answered anew",
    "reopen_follow_up": "it is a correction already: the follow-up is done anew",
    "take_back_reply": "it is a correction already: the practice replies anew",
    "take_back_answer": "it is a correction already: the question is answered anew",
    "take_back_settlement": "it is a correction already: the dispute is settled anew",
    "take_back_withdrawal": "it is a correction already: the decision is withdrawn anew",
    "take_back_alignment": "it is a correction already: the home is aligned anew",
    "take_back_lead": "it is a correction already: the lead is named anew",
    "take_back_hours": "it is a correction already: the hours are set anew",
    "put_back_move_in": "it is a correction already: the move-in is taken out anew",
    "withdraw_departure": "it is a correction already: the departure is recorded anew",
    "correct_departure": "it is a correction already, and can be corrected again",
    "correct_arrival_day": "it is a correction already, and can be corrected again",
    "correct_identity": "it is a correction already, and can be corrected again",
    "correct_return": "it is a correction already, and can be corrected again",
    "correct_room": "it is a correction already, and can be corrected again",
    "ask_again": "a question asked once more: only the date of asking changes",
    **stated("NO_WAY_BACK"),
}


@cache
def actions() -> dict[str, str]:
    """Every action of the product, with where it stands."""
    return {
        function.name: module.at(function)
        for module in modules()
        for function in functions(module.tree)
        if "action" in decorators(function) and isinstance(function, ast.FunctionDef)
    }


def test_there_are_actions() -> None:
    assert "raise_concern" in actions()


@pytest.mark.parametrize("name", sorted(actions()))
def test_an_action_has_a_way_back_or_a_reason(name: str) -> None:
    assert (name in WAY_BACK) != (name in NO_WAY_BACK), (
        f"{name} ({actions()[name]}): say what puts it right, or why not"
    )


@pytest.mark.parametrize("name", WAY_BACK)
def test_the_way_back_is_there(name: str) -> None:
    there = actions()
    assert [back for back in WAY_BACK[name] if back not in there] == []


@pytest.mark.parametrize("name", NO_WAY_BACK)
def test_a_reason_says_something(name: str) -> None:
    assert len(NO_WAY_BACK[name].split()) >= 5
