"""The import contracts hold, name everything there is, and have no exceptions."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT, called, calls, contracts, modules, nodes

# Pages, API, reports, commands and jobs: what asks the service and never its tables.
INTERFACES = ("homeround.web", "homeround.fhir", "homeround.reports", "homeround.cli", "homeround.jobs")


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_contracts_are_all_there() -> None:
    assert [contract["name"] for contract in contracts()] == [
        "the whole",
        "the service",
        "inside a slice",
        "rules are plain Python",
        "interfaces never touch tables",
    ]
    assert all(contract["exhaustive"] for contract in contracts() if contract["type"] == "layers")


def test_no_contract_has_exceptions() -> None:
    assert not [contract["name"] for contract in contracts() if contract.get("ignore_imports")]


def test_every_interface_is_kept_from_the_tables() -> None:
    named = set(
        next(
            contract["source_modules"]
            for contract in contracts()
            if contract["name"] == "interfaces never touch tables"
        )
    )
    there = {name for name in INTERFACES if (PACKAGE / name.removeprefix("homeround.")).is_dir()}
    assert there <= named


def test_no_interface_reaches_tables_another_way() -> None:
    """The linter does not see managers reached through objects, nor models looked up by name."""
    found = [
        module.at(node)
        for module in modules()
        if module.name.startswith(INTERFACES)
        for node in nodes(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")
    ] + [
        module.at(call)
        for module in modules()
        if module.name.startswith(INTERFACES)
        for call in calls(module.tree)
        if called(call).endswith(("get_model", "get_models"))
    ]
    assert not found
