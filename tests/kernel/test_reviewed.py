"""The register of reviewed data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from homeround.kernel import reviewed
from homeround.kernel.reviewed import Reviewed

TABLE = Reviewed(
    source="a published chart",
    licence="Open Government Licence v3.0",
    mode="shipped",
    evidence="V",
    author="the authors",
    checker="",
    reviewed_on=date(2026, 11, 21),
    next_review_on=date(2027, 11, 21),
)


@pytest.fixture(autouse=True)
def _an_empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewed, "_registered", {})


def test_overdue_from_the_day_after_the_next_review() -> None:
    reviewed.register("chart", TABLE)

    assert reviewed.overdue(TABLE.next_review_on) == []
    assert reviewed.overdue(TABLE.next_review_on + timedelta(days=1)) == ["chart"]


def test_one_name_has_one_table() -> None:
    reviewed.register("chart", TABLE)
    reviewed.register("chart", TABLE)

    with pytest.raises(ValueError, match="already registered"):
        reviewed.register("chart", replace(TABLE, checker="somebody else"))
    assert list(reviewed.registered()) == ["chart"]


def test_the_next_review_comes_after_the_last() -> None:
    with pytest.raises(ValueError, match="after the last"):
        replace(TABLE, next_review_on=TABLE.reviewed_on)
