"""The access table of actions: a row for each, by slice, and where those of no member are tested."""

from __future__ import annotations

from tests.access.rows import alignment, care_plans, decisions, deterioration, residents, rounds

ROWS = {
    **alignment.ROWS,
    **residents.ROWS,
    **deterioration.ROWS,
    **decisions.ROWS,
    **care_plans.ROWS,
    **rounds.ROWS,
}

ELSEWHERE_TESTED = {
    "rounds.move_review": "tests/ehch/rounds/test_way_back.py",
    "rounds.confirm_review": "tests/ehch/rounds/test_way_back.py",
    "rounds.say_review_holds": "tests/ehch/rounds/test_in_question.py",
    "accounts.grant_membership": "tests/accounts/test_memberships.py",
    "accounts.end_membership": "tests/accounts/test_memberships.py",
    "accounts.see_what_is_wrong": "tests/accounts/test_memberships.py",
    "accounts.cut_off": "tests/accounts/test_colleagues.py",
    "accounts.invite": "tests/accounts/test_colleagues.py",
    "accounts.help_to_sign_in": "tests/accounts/test_colleagues.py",
    "directory.accept_proposals": "tests/directory",
    "directory.decline_proposals": "tests/directory",
    "directory.note_edition": "tests/directory",
    "directory.propose": "tests/directory",
    "directory.reopen_proposals": "tests/directory",
    "directory.withdraw_proposals": "tests/directory",
    "directory.enter_bodies": "tests/directory",
    "directory.amend_bodies": "tests/directory",
    "directory.enter_links": "tests/directory",
    "directory.end_links": "tests/directory",
}
"""Actions about who acts for a body, whose yes and no depends on the body; and those of files, which no member does."""
