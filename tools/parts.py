"""Runs the parts of `make test` one after another, and says at the end what ran, what did not, and how long each took.

python -m tools.parts lint types ...    A part that fails does not stop the next. What could not run is named; under
CI=true it counts as a failure.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tools import browser

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q"]
# Two processes for the suites: what a small machine and a CI runner have.
PROCESSES = os.environ.get("HOMEROUND_TEST_PROCESSES", "2")
SUITE = [*PYTEST, "-n", PROCESSES, "--dist", "worksteal", "--ignore=tests/architecture"]

# Tests that ask no database, by folder: they run with the suite on SQLite and would say the same again.
ASK_NO_DATABASE = ["tests/config", "tests/tools", "tests/gateways/test_open_data.py"]
ASK_NO_DATABASE += ["tests/gateways/test_refused_files.py", "tests/gateways/test_rows_of_files.py"]

# Tests of what a page says run once too: every statement of every page and form is asked on both databases by
# tests/access, and what it finds is compared by tests/ehch (docs/adr/0020-what-is-tested-on-which-database.md).
OF_PAGES = "tests/web"
PAGES_ON_BOTH: Mapping[str, str] = {
    "test_cannot_save.py": "what a database says when it is locked, full or read-only",
    "test_characters.py": "NUL and other characters that one takes and the other does not",
    "test_limits.py": "tries counted in the database, over all processes",
    "test_lookup.py": "search by likeness",
    "test_second_step.py": "codes used once, over all processes",
    "test_sent_twice.py": "two at once with one token",
    "test_sign_in.py": "sessions as rows",
    "residents/test_find.py": "search by likeness",
    "residents/test_looks.py": "the log, written by triggers",
    "residents/test_open_everywhere.py": "what is open and what a departure closes, as predicates",
}
"""Tests of pages that run on PostgreSQL as well, with what may differ there."""

# Python's compiled files are kept here, whatever the machine says: the parts start some hundred processes, and without
# them each compiles Django and the tests anew.
KEPT = {"PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
COMPILED = {**os.environ, **KEPT}

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
    return subprocess.run(words, cwd=ROOT, env={**COMPILED, **variables}, check=False).returncode == 0


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
    print(f"  once is enough, with SQLite: {', '.join(ASK_NO_DATABASE)}", flush=True)
    print(f"  and of {OF_PAGES} all but {', '.join(PAGES_ON_BOTH)}", flush=True)
    left_out = [f"--ignore={name}" for name in (*ASK_NO_DATABASE, *pages_once())]
    return PASSED if run(*SUITE, *left_out, HOMEROUND_TEST_ON="postgresql") else FAILED


def pages_once() -> list[str]:
    """The tests of pages that run with the suite on SQLite alone; a new one is among them until it is named above."""
    folder = ROOT / OF_PAGES
    both = {folder / name for name in PAGES_ON_BOTH}
    return [path.relative_to(ROOT).as_posix() for path in sorted(folder.rglob("test_*.py")) if path not in both]


def journeys() -> str:
    found = browser.find()
    if found is None:
        print("  No Chromium here, and neither apt-get nor Playwright could install one.")
        return COULD_NOT_RUN
    path, origin = found
    headless = browser.without_windows(path)
    print(f"  browser: {path} ({origin}), mostly as {headless}", flush=True)
    journey = [*PYTEST, "-n", PROCESSES, "--dist", "loadfile", "-m", "journey", "tests/journeys"]
    return PASSED if run(*journey, HOMEROUND_TEST_BROWSER=path, HOMEROUND_TEST_HEADLESS=headless) else FAILED


PARTS: Mapping[str, Callable[[], str]] = {
    "lint": lint,
    "types": types,
    "architecture": architecture,
    "test-sqlite": suite_on_sqlite,
    "test-postgres": suite_on_postgresql,
    "test-journeys": journeys,
}


BESIDE = "test-journeys"
"""Waits for a browser most of the time: it runs beside the suites when they are asked for too."""


@dataclass(frozen=True)
class Beside:
    """A part that runs in a process of its own while others do; what it prints is shown when they are through."""

    part: str
    process: subprocess.Popen[bytes]
    printed: IO[str]
    start: float

    @classmethod
    def begin(cls, part: str) -> Beside:
        """Start it."""
        printed = tempfile.TemporaryFile("w+")  # noqa: SIM115 - read when the part has ended
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.parts", part], cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT
        )
        return cls(part, process, printed, time.monotonic())

    def end(self) -> Result:
        """Wait for it, show what it printed, and say how it went."""
        code = self.process.wait()
        self.printed.seek(0)
        shown = self.printed.read()
        print(shown, end="", flush=True)
        could_not = f"{self.part:<16}{COULD_NOT_RUN}" in shown
        outcome = COULD_NOT_RUN if could_not else PASSED if code == 0 else FAILED
        took = re.search(rf"^{self.part} .*?([0-9.]+) s$", shown, re.MULTILINE)
        return Result(self.part, outcome, float(took[1]) if took else time.monotonic() - self.start)


def main(names: list[str]) -> int:
    """Run the named parts and return the exit code."""
    unknown = [name for name in names if name not in PARTS]
    if unknown or not names:
        print(f"Unknown: {', '.join(unknown) or 'nothing named'}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    begun = time.monotonic()
    beside = Beside.begin(BESIDE) if BESIDE in names and len(names) > 1 else None
    results = [_timed(name) for name in names if beside is None or name != BESIDE]
    if beside is not None:
        results.append(beside.end())
    print()
    for result in results:
        print(f"{result.part:<16}{result.outcome:<16}{result.seconds:6.1f} s")
    print(f"{'together':<32}{time.monotonic() - begun:6.1f} s")
    bad = {FAILED, COULD_NOT_RUN} if os.environ.get("CI") == "true" else {FAILED}
    return 1 if any(result.outcome in bad for result in results) else 0


def _timed(name: str) -> Result:
    print(f"\n{name}", flush=True)
    start = time.monotonic()
    outcome = PARTS[name]()
    return Result(name, outcome, time.monotonic() - start)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
