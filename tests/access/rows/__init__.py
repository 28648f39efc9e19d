"""The access table of actions: a row for each, by slice, and where those of no member are tested.

A file a slice. It states what shared tests ask of the slice: `ROWS`, who may do each action; and where it has them
`PAGES`, who opens each page; `THINGS`, what its actions and pages are about, each made in the world; `WAY_BACK` and
`NO_WAY_BACK`, what puts an action right; `STAYS_AFTER_LEAVING`, what is still done about somebody who left.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any


def stated(table: str) -> dict[str, Any]:
    """What the files of all slices state in this table, together. Nothing is stated twice."""
    found: dict[str, Any] = {}
    for file in pkgutil.iter_modules(__path__, f"{__name__}."):
        rows: dict[str, Any] = getattr(importlib.import_module(file.name), table, {})
        assert not found.keys() & rows.keys(), f"{file.name}: {found.keys() & rows.keys()}"
        found |= rows
    return found


ROWS = stated("ROWS")

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
