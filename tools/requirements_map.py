"""The map from requirement to slice to test, made from the numbers in docstrings: `REQ-01`, `REQ-01, 03`,
`REQ-43 to REQ-45`. What each number means, and how far it is built, stands in docs/domain/requirements.toml.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
IN_WORDS: Final = ROOT / "docs" / "domain" / "requirements.toml"

_NUMBERS: Final = re.compile(r"REQ-\d+(?:(?:, | and | to )(?:REQ-)?\d+\b)*")
_HEAD: Final = """\
# What is asked for, where it is, and what proves it

Made by `make docs` from [requirements.toml](requirements.toml) and from the numbers that docstrings of code and tests
name. Do not edit: a test fails while it differs from them. Numbers are those of the list of requirements that the
service was planned from; a number that is not here is not built.
"""


@dataclass(frozen=True, order=True)
class Marker:
    """A docstring that names a requirement. `name` is the function or class it stands in; empty for a whole file."""

    number: str
    path: str
    name: str

    @property
    def is_test(self) -> bool:
        """Whether it stands in a test."""
        return Path(self.path).name.startswith("test_")


@dataclass(frozen=True)
class Requirement:
    """A requirement in our words, and how far it is built."""

    number: str
    words: str
    built: str
    is_promised: bool


def requirements() -> dict[str, Requirement]:
    """Every requirement of requirements.toml, in order."""
    said = tomllib.loads(IN_WORDS.read_text(encoding="utf-8"))
    promised = said.pop("promised")
    return {
        number: Requirement(number, requirement["words"], requirement["built"], number in promised)
        for number, requirement in sorted(said.items())
    }


def markers(root: Path = ROOT) -> list[Marker]:
    """Every marker in code and tests."""
    found: list[Marker] = []
    for folder in ("homeround", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                relative = path.relative_to(root).as_posix()
                found.extend(
                    Marker(number, relative, name)
                    for name, text in docstrings(ast.parse(path.read_text(encoding="utf-8")))
                    for number in numbers_in(text)
                )
    return sorted(set(found))


def docstrings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every docstring with the name it belongs to: of the file, its classes, functions and documented constants."""
    yield from _docstrings_of(tree.body, "")


def numbers_in(text: str) -> list[str]:
    """The requirements a text names: `REQ-01, 03 and REQ-43 to REQ-45` gives five."""
    found: list[str] = []
    for run in _NUMBERS.findall(" ".join(text.split())):
        numbers = [int(number) for number in re.findall(r"\d+", run)]
        links = re.findall(r", | and | to ", run)
        for link, number in zip(["", *links], numbers, strict=True):
            first = int(found[-1][4:]) + 1 if link == " to " else number
            found.extend(f"REQ-{between:02}" for between in range(first, number + 1))
    return found


def unknown(found: list[Marker]) -> list[str]:
    """Numbers that a docstring names and requirements.toml does not know."""
    known = requirements()
    return sorted({marker.number for marker in found} - known.keys())


def unproven(found: list[Marker]) -> list[str]:
    """Promised requirements that no code, or no test, names."""
    missing = []
    for requirement in requirements().values():
        if requirement.is_promised:
            own = [marker for marker in found if marker.number == requirement.number]
            missing += [f"{requirement.number}: no code"] if all(marker.is_test for marker in own) else []
            missing += [] if any(marker.is_test for marker in own) else [f"{requirement.number}: no test"]
    return missing


def page() -> str:
    """The whole of docs/domain/requirements.md."""
    found = markers()
    return "\n".join([_HEAD, *(_section(requirement, found) for requirement in requirements().values())])


def _section(requirement: Requirement, found: list[Marker]) -> str:
    own = [marker for marker in found if marker.number == requirement.number]
    code = [marker for marker in own if marker.path.startswith("homeround/")]
    tests = [marker for marker in own if marker.is_test]
    slices = sorted({_slice(marker.path) for marker in code})
    return "\n".join(
        [
            f"## {requirement.number} {requirement.words}",
            "",
            f"Here: {requirement.built}",
            "",
            f"- Slices: {', '.join(slices) or 'none yet'}",
            *_lines("Code", code),
            *_lines("Tests", tests),
            "",
        ]
    )


def _lines(heading: str, markers_: list[Marker]) -> Iterator[str]:
    """One line a file: the file alone when all of it is meant, with names where only these are."""
    yield f"- {heading}:" if markers_ else f"- {heading}: none yet"
    for path in sorted({marker.path for marker in markers_}):
        names = sorted(marker.name for marker in markers_ if marker.path == path and marker.name)
        whole = any(marker.path == path and not marker.name for marker in markers_)
        named = f": {', '.join(f'`{name}`' for name in names)}" if names and not whole else ""
        yield f"  - `{path.removesuffix('__init__.py')}`{named}"


def _slice(path: str) -> str:
    parts = Path(path).parts
    return parts[2] if parts[1] == "ehch" and len(parts) > 3 else parts[1]


def _docstrings_of(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    before: ast.stmt | None = None
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            text = statement.value.value
            if isinstance(text, str):
                yield _named(before, prefix), text
        if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            inside = statement.body if isinstance(statement, ast.ClassDef) else statement.body[:1]
            yield from _docstrings_of(inside, f"{prefix}::{statement.name}" if prefix else statement.name)
        before = statement


def _named(before: ast.stmt | None, prefix: str) -> str:
    """The name a string belongs to: the constant above it, else whatever it stands in."""
    target = before.target if isinstance(before, ast.AnnAssign) else None
    if isinstance(before, ast.Assign):
        target = before.targets[0] if isinstance(before.targets[0], ast.Name) else None
    if isinstance(target, ast.Name):
        return f"{prefix}::{target.id}" if prefix else target.id
    return prefix
