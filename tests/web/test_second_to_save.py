"""Two people save the same thing at once: what the second reads about going on is so. H38, H39."""

from __future__ import annotations

import ast
from typing import Any

import pytest
import time_machine

from homeround.ehch.deterioration.actions import raise_concern
from homeround.kernel.refusals import FOLLOWS
from tests.architecture.source import modules
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, words_of
from tests.world import AT, World

TAKES_A_SECOND = {"reviewing.py", "patterns.py"}
"""Where saving again after somebody else is taken: a review has versions."""


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def test_yours_follows_theirs_is_said_only_where_it_is_so() -> None:
    says = {
        module.path.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg == "then" and getattr(node.value, "id", "") == "FOLLOWS"
    }
    assert says == TAKES_A_SECOND


ROUND = {
    "mode": "in_person",
    "home_representative": "Nell",
    "has_medical_input": "no",
    "no_medical_input_because": "no",
}


@pytest.mark.parametrize(
    ("page", "first", "second", "typed"),
    [
        ("/concerns/{concern}/answer", "clinician", "coordinator", {"words": "Seen by us"}),
        ("/homes/{rose}/rounds/new", "clinician", "lead", ROUND),
    ],
)
def test_the_second_is_told_how_to_go_on_and_not_to_press_again(
    world: World, page: str, first: str, second: str, typed: dict[str, Any]
) -> None:
    concern = raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Tired", help_now=False)
    to = page.format(concern=concern, rose=world.code("rose"))
    clients = [sign_in(world[name]) for name in (first, second)]
    hidden = [hidden_in(client.get(to), to) for client in clients]
    assert clients[0].post(to, hidden[0] | typed).status_code == 303
    answer = clients[1].post(to, hidden[1] | typed)
    assert answer.status_code == 409
    words = words_of(answer)
    assert FOLLOWS not in words
    assert "Yours is not" in words
