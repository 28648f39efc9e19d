"""The documents are true to the code: what is made from it is up to date, and what they name exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from homeround.cli.main import _OFFERED
from homeround.kernel.record.kept import Retention
from tests.architecture.source import ROOT, modules, slices
from tools import documents, requirements_map

DOCS = ROOT / "docs"
HAZARD_LOG = DOCS / "safety" / "hazard-log.md"
OPERATING = DOCS / "guide" / "operating.md"
WRITTEN_BY_HAND = ("README.md", "DEVELOPERS.md", "CHANGELOG.md", "THIRD-PARTY-NOTICES.md")

TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")
PATH = re.compile(r"`((?:homeround|tests|tools|docs|bench)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
HAZARD = re.compile(r"\bH(\d{1,2})\b")
ENTRY_FIELDS = ("Cause", "Effect", "Control", "Proof", "Left", "Rating")
PROMISED_HAZARDS = (1, 3, 8, 9, 12, 16, 17, *range(24, 30), 35, 38, 39, 51, 53, 56, 57)
ADR_HEADINGS = ("## Context", "## Decision", "## Consequences", "## What would change it")


def pages() -> list[Path]:
    """Every document."""
    return [*(ROOT / name for name in WRITTEN_BY_HAND if (ROOT / name).exists()), *sorted(DOCS.rglob("*.md"))]


def said(path: Path) -> Iterator[tuple[str, str]]:
    """Each line of a document with where it stands."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        yield f"{path.relative_to(ROOT)}:{number}", line


@cache
def named_in(path: str) -> frozenset[str]:
    """The names of the tests of a file: `test_x`, `TestX::test_y`."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    inside = {
        f"{node.name}::{test.name}"
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for test in node.body
        if isinstance(test, ast.FunctionDef)
    }
    return frozenset(inside | {node.name for node in tree.body if isinstance(node, ast.FunctionDef)})


def _named_documents() -> Iterator[tuple[str, str]]:
    """Every Markdown file that a docstring of the product names, with where."""
    for module in modules("homeround"):
        for _, text in requirements_map.docstrings(module.tree):
            for name in re.findall(r"[\w-]+\.md\b", text):
                yield module.path.relative_to(ROOT).as_posix(), name


def hazards() -> dict[int, str]:
    """The entries of the hazard log."""
    entries = HAZARD_LOG.read_text(encoding="utf-8").split("\n## H")[1:]
    return {int(entry.split(" ", 1)[0]): entry for entry in entries}


def test_what_is_made_from_the_code_is_up_to_date() -> None:
    assert documents.out_of_date() == [], "run `make docs`"


def test_every_requirement_that_is_named_is_known() -> None:
    assert requirements_map.unknown(requirements_map.markers()) == []


def test_every_promised_requirement_has_code_and_tests() -> None:
    assert requirements_map.unproven(requirements_map.markers()) == []


def test_runs_of_numbers_are_read() -> None:
    assert requirements_map.numbers_in("Serves REQ-01, 03 and 16; REQ-43 to REQ-45. In 2020, 7 days.") == [
        "REQ-01", "REQ-03", "REQ-16", "REQ-43", "REQ-44", "REQ-45",
    ]  # fmt: skip


def test_every_test_that_a_document_names_exists() -> None:
    named = [(at, path, name) for page in pages() for at, line in said(page) for path, name in TEST.findall(line)]
    assert len(named) > 50
    missing = [
        f"{at} names {path}::{name}"
        for at, path, name in named
        if not (ROOT / path).exists() or name not in named_in(path)
    ]
    assert missing == []


def test_every_path_that_a_document_names_exists() -> None:
    missing = [
        f"{at} names {path}"
        for page in pages()
        for at, line in said(page)
        for path in PATH.findall(line)
        if not (ROOT / path).exists() and "vendor" not in path
    ]
    assert missing == []


def test_every_document_that_code_names_exists() -> None:
    there = {page.name for page in pages()}
    assert [at for at, name in _named_documents() if name not in there] == []


def test_every_section_on_trust_that_code_names_exists() -> None:
    headings = re.findall(r"^## (.+)$", (DOCS / "trust.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = {
        section
        for module in modules("homeround")
        for _, text in requirements_map.docstrings(module.tree)
        for section in re.findall(r'trust\.md,? "([^"]+)"', " ".join(text.split()))
    }
    assert named
    assert sorted(name for name in named if not any(heading.startswith(name) for heading in headings)) == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{at} links to {target}"
        for page in pages()
        for at, line in said(page)
        for target in LINK.findall(line)
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_hazards_that_code_names_are_in_the_log() -> None:
    named = {
        int(number)
        for folder in ("homeround", "tests")
        for module in modules(folder)
        if module.path != Path(__file__)
        for _, text in requirements_map.docstrings(module.tree)
        for number in HAZARD.findall(text)
    }
    assert sorted((named | set(PROMISED_HAZARDS)) - hazards().keys()) == []


@pytest.mark.parametrize("number", sorted(hazards()))
def test_an_entry_of_the_hazard_log_is_whole(number: int) -> None:
    entry = hazards()[number]
    assert [field for field in ENTRY_FIELDS if f"\n- {field}: " not in entry] == []
    assert re.search(r"- Rating: [1-5] x [1-5] -> [1-5] x [1-5]\. Owner: \S", entry)
    assert TEST.search(entry), "names no test"


def test_decisions_are_numbered_without_gaps_and_say_what_would_change_them() -> None:
    records = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    lacking = [
        f"{path.name}: {heading}"
        for path in records
        for heading in ADR_HEADINGS
        if f"\n{heading}\n" not in path.read_text(encoding="utf-8")
    ]
    assert lacking == []


def test_the_words_of_each_slice_are_in_the_glossary() -> None:
    glossary = (DOCS / "domain" / "glossary.md").read_text(encoding="utf-8").lower()
    missing = []
    for path in slices():
        text = ast.get_docstring(ast.parse((path / "__init__.py").read_text(encoding="utf-8"))) or ""
        words = re.findall(r"\*([^*]+)\*", " ".join(text.split()))
        missing += [f"{path.name}: {word}" for word in words if f"**{word.lower()}**" not in glossary]
    assert missing == []


def test_every_class_of_retention_is_explained() -> None:
    text = (DOCS / "ig" / "retention.md").read_text(encoding="utf-8")
    assert [retention.value for retention in Retention if f"**{retention.capitalize()}**" not in text] == []


def test_every_command_and_every_setting_is_explained() -> None:
    text = OPERATING.read_text(encoding="utf-8")
    settings = set(
        re.findall(r"HOMEROUND_[A-Z_]*[A-Z]\b", (ROOT / "homeround/config/environment.py").read_text("utf-8"))
    )
    wanted = {f"homeround {name}" for name in [*_OFFERED, "demo"]} | settings
    assert sorted(words for words in wanted if words not in text) == []


def test_the_first_page_names_the_two_commands() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30])
    assert "make run" in first_screen
    assert "make test" in first_screen
