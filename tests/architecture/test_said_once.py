"""What is chosen and what it is called stands in the words of a slice; what stands is asked for by the manager."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import PACKAGE, ROOT, Module, called, calls, modules, nodes


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


def decided_by_tone(module: Module) -> Iterator[str]:
    """Comparisons with the tone of a status: what it is about is a fact of its own, the tone is for the eye."""
    for node in nodes(module.tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(isinstance(side, ast.Attribute) and side.attr == "tone" for side in sides):
                yield module.at(node)


def labels() -> set[str]:
    """Sentences of the tables of words of all slices, each of three words or more: shorter ones say many things."""
    return {
        value.value
        for module in modules("homeround/ehch")
        if module.part == "words"
        for table in nodes(module.tree)
        if isinstance(table, ast.Dict)
        for value in table.values
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and len(value.value.split()) >= 3
    }


def test_no_page_says_a_label_in_words_of_its_own() -> None:
    """A label that is changed in its slice changes on every page."""
    known = labels()
    assert len(known) > 50
    found = [
        module.at(node)
        for module in modules("homeround/web")
        for node in nodes(module.tree)
        if isinstance(node, ast.Constant) and node.value in known
    ]
    assert found == [], "take it from the words of the slice"


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


def test_nothing_is_decided_by_a_tone() -> None:
    found = [place for module in modules() for place in decided_by_tone(module)]
    compares = re.compile(r"\.tone\s*(?:==|!=|in\b|not\b|is\b)")
    templates = sorted((PACKAGE / "web" / "templates").rglob("*.jinja"))
    found += [path.name for path in templates if compares.search(path.read_text(encoding="utf-8"))]
    assert found == [], "say what it is in a field of its own"
