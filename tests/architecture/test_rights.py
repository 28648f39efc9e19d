"""The access table is what the code asks: roles are named in it only, and a right that nothing asks for is gone."""

from __future__ import annotations

import ast
import re
from typing import Final

import pytest

from homeround.accounts.rights import RIGHTS, ROLE_WORDS, Kind, Reach, Right, Role
from homeround.web.shell.my_rights import READ_ON_PAGES
from tests.architecture.source import ROOT, Module, modules, nodes

TABLE: Final = ROOT / "homeround" / "accounts" / "rights.py"
SETS: Final = re.compile(r"\b(HOME|PCN_CARE|CLINICAL|PRACTICE)_ROLES\b")


def names_roles(module: Module) -> bool:
    """Whether a file takes a role by its name, or a set of roles."""
    named = any(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role"
        for node in nodes(module.tree)
    )
    return named or bool(SETS.search(module.text))


def naming() -> set[str]:
    """The files of the product that name roles, outside the table and the demonstration."""
    return {
        str(module.path.relative_to(ROOT))
        for module in modules("homeround")
        if module.path != TABLE and "nonprod" not in module.path.parts and names_roles(module)
    }


def test_roles_are_named_in_the_table_only() -> None:
    assert sorted(naming()) == [], "ask for a right (viewer.may, must_have, roles_with) or a reach"


ANOTHER_MEANING: Final = {"homeround.web.alignment.cover": "what a home lacks, as the address of a list says it"}
"""Files in which a word that is also the value of a role means something else."""


def test_no_role_is_written_as_text() -> None:
    """Neither its value nor its words: `"coordinator"` would be found by nobody who changes the table."""
    words = {*(role.value for role in Role), *ROLE_WORDS.values()}
    found = [
        module.at(node)
        for module in modules("homeround")
        if module.path != TABLE and "nonprod" not in module.path.parts and module.name not in ANOTHER_MEANING
        for node in nodes(module.tree)
        if isinstance(node, ast.Constant) and node.value in words
    ]
    assert found == []


@pytest.mark.parametrize("right", Right)
def test_a_right_is_asked_for(right: Right) -> None:
    asked = [
        module
        for module in modules("homeround")
        if module.path != TABLE and re.search(rf"\bRight\.{right.name}\b", module.text)
    ]
    assert asked, f"nothing asks for Right.{right.name}: delete it, or ask"


@pytest.mark.parametrize("right", Right)
def test_a_right_is_given_to_somebody(right: Right) -> None:
    assert any(capacity.may(right) for capacity in RIGHTS.values())


@pytest.mark.parametrize("role", Role)
def test_a_role_has_its_line(role: Role) -> None:
    """A new role forgotten in the table fails here; forgotten in the matrix it fails in tests/access."""
    capacity = RIGHTS[role]
    assert capacity.first_page
    assert isinstance(capacity.reach, Reach)


def test_my_rights_lists_the_kinds_that_some_door_asks_for() -> None:
    """/my-rights promises no information that no page shows, and hides none that one does."""
    here = {"homeround.accounts.rights", "homeround.web.shell.my_rights"}
    asked = {
        Kind[node.attr]
        for module in modules()
        if module.name not in here
        for node in nodes(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Kind"
    }
    assert set(READ_ON_PAGES) == asked
