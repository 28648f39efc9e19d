"""Reviewed data is reviewed: every table names its source, and none is overdue."""

import importlib
import pkgutil
from datetime import UTC, date, datetime

import homeround
from homeround.kernel import reviewed


def test_nothing_is_overdue() -> None:
    for found in pkgutil.walk_packages(homeround.__path__, "homeround."):
        if ".migrations" not in found.name and found.name != "homeround.config.wsgi":
            importlib.import_module(found.name)
    assert reviewed.registered(), "no reviewed data: this test looks at nothing"
    assert not reviewed.overdue(datetime.now(UTC).date()), "reviewed data is overdue: have it looked at, then date it"


def test_overdue_would_be_found() -> None:
    assert set(reviewed.overdue(date.max)) == set(reviewed.registered())


def test_every_table_says_where_it_comes_from() -> None:
    for name, review in reviewed.registered().items():
        assert review.source, name
        assert review.licence, name
        assert review.author, name
