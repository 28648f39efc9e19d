"""What counts as a statement is the same on both databases."""

import socket

import pytest
from django.db import connection, transaction

from tests.statements import statements


@pytest.mark.django_db(transaction=True)
def test_transactions_are_no_statements() -> None:
    with statements() as asked, transaction.atomic(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")
    assert asked == ["SELECT 1", "SELECT 2"]


def test_no_test_reaches_beyond_this_machine() -> None:
    with socket.socket() as plug, pytest.raises(RuntimeError, match="may not reach"):
        plug.connect(("192.0.2.1", 80))
