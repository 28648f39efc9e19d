"""The tree is the one architecture describes: slices all alike, small files, names that say something."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import (
    MAY_HAVE,
    ROOT,
    SLICE_FILES,
    Module,
    called,
    calls,
    decorators,
    functions,
    modules,
    nodes,
    parsed,
    slices,
    tracked,
)

LONGEST_FILE = 450
LONGEST_FUNCTION = 60
LONGEST_TEMPLATE_LINE = 140
EMPTY_NAMES = re.compile(r"^(utils?|helpers?|services?|common|misc|managers?|signals)(\.py)?$")
EMPTY_VERBS = re.compile(r"^(create|update|process|handle|do|manage)_")
PYTHON = [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_or_folder_is_called_nothing() -> None:
    found = [
        relative(path)
        for path in tracked()
        if path.suffix == ".py" and any(EMPTY_NAMES.match(part) for part in path.relative_to(ROOT).parts)
    ]
    assert not found


def test_files_are_short() -> None:
    long = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    assert not {name: lines for name, lines in long.items() if lines > LONGEST_FILE}


def test_lines_of_templates_are_short() -> None:
    templates = [path for path in tracked() if path.suffix == ".jinja"]
    assert templates
    found = [
        f"{relative(path)}:{number}"
        for path in templates
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_TEMPLATE_LINE
    ]
    assert not found


def test_functions_are_short() -> None:
    found = []
    for path in PYTHON:
        for function in functions(parsed(path)[1]):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > LONGEST_FUNCTION:
                found.append(f"{relative(path)}:{function.lineno} {function.name} {lines}")
    assert not found


def test_every_module_says_what_it_is() -> None:
    assert not [module.at(module.tree) for module in modules() if not ast.get_docstring(module.tree)]


@pytest.mark.parametrize("folder", slices(), ids=lambda path: path.name)
def test_slices_are_all_alike(folder: Path) -> None:
    there = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there - {"__init__", "apps", "migrations", *MAY_HAVE} == set(SLICE_FILES)
    assert (folder / "migrations").is_dir()


def of_slices(part: str) -> list[Module]:
    return [module for module in modules("homeround/ehch") if module.part == part]


def public_functions(module: Module) -> list[ast.FunctionDef]:
    return [node for node in module.tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def test_there_are_actions() -> None:
    assert any(public_functions(module) for module in of_slices("actions")), "no action: these tests look at nothing"


def test_actions_say_who_when_and_which_token() -> None:
    """`@action def raise_concern(*, by, at, token=None, ...)`: keywords only, a verb of the service."""
    found = []
    for module in of_slices("actions"):
        for function in public_functions(module):
            keywords = {argument.arg for argument in function.args.kwonlyargs}
            place = f"{module.at(function)} {function.name}"
            if EMPTY_VERBS.match(function.name):
                found.append(f"{place} is no verb of the service")
            if "action" in decorators(function):
                if not keywords >= {"by", "at", "token"}:
                    found.append(f"{place} lacks by=, at= or token=")
                if function.args.args or function.args.posonlyargs or function.args.vararg:
                    found.append(f"{place} takes arguments by place")
    assert not found


def test_a_step_of_an_action_is_the_services_own() -> None:
    """What stands in `actions` without @action opens no transaction: only other actions of the service may call it."""
    steps = {
        (".".join(module.name.split(".")[:4]), function.name)
        for module in of_slices("actions")
        for function in public_functions(module)
        if "action" not in decorators(function)
    }
    found = [
        f"{module.at(node)} takes {name.name}"
        for module in modules()
        if not module.name.startswith("homeround.ehch.")
        for node in nodes(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
        if (".".join(node.module.split(".")[:4]), name.name) in steps
    ]
    assert not found


def dataclasses(module: Module) -> list[ast.ClassDef]:
    return [node for node in module.tree.body if isinstance(node, ast.ClassDef) and "dataclass" in decorators(node)]


def is_frozen(node: ast.ClassDef) -> bool:
    return any(
        isinstance(decorator, ast.Call)
        and any(k.arg == "frozen" and isinstance(k.value, ast.Constant) and k.value.value for k in decorator.keywords)
        for decorator in node.decorator_list
    )


def test_what_slices_hand_out_cannot_be_changed() -> None:
    found = [
        module.at(node)
        for part in ("rules", "access", "queries")
        for module in of_slices(part)
        for node in dataclasses(module)
        if not is_frozen(node)
    ]
    assert not found


def test_only_doors_make_proofs() -> None:
    proofs = {node.name for module in of_slices("access") for node in dataclasses(module)}
    assert proofs, "no proof: this test looks at nothing"
    found = [
        f"{module.at(call)} makes {called(call)}"
        for module in modules()
        if module.part != "access"
        for call in calls(module.tree)
        if called(call).rsplit(".", maxsplit=1)[-1] in proofs
    ]
    assert not found
