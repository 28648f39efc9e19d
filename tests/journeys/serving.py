"""A real server on an installation of its own, as `homeround run` serves it, for as long as the journeys last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.installation import Installation, empty

Listed = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Demo:
    """A served demo: its address, what `homeround demo` lists of it, and the installation."""

    site: str
    listed: Listed
    installation: Installation


@contextmanager
def served(builder: str) -> Iterator[str]:
    """Migrate a new database, run `builder` (MODULE:FUNCTION) on it, and serve it; gives its address."""
    module, _, function = builder.partition(":")
    with empty() as installation:
        _done(installation, "migrate")
        installation.python(f"from {module} import {function}\n{function}()")
        with installation.served() as (site, _server):
            yield site


@contextmanager
def served_demo(open_data: Path | None) -> Iterator[Demo]:
    """Build the demo with `homeround demo`, on the official files of a folder or on invented places, and serve it."""
    places = ["--open-data", str(open_data)] if open_data else []
    with empty() as installation:
        listed: Listed = json.loads(_done(installation, "demo", "--json", *places))
        with installation.served() as (site, _server):
            yield Demo(site, listed, installation)


def _done(installation: Installation, *args: str) -> str:
    done = installation.run(*args)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
