"""Runs the parts of `make test` one after another, and says at the end what ran, what did not, and how long each took.

python -m tools.parts lint types ...    A part that fails does not stop the next. What could not run is named; under
CI=true it counts as a failure.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import browser

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
# Two processes for the suites: what a small machine and a CI runner have.
SUITE = [*PYTEST, "-n", os.environ.get("HOMEROUND_TEST_PROCESSES", "2"), "--ignore=tests/architecture"]

PASSED, FAILED, COULD_NOT_RUN = "passed", "failed", "could not run"


@dataclass(frozen=True)
class Result:
    """How a part went."""

    part: str
    outcome: str
    seconds: float


def run(*command: str | Path, **variables: str) -> bool:
    """Run a command in the project's folder; true when it succeeded."""
    words = [str(word) for word in command]
    print("  $", " ".join(Path(word).name if word.startswith(str(BIN)) else word for word in words), flush=True)
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **variables}, check=False).returncode == 0


def lint() -> str:
    checks = [
        run(BIN / "ruff", "check", "--quiet", "."),
        run(BIN / "ruff", "format", "--check", "--quiet", "."),
        run(BIN / "lint-imports", "--no-cache"),
        run(BIN / "djlint", "--lint", "--quiet", "homeround"),
    ]
    return PASSED if all(checks) else FAILED


def types() -> str:
    return PASSED if run(BIN / "mypy") else FAILED


def architecture() -> str:
    return PASSED if run(*PYTEST, "tests/architecture") else FAILED


def suite_on_sqlite() -> str:
    return PASSED if run(*SUITE, HOMEROUND_TEST_ON="sqlite") else FAILED


def suite_on_postgresql() -> str:
    return PASSED if run(*SUITE, HOMEROUND_TEST_ON="postgresql") else FAILED


def journeys() -> str:
    found = browser.find()
    if found is None:
        print("  No Chromium here, and neither apt-get nor Playwright could install one.")
        return COULD_NOT_RUN
    path, origin = found
    print(f"  browser: {path} ({origin})", flush=True)
    return PASSED if run(*PYTEST, "-m", "journey", "tests/journeys", HOMEROUND_TEST_BROWSER=path) else FAILED


PARTS: Mapping[str, Callable[[], str]] = {
    "lint": lint,
    "types": types,
    "architecture": architecture,
    "test-sqlite": suite_on_sqlite,
    "test-postgres": suite_on_postgresql,
    "test-journeys": journeys,
}


def main(names: list[str]) -> int:
    """Run the named parts and return the exit code."""
    unknown = [name for name in names if name not in PARTS]
    if unknown or not names:
        print(f"Unknown: {', '.join(unknown) or 'nothing named'}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    results = []
    for name in names:
        print(f"\n{name}", flush=True)
        start = time.monotonic()
        outcome = PARTS[name]()
        results.append(Result(name, outcome, time.monotonic() - start))
    print()
    for result in results:
        print(f"{result.part:<16}{result.outcome:<16}{result.seconds:6.1f} s")
    print(f"{'together':<32}{sum(result.seconds for result in results):6.1f} s")
    bad = {FAILED, COULD_NOT_RUN} if os.environ.get("CI") == "true" else {FAILED}
    return 1 if any(result.outcome in bad for result in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
