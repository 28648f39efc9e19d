"""Kept rows are written once: the database refuses everything but an end, and a correction."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from homeround.kernel.audit.actor import acting
from homeround.kernel.audit.trigger import NOT_DELETED, WRITTEN_ONCE
from homeround.kernel.record.actions import action
from homeround.kernel.record.corrections import correcting
from tests.kernel.somebody import AT, CARER, Somebody
from tests.kernel.trial_rows import change, end, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial")]


def refused(words: str, what: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic(), acting(CARER):
        what()


@action
def corrected(*, by: Somebody, at: object, number: int, **columns: object) -> None:
    """A correction of the trial table."""
    with correcting():
        change(number, **columns)


def written() -> int:
    with acting(CARER):
        return write()


def test_nothing_but_an_end_may_change() -> None:
    number = written()
    refused(WRITTEN_ONCE, lambda: change(number, words="other words"))
    refused(WRITTEN_ONCE, lambda: change(number, resident_id=8))
    refused(WRITTEN_ONCE, lambda: change(number, amount=1.5))
    refused(WRITTEN_ONCE, lambda: change(number, id=number + 100))
    refused(WRITTEN_ONCE, lambda: change(number, retention="service record"))


def test_an_end_is_filled_once_and_whole() -> None:
    number = written()
    refused(WRITTEN_ONCE, lambda: end(number, how=""))
    refused(WRITTEN_ONCE, lambda: end(number, by=None))
    refused(WRITTEN_ONCE, lambda: change(number, ended_how="left"))
    refused(WRITTEN_ONCE, lambda: change(number, ended_by_id=11))
    with acting(CARER):
        end(number)
    refused(WRITTEN_ONCE, lambda: end(number, how="died"))
    refused(WRITTEN_ONCE, lambda: change(number, ended_at=None, ended_how="", ended_by_id=None))


def test_an_end_does_not_carry_other_changes_along() -> None:
    number = written()
    at = connection.ops.adapt_datetimefield_value(AT)
    refused(
        WRITTEN_ONCE, lambda: change(number, ended_at=at, ended_how="left", ended_by_id=11, words="and other words")
    )


def test_only_a_correction_turns_stands() -> None:
    number = written()
    refused(WRITTEN_ONCE, lambda: change(number, stands=False))
    corrected(by=CARER, at=AT, number=number, stands=False)
    refused(WRITTEN_ONCE, lambda: change(number, stands=True))


def test_only_a_correction_empties_an_end() -> None:
    number = written()
    with acting(CARER):
        end(number)
    corrected(by=CARER, at=AT, number=number, ended_at=None, ended_how="", ended_by_id=None)
    with acting(CARER):
        end(number, how="died")


def test_a_correction_changes_nothing_else() -> None:
    number = written()
    with pytest.raises(IntegrityError, match=WRITTEN_ONCE), transaction.atomic():
        corrected(by=CARER, at=AT, number=number, words="other words")
    with acting(CARER):
        end(number)
    with pytest.raises(IntegrityError, match=WRITTEN_ONCE), transaction.atomic():
        corrected(by=CARER, at=AT, number=number, ended_at=None, ended_how="", ended_by_id=11)


def test_a_correction_is_an_action() -> None:
    with pytest.raises(RuntimeError, match="action"), correcting():
        pass


def test_nothing_kept_is_deleted() -> None:
    written()
    with connection.cursor() as cursor:
        refused(NOT_DELETED, lambda: cursor.execute("DELETE FROM kernel_trial"))


@pytest.mark.sqlite
def test_nothing_kept_is_replaced() -> None:
    number = written()
    with connection.cursor() as cursor:
        refused(
            NOT_DELETED,
            lambda: cursor.execute(
                "INSERT OR REPLACE INTO kernel_trial SELECT id, stands, happened_at, recorded_at, ended_at, ended_how, "
                "ended_by_id, retention, resident_id, home_id, 'other words', amount FROM kernel_trial WHERE id = %s",
                [number],
            ),
        )


@pytest.mark.postgres
def test_no_kept_table_is_truncated() -> None:
    with connection.cursor() as cursor:
        refused(NOT_DELETED, lambda: cursor.execute("TRUNCATE kernel_trial"))
