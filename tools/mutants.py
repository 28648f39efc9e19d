"""Changes one thing at a time in rules, doors and actions, and says which changes no test notices (`make mutants`).

A sample, in a copy of the project, so that nothing here is touched. Not part of `make test`: a mutant that survives is
a question, not a failure. Some are equal to what they were made from; the others want a test. The same seed gives the
same sample. Own code: mutmut and cosmic-ray mutate everything in place and run the whole suite for each: days, here.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
COPIED: Final = ("homeround", "tests", "tools", "bench", "docs")
FILES: Final = ("pyproject.toml", "Makefile", "package.json", "package-lock.json", "README.md", "DEVELOPERS.md")
MUTATED: Final = (
    "homeround/ehch/*/rules.py",
    "homeround/ehch/*/rules/*.py",
    "homeround/ehch/*/access.py",
    "homeround/ehch/*/access/*.py",
    "homeround/ehch/*/actions.py",
    "homeround/ehch/*/actions/*.py",
    "homeround/accounts/rights.py",
    "homeround/accounts/queries.py",
    "homeround/accounts/actions.py",
)
ENDS_WITHIN: Final = 900
"""Seconds for the tests of one mutant; one that never ends is noticed."""

ENDLESS: Final = "it does not end"
"""What is said instead of the name of a test, as is how pytest ended when it could not run any."""

A_YEAR: Final = 1900
"""Numbers from here on are years of reviews and sources, which decide nothing."""

OTHER_WAY: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """One change: in which file and line, inside which function or class of the file ("" outside), what it was, what it
    is, and the source with it.
    """

    file: str
    line: int
    inside: str
    was: str
    becomes: str
    source: str


def mutants_of(file: str, source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    found = []
    for number, node in enumerate(ast.walk(tree)):
        for changed in _changes(node):
            other = copy.deepcopy(tree)
            place = next(candidate for count, candidate in enumerate(ast.walk(other)) if count == number)
            _put(other, place, changed)
            words = ast.unparse(changed) if changed is not None else "(left out)"
            line = getattr(node, "lineno", 0)
            was = _short(ast.unparse(node))
            found.append(Mutant(file, line, _inside(tree, line), was, _short(words), ast.unparse(other)))
    return sorted(found, key=lambda mutant: mutant.line)


def _inside(tree: ast.Module, line: int) -> str:
    """The function or class of a file that a line is part of."""
    named = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return next((node.name for node in named if node.lineno <= line <= (node.end_lineno or line)), "")


def _changes(node: ast.AST) -> Iterator[ast.AST | None]:
    """What may stand in place of a node; None leaves it out."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in OTHER_WAY:
        yield _with(node, ops=[OTHER_WAY[type(node.ops[0])]()])
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for left_out in range(len(node.values)):
            rest = [value for place, value in enumerate(node.values) if place != left_out]
            yield rest[0] if len(rest) == 1 else _with(node, values=rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and type(node.value) is int and node.value < A_YEAR:
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.If) and not node.orelse and isinstance(node.body[-1], ast.Raise | ast.Return):
        yield None
    elif isinstance(node, ast.IfExp):
        yield _with(node, body=node.orelse, orelse=node.body)
    elif isinstance(node, ast.Call) and _is_condition(node):
        for left_out in range(len(node.keywords)):
            kept = [word for place, word in enumerate(node.keywords) if place != left_out]
            yield _with(node, keywords=kept)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield None


def _is_condition(call: ast.Call) -> bool:
    """Whether a call narrows a set of rows, so that each of its words is a condition."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in ("filter", "exclude", "Q", "get", "filter_by") and bool(call.keywords)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _put(tree: ast.AST, place: ast.AST, changed: ast.AST | None) -> None:
    """Put a changed node where the other stands."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is place and changed is not None:
                setattr(parent, name, changed)
                return
            if isinstance(value, list) and any(part is place for part in value):
                new = [changed if part is place else part for part in value]
                setattr(parent, name, [part for part in new if part is not None] or [ast.Pass()])
                return


def _short(code: str) -> str:
    words = " ".join(code.split())
    return words if len(words) <= 100 else f"{words[:97]}..."


def tests_of(file: str) -> list[str]:
    """The folders of tests that are to notice a change in a file, the nearest first."""
    parts = Path(file).parts
    if parts[1] == "accounts":
        return ["tests/accounts", "tests/access", "tests/web"]
    slice_ = parts[2]
    near = [f"tests/ehch/{slice_}", f"tests/web/{slice_}", "tests/access"]
    above = ["tests/ehch/rounds", "tests/web/rounds", "tests/web/residents"]
    return list(dict.fromkeys([*near, *above]))


