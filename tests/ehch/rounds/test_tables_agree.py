"""A new reason, or a new kind of open thing, that was forgotten in a shared table fails here and not on a worklist."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from homeround.ehch.rounds.rules import REASONS
from homeround.ehch.rounds.rules.turn import TURNS
from homeround.web.presenters.states import REASON_IN_HOME
from homeround.web.presenters.waits import PAGES
from tests.architecture.source import Module, called, calls, modules

FROM_SIGNS: Final = {"new_resident", "back_from_hospital", "nothing_recorded"}
"""Reasons that dates give; the others come from something open."""

BRANCHES: Final = [module for module in modules("homeround/ehch") if module.name.endswith(".waits")]


def given(module: Module) -> Iterator[str]:
    """The kinds that a slice gives to what waits, where they are written as they are."""
    for call in calls(module.tree):
        if called(call).endswith("wait_rows"):
            for keyword in call.keywords:
                if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


def test_there_are_branches() -> None:
    assert len(BRANCHES) >= 5


@pytest.mark.parametrize("module", BRANCHES, ids=lambda module: module.name)
def test_what_a_slice_gives_is_somebodys_turn(module: Module) -> None:
    assert set(given(module)) <= set(TURNS), "give it a line in rounds/rules/turn.py"


@pytest.mark.parametrize("kind", TURNS)
def test_a_turn_is_given_by_a_slice(kind: str) -> None:
    texts = [module.text for module in modules("homeround/ehch") if not module.name.endswith("rules.turn")]
    assert any(f'"{kind}"' in text for text in texts), "nothing gives it: take the line out of rounds/rules/turn.py"


def test_a_turn_has_a_page_to_act_on() -> None:
    assert set(PAGES) == set(TURNS), "say in web/presenters/waits.py where it is acted on"


def test_every_reason_comes_from_something() -> None:
    assert {turn.reason for turn in TURNS.values() if turn.reason} | FROM_SIGNS == set(REASONS)


def test_every_reason_has_its_words_for_a_carer() -> None:
    assert REASON_IN_HOME.keys() == REASONS.keys()
