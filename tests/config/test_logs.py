"""What somebody typed never reaches the log, whatever breaks: on both databases, and in what causes what."""

import io
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.log import configure_logging

from homeround.config.logs import WithoutValues
from homeround.kernel.audit.actor import SystemActor, acting

MARKER = "MARKER-typed-by-a-nurse"


def logged(fault: BaseException) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutValues("%(levelname)s %(message)s"))
    handler.handle(
        logging.LogRecord("t", logging.ERROR, __file__, 1, "failed", (), (type(fault), fault, fault.__traceback__))
    )
    return stream.getvalue()


def test_the_products_own_logging_writes_so() -> None:
    logging: Any = settings.LOGGING
    assert logging["formatters"]["line"]["()"] == "homeround.config.logs.WithoutValues"
    assert callable(configure_logging)


def test_a_fault_is_its_kind_and_its_places_and_no_words() -> None:
    try:
        try:
            int(MARKER)
        except ValueError as cause:
            raise RuntimeError(f"cannot use {MARKER}") from cause
    except RuntimeError as fault:
        text = logged(fault)
    assert MARKER not in text
    assert "builtins.RuntimeError, at" in text
    assert "builtins.ValueError, at" in text
    assert "test_logs.py:" in text


@pytest.mark.django_db
def test_the_databases_words_are_not_logged() -> None:
    """PostgreSQL says "Failing row contains (...)", with every column of the row."""
    at = datetime(2026, 11, 16, tzinfo=UTC)
    with pytest.raises(DatabaseError) as refused, acting(SystemActor("tests", "tests")), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_outbox (ref, purpose, body, dedupe_key, queued_at, attempts, next_try_at, mailbox, "
            "leased_by, failure) VALUES (%s, %s, %s, %s, %s, 0, %s, '', '', '')",
            ["R", MARKER, "{}", MARKER, at, at],
        )
    if connection.vendor == "postgresql":
        assert MARKER in str(refused.value), "the database does say it"
    text = logged(refused.value)
    assert MARKER not in text
    assert type(refused.value).__name__ in text
