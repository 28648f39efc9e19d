"""A new reason, or a new kind of what waits or of a line of the timeline, that was forgotten in a table fails here and
not on somebody's page.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from django.urls import get_resolver

from homeround.ehch.residents.rules import Wait
from homeround.ehch.rounds.queries import slices
from homeround.ehch.rounds.rules import REASONS
from homeround.ehch.rounds.rules.kinds import ENTRIES, SLICES, TURNS
from tests.architecture.source import Module, called, calls, modules

FROM_SIGNS: Final = {"new_resident", "back_from_hospital", "nothing_recorded"}
"""Reasons that dates give; the others come from something open."""

BRANCHES: Final = [module for module in modules("homeround/ehch") if module.name.endswith(".waits")]


def given(module: Module, shape: str) -> Iterator[str]:
    """The kinds that a module gives to rows of a shape, where they are written as they are."""
    for call in calls(module.tree):
        if called(call).endswith(shape):
            for keyword in call.keywords:
                if keyword.arg == "kind" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


def pages() -> set[str]:
    """The names of all addresses."""
    return {pattern.name or "" for pattern in get_resolver().url_patterns}  # type: ignore[union-attr]


def test_there_are_branches() -> None:
    assert len(BRANCHES) >= 5


@pytest.mark.parametrize("module", BRANCHES, ids=lambda module: module.name)
def test_what_a_slice_gives_is_somebodys_turn(module: Module) -> None:
    assert set(given(module, "wait_rows")) <= set(TURNS), "give it a Turn in the slice's kinds.py"


@pytest.mark.parametrize("kind", TURNS)
def test_a_turn_is_given_by_a_slice(kind: str) -> None:
    texts = [module.text for module in modules("homeround/ehch") if not module.name.endswith(".kinds")]
    assert any(f'"{kind}"' in text for text in texts), "nothing gives it: take it out of the slice's kinds.py"


@pytest.mark.parametrize("kind", TURNS)
def test_a_turn_leads_to_a_page(kind: str) -> None:
    wait = Wait(kind, 1, "PERSON", 1, None, None, datetime(2026, 11, 16, tzinfo=UTC), "", "THING", "", "")
    assert TURNS[kind].leads_to(wait, "1-1")[0] in pages()


def test_each_kind_is_stated_by_one_slice() -> None:
    turns = [turn.kind for each in SLICES for turn in each.TURNS]
    entries = [kind.kind for each in SLICES for kind in each.ENTRIES]
    assert len(turns) == len(set(turns))
    assert len(entries) == len(set(entries))


def test_every_line_of_the_timeline_is_of_a_kind_that_its_slice_states() -> None:
    """What it says, who may read it and where it leads."""
    found = {kind for module in modules("homeround/ehch") for kind in given(module, "entry_rows")}
    assert len(found) > 20
    assert found <= set(ENTRIES), "give it an EntryKind in the slice's kinds.py"


@pytest.mark.parametrize("kind", ENTRIES)
def test_a_kind_of_line_is_written_by_a_slice(kind: str) -> None:
    texts = [module.text for module in modules("homeround/ehch") if not module.name.endswith(".kinds")]
    assert any(f'"{kind}"' in text for text in texts), "no line is of it: take it out of the slice's kinds.py"


@pytest.mark.parametrize("kind", ENTRIES)
def test_a_line_of_the_timeline_leads_to_a_page(kind: str) -> None:
    assert ENTRIES[kind].page in pages() | {""}


def test_a_slice_that_tells_something_is_asked_for_it() -> None:
    """Whoever has kinds, signs or waits stands in the lists of rounds: else nobody would hear of it."""
    own = {"homeround.ehch.rounds", "homeround.ehch.alignment"}
    telling = {module.name.rpartition(".")[0] for module in modules("homeround/ehch") if module.part == "waits"} - own
    assert {each.__name__.rpartition(".")[0] for each in SLICES} == telling
    asked = {value.__name__ for name, value in vars(slices).items() if name.endswith("_waits")}
    assert asked == {f"{name}.waits" for name in telling}


def test_every_reason_comes_from_something() -> None:
    assert {turn.reason for turn in TURNS.values() if turn.reason} | FROM_SIGNS == set(REASONS)


def test_every_reason_has_its_words_for_a_carer() -> None:
    assert all(rule.words and rule.in_home for rule in REASONS.values())
