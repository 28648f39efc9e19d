"""What needs Django in this process: tables, stamp, static files, the world, and how many statements a page asks."""

from __future__ import annotations

import django

django.setup()

from django.db import connection, connections  # noqa: E402 - Django is set up
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.serving import HERE  # noqa: E402
from bench.world import World, build  # noqa: E402
from homeround.cli import migrating  # noqa: E402
from homeround.cli.serving import collect_static  # noqa: E402
from tests.statements import statements  # noqa: E402


def prepare(*, homes: int, residents: int, password: str) -> World:
    """Migrate and stamp the database of this run as a demo, and build the world in it."""
    migrating.bring_up_to_date()
    migrating.stamp_as(live=False)
    collect_static()
    world = build(homes=homes, residents=residents, at=timezone.now(), password=password)
    if connection.vendor == "postgresql":  # what its own housekeeping does a little later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    connections.close_all()
    return world


def count_statements(path: str, cookie: str) -> int:
    """How many statements a page asks, as the tests count them; the second time, when the process is warm."""
    client = Client(SERVER_NAME=HERE)
    client.cookies.load(cookie)
    client.get(path)
    with statements() as asked:
        client.get(path)
    connections.close_all()
    return len(asked)
