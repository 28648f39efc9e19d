"""Somebody holds the database while forms wait: the list of `check`, /health and the system page says so. H35."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from homeround.jobs.condition import answers, database
from homeround.kernel.policy import SAVING_IS_SLOW


@contextmanager
def sqlite_held() -> Iterator[None]:
    """Another process has begun to write and goes on."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def postgresql_held() -> Iterator[None]:
    """Another process has locked a table, and somebody who saves waits for it."""
    to = {name: value for name, value in connection.get_connection_params().items() if name in PLACE}
    with psycopg.connect(**to) as holds, psycopg.connect(**to, autocommit=True) as saves:
        holds.execute("LOCK TABLE kernel_heartbeat IN EXCLUSIVE MODE")
        waits = threading.Thread(target=lambda: saves.execute("UPDATE kernel_heartbeat SET beat_at = now()"))
        waits.start()
        time.sleep(SAVING_IS_SLOW.total_seconds() + 0.5)
        yield
        holds.rollback()
        waits.join()


PLACE = ("host", "port", "user", "password", "dbname")


@pytest.mark.django_db(transaction=True)
def test_it_is_slow_while_somebody_holds_it_and_well_afterwards() -> None:
    held = {"sqlite": sqlite_held, "postgresql": postgresql_held}[connection.vendor]
    with held():
        found = database(timezone.now())
        assert (found.is_well, found.words.partition(":")[0]) == (False, "slow")
        assert found.do
        assert answers(timezone.now()).is_well, "pages can be read meanwhile"
    assert database(timezone.now()).is_well
