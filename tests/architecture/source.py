"""The project's own code, read as text and as syntax trees, and its layers as the import contracts state them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "homeround"
SLICE_FILES = ("rules", "models", "access", "queries", "actions")
MAY_HAVE = frozenset({"waits", "words", "kinds"})
"""What a slice has when it needs it: branches of what waits for somebody, its choices with their words, and the kinds
that it tells the shared tables.
"""


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def part(self) -> str:
        """Its part of its slice or package: `actions` for `rounds.actions` and `rounds.actions.opening`."""
        names = self.name.split(".")
        depth = 3 if names[1:2] == ["ehch"] else 2
        return names[depth] if len(names) > depth else ""

    def at(self, node: ast.AST) -> str:
        """Where something stands, for the message of a failing test."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def modules(under: str = "homeround") -> tuple[Module, ...]:
    """Every module of a package, migrations left out."""
    found = []
    for path in sorted((ROOT / under.replace(".", "/")).rglob("*.py")):
        relative = path.relative_to(ROOT)
        if "migrations" in relative.parts or "vendor" in relative.parts:
            continue
        name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(path, name, *parsed(path)))
    return tuple(found)


@cache
def parsed(path: Path) -> tuple[str, ast.Module]:
    """The text of a file and its tree, read once however many tests ask."""
    text = path.read_text(encoding="utf-8")
    return text, ast.parse(text)


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a tree, walked once however many tests ask."""
    return tuple(ast.walk(tree))


def slices() -> list[Path]:
    """The folders of the service's slices."""
    return sorted(path for path in (PACKAGE / "ehch").iterdir() if (path / "__init__.py").exists())


@cache
def contracts() -> list[dict[str, Any]]:
    """The import contracts of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return found


def layers(contract: str) -> dict[str, int]:
    """The height of each name in a contract of layers; those on one line stand equally high."""
    lines = next(stated["layers"] for stated in contracts() if stated["name"] == contract)
    heights: dict[str, int] = {}
    for height, line in enumerate(reversed(lines)):
        for name in line.split("|"):
            heights[name.strip(" ()")] = height
    return heights


def height(module: str) -> tuple[int, int]:
    """How high a module stands: in the whole, then in the service."""
    names = module.split(".")
    whole = layers("the whole")[names[1]]
    inside = layers("the service")[names[2]] if names[1] == "ehch" and len(names) > 2 else 0
    return whole, inside


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is committed, or would be by `git add`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(ROOT / name for name in sorted(listed.split("\0")) if name and (ROOT / name).is_file())


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call."""
    return (node for node in nodes(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """What is called, as it is written, without its arguments: `timezone.now`, `.delete` after anything longer."""
    return dotted(call.func)


def dotted(node: ast.expr) -> str:
    """Return a name with its dots, as it is written: `datetime.date.today`."""
    names = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    names.append(node.id if isinstance(node, ast.Name) else "")
    return ".".join(reversed(names))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return (node for node in nodes(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """The last names of the decorators: `action` for `@action` and `@actions.action(...)`."""
    expressions = (
        decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in node.decorator_list
    )
    return {
        expression.attr if isinstance(expression, ast.Attribute) else getattr(expression, "id", "")
        for expression in expressions
    }