def in_order(folder: Path, mutant: Mutant, *, near: bool = False) -> list[str]:
    """The files of those tests: first those that name what was changed, or its module. `near`: these and the nearest
    folder only.
    """
    folders = tests_of(mutant.file)
    files = [path for name in folders for path in sorted((folder / name).rglob("test_*.py"))]
    names = [name for name in (mutant.inside, Path(mutant.file).stem) if name]
    read = {path: path.read_text(encoding="utf-8") for path in dict.fromkeys(files)}
    by_name = [path for name in names for path, text in read.items() if re.search(rf"\b{name}\b", text)]
    rest = [path for path in read if not near or path.is_relative_to(folder / folders[0])]
    return [str(path.relative_to(folder)) for path in dict.fromkeys([*by_name, *rest])]


@dataclass
class Trying:
    """A copy of the project in which mutants are tried. `sound`: tests that pass without any change; `set_aside`: those
    that fail without one too, and so say nothing of a mutant.
    """

    folder: Path
    near: bool = False
    sound: set[str] = field(default_factory=set)
    set_aside: set[str] = field(default_factory=set)

    def notices(self, mutant: Mutant) -> bool:
        """Whether some test fails with the mutant in place, and passes without it."""
        tests = in_order(self.folder, mutant, near=self.near)
        while found := self._first_failing(mutant, tests):
            if found in self.sound or not failing(self.folder, [found] if "::" in found else tests):
                self.sound.add(found)
                return True
            if "::" not in found:
                raise SystemExit(f"Without any change the tests cannot be run: {found}. Mend that first.")
            print(f"{found} fails without any change, and is set aside.", flush=True)
            self.set_aside.add(found)
        return False

    def _first_failing(self, mutant: Mutant, tests: Sequence[str]) -> str:
        file = self.folder / mutant.file
        before = file.read_text(encoding="utf-8")
        file.write_text(mutant.source, encoding="utf-8")
        try:
            return failing(self.folder, tests, "-x", *(f"--deselect={test}" for test in sorted(self.set_aside)))
        finally:
            file.write_text(before, encoding="utf-8")


def failing(folder: Path, tests: Sequence[str], *options: str) -> str:
    """The first of these tests that fails, or nothing; says so too where they do not end or cannot be run."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow and not journey"]
    asked = [*command, "-rfE", "--tb=no", *options, *tests]
    try:
        done = subprocess.run(asked, cwd=folder, capture_output=True, check=False, text=True, timeout=ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        return ENDLESS
    named = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, flags=re.MULTILINE)
    if named:
        return named[1]
    return f"pytest ended with {done.returncode}" if done.returncode else ""


def sampled(only: str, *, size: int, seed: int) -> list[Mutant]:
    """So many mutants, by chance, but as many of one file as of another as far as it has them."""
    chance = random.Random(seed)  # noqa: S311 - a sample
    files = sorted({path for pattern in MUTATED for path in ROOT.glob(pattern)})
    by_file = []
    for path in files:
        name = str(path.relative_to(ROOT))
        if only in name:
            mutants = mutants_of(name, path.read_text(encoding="utf-8"))
            chance.shuffle(mutants)
            by_file.append(mutants)
    chance.shuffle(by_file)
    found: list[Mutant] = []
    while len(found) < size and any(by_file):
        found += [mutants.pop() for mutants in by_file if mutants][: size - len(found)]
    return found


def main(arguments: Sequence[str]) -> int:
    """Try a sample; list those that nothing noticed."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="only files whose path holds this, e.g. residents/rules")
    parser.add_argument("--sample", type=int, default=40, help="how many mutants (40)")
    parser.add_argument("--seed", type=int, default=1, help="which sample (1)")
    parser.add_argument("--list", action="store_true", help="list the sample and try nothing")
    parser.add_argument("--near", action="store_true", help="only the nearest tests: quicker, and more survive")
    asked = parser.parse_args(arguments)
    chosen = sampled(asked.only, size=asked.sample, seed=asked.seed)
    if asked.list:
        print("\n".join(_line(mutant) for mutant in chosen))
        return 0
    with tempfile.TemporaryDirectory(prefix="homeround-mutants-") as temporary:
        _copy(Path(temporary))
        survivors = _survivors(Trying(Path(temporary), near=asked.near), chosen)
    print(f"\n{len(chosen) - len(survivors)} of {len(chosen)} noticed.")
    print("\n".join(_line(mutant) for mutant in survivors))
    return 0


def _survivors(trying: Trying, chosen: Sequence[Mutant]) -> list[Mutant]:
    survivors = []
    for number, mutant in enumerate(chosen, 1):
        begin = time.monotonic()
        is_noticed = trying.notices(mutant)
        took = f"({time.monotonic() - begin:.0f} s)"
        print(f"{number}/{len(chosen)} {'noticed' if is_noticed else 'SURVIVED'} {_line(mutant)} {took}", flush=True)
        if not is_noticed:
            survivors.append(mutant)
    return survivors


def _copy(folder: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.png"))
    for name in FILES:
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder / name)


def _line(mutant: Mutant) -> str:
    return f"{mutant.file}:{mutant.line}: {mutant.was}  ->  {mutant.becomes}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
