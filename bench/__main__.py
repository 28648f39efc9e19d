"""`make bench`, or `python -m bench [--homes N] [--residents M] [--postgresql]`: builds, serves, measures, prints.

Never fails because something is slow; fails when a page reads a growing table whole. England is `--homes 15000
--residents 400000`; building that takes a while.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.asking import page, sign_in
from bench.measuring import Measured, Target, measure
from bench.serving import served
from bench.table import printed
from bench.temporary import database
from homeround.kernel.record.nhs_number import MADE_AT_MOST

MANY_HOMES = 400
"""Homes from which one PCN is a small part of a world: in a smaller one PostgreSQL rightly reads a table whole."""


def main(arguments: Sequence[str]) -> int:
    """Run it; the exit code is 1 when a page reads a table that grows from end to end."""
    parser = _arguments()
    asked = parser.parse_args(arguments)
    if not (1 <= asked.homes <= asked.residents <= MADE_AT_MOST) or asked.rounds < 1 or asked.seconds <= 0:
        parser.error(f"at least one home, a resident a home, a round; at most {MADE_AT_MOST:,} residents.")
    begin = time.monotonic()
    with database(postgresql=asked.postgresql) as folder:
        print(f"Building {asked.homes:,} homes with {asked.residents:,} residents ...", flush=True)
        password = secrets.token_urlsafe(20)
        pages = _Pages(asked, password)
        _tell(f"built after {time.monotonic() - begin:.0f} s; measuring ...")
        found, statements, sizes = pages.measured(folder)
        print(printed(found, statements=statements, sizes=sizes, what=_what(asked)))
        scans = [
            f"{name} reads {', '.join(sorted(tables))} from end to end"
            for name, tables in pages.whole.items()
            if tables
        ]
    _tell(f"took {time.monotonic() - begin:.0f} s")
    means_it = not asked.postgresql or asked.homes >= MANY_HOMES
    for words in scans:
        print(f"{'fails' if means_it else 'note'}: {words}")
    return 1 if scans and means_it else 0


class _Pages:
    """The pages that are measured, in a world that was built for them."""

    def __init__(self, asked: argparse.Namespace, password: str) -> None:
        from bench.prepared import prepare  # noqa: PLC0415 - Django is set up there, on the database of this run

        self.asked = asked
        self.password = password
        self.whole: dict[str, set[str]] = {}
        self.world = prepare(homes=asked.homes, residents=asked.residents, password=password)

    def measured(self, folder: Path) -> tuple[list[Measured], dict[str, int], dict[str, int]]:
        """Every page on its server; how many statements each asks, and how many bytes it has."""
        from bench.pages import pages_of  # noqa: PLC0415
        from bench.plans import tables_read_whole  # noqa: PLC0415
        from bench.prepared import count_statements  # noqa: PLC0415

        world, environment = self.world, dict(os.environ)
        with ExitStack() as servers:
            ours = servers.enter_context(
                served("ours", "homeround.config.wsgi:application", ready="/health/serving", environment=environment,
                       log=folder / "ours.log")
            )  # fmt: skip
            plain = servers.enter_context(
                served("floor", "bench.floor_wsgi:application()", ready=f"/homes/{world.home_id}",
                       environment=environment, log=folder / "floor.log")
            )  # fmt: skip
            cookies = {
                role: sign_in(ours.port, username=username, password=self.password)
                for role, username in world.usernames.items()
            }
            targets = [
                Target("floor: 60 people, ORM and template", plain, f"/homes/{world.home_id}"),
                *(Target(of_ours.name, ours, of_ours.path, cookies[of_ours.role]) for of_ours in pages_of(world)),
            ]
            self.whole = {target.name: tables_read_whole(target.path, target.cookie) for target in targets[1:]}
            sizes = {target.name: len(page(target.server.port, target.path, target.cookie)) for target in targets}
            statements = {target.name: count_statements(target.path, target.cookie) for target in targets[1:]}
            found = measure(targets, rounds=self.asked.rounds, seconds=self.asked.seconds)
        return found, statements, sizes


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="How long pages take, as ratios to a floor.")
    parser.add_argument("--homes", type=int, default=100, help="how many homes to build (100)")
    parser.add_argument("--residents", type=int, default=5000, help="how many people live in them (5000)")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL, as the tests find it; else SQLite")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each page (3)")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long a round lasts (2)")
    return parser


def _what(asked: argparse.Namespace) -> str:
    kind = "PostgreSQL" if asked.postgresql else "SQLite"
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        f"{kind}, {asked.homes:,} homes, {asked.residents:,} residents; one server process each; "
        f"{asked.rounds} rounds of {asked.seconds:g} s; Python {python}, {os.cpu_count()} processors"
    )


def _tell(words: str) -> None:
    print(f"  {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
