"""What is chosen and what it is called stands in the words of a slice; what stands is asked for by the manager."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import ROOT, Module, called, calls, modules, nodes


def path_of(module: Module) -> str:
    return str(module.path.relative_to(ROOT))


def choices_with_labels() -> set[str]:
    return {
        path_of(module)
        for module in modules()
        for node in nodes(module.tree)
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
    assert sorted(choices_with_labels()) == []


def test_no_query_asks_for_what_stands() -> None:
    found = [
        place
        for module in modules()
        if module.name != "homeround.kernel.record.kept"
        for place in asked_to_stand(module)
    ]
    assert found == [], "Model.objects starts from what stands"
