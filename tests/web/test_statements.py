"""A signed-in page that asks nothing itself costs two statements: the session and the viewer."""

from datetime import timedelta

import time_machine
from django.test import Client

from tests.statements import statements
from tests.web.conftest import People
from tests.web.signing_in import sign_in


def test_a_trivial_page_costs_two_statements(people: People) -> None:
    client = sign_in(people.cora)
    client.get("/my-rights")
    with statements() as asked:
        assert client.get("/my-rights").status_code == 200
    assert len(asked) == 2, asked


def test_a_page_signed_out_asks_nothing(db: None) -> None:
    client = Client()
    client.get("/sign-in")
    with statements() as asked:
        client.get("/something-is-wrong")
    assert not asked


def test_the_session_is_written_at_most_once_a_minute(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    written = 0
    for _ in range(12):
        clock.shift(timedelta(seconds=10))
        with statements() as asked:
            client.get("/my-rights")
        written += any(not sql.startswith("SELECT") for sql in asked)
    assert written == 2
