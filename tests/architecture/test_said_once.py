"""What is chosen and what it is called stands in the words of a slice; what stands is asked for by the manager."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from tests.architecture.source import ROOT, Module, called, calls, modules

STILL_IN_MODELS: Final = frozenset(
    {
        "homeround/directory/models.py",
        "homeround/ehch/care_plans/models.py",
        "homeround/kernel/models.py",
        "homeround/kernel/record/kept.py",
    }
)
"""Files whose choices still carry labels: to go to `words.py`, never to be added to."""

STILL_ASKING: Final = ("ehch/care_plans", "ehch/deterioration", "ehch/rounds")
"""Slices that still say `stands=True`; `Model.objects` starts from what stands."""


def path_of(module: Module) -> str:
    return str(module.path.relative_to(ROOT))


def choices_with_labels() -> set[str]:
    return {
        path_of(module)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("TextChoices") for base in node.bases)
    }


def asked_to_stand(module: Module) -> Iterator[str]:
    """Filters of a query that ask for rows that stand; conditions of constraints and indexes are `Q(...)`s."""
    for call in calls(module.tree):
        if called(call).rsplit(".", maxsplit=1)[-1] not in {"filter", "exclude", "get"}:
            continue
        for keyword in call.keywords:
            if keyword.arg == "stands" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True:
                yield module.at(call)


def test_choices_and_their_labels_stand_in_words() -> None:
    assert sorted(choices_with_labels() - STILL_IN_MODELS) == []


def test_no_query_asks_for_what_stands() -> None:
    found = [
        place
        for module in modules()
        if module.name != "homeround.kernel.record.kept" and not any(part in path_of(module) for part in STILL_ASKING)
        for place in asked_to_stand(module)
    ]
    assert found == [], "Model.objects starts from what stands"
