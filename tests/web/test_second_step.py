"""The second step: set up before a role beyond one home is taken up, asked for at sign-in, with recovery codes."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from homeround.kernel import stamp
from tests.web.conftest import PASSWORD, People

PERIOD = 30
"""Seconds for which a code counts."""


@pytest.fixture(autouse=True)
def _live(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(stamp, "is_demo", lambda: False)


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set the app up from the page; gives its key and the recovery codes."""
    client.post("/sign-in", {"login": "ada", "password": PASSWORD})
    again = client.get("/second-step/new")["Location"]
    assert again.startswith("/password-again")
    client.post(again, {"password": PASSWORD})
    page = client.get("/second-step/new").content.decode()
    secret = re.search(r'class="hr-key">([A-Z2-7]+)<', page)
    assert secret is not None
    assert "<svg" in page
    answer = client.post("/second-step/new", {"code": code_for(secret[1])})
    assert answer["Location"] == "/second-step/codes"
    codes = re.findall(r'class="hr-key">(\w+)<', client.get("/second-step/codes").content.decode())
    return secret[1], codes


def test_a_role_beyond_one_home_is_taken_up_only_with_a_second_step(people: People) -> None:
    client = Client()
    set_up(client)
    assert client.get("/", follow=True).redirect_chain[-1] == ("/system", 303)


def test_a_wrong_code_is_told_and_nothing_is_set_up(people: People) -> None:
    client = Client()
    client.post("/sign-in", {"login": "ada", "password": PASSWORD})
    client.post(client.get("/second-step/new")["Location"], {"password": PASSWORD})
    client.get("/second-step/new")
    assert "This code is not right" in client.post("/second-step/new", {"code": "000000"}).content.decode()
    assert client.get("/capacity")["Location"].startswith("/second-step/new")


def test_the_code_is_asked_at_sign_in(people: People, clock: time_machine.Traveller) -> None:
    secret, codes = set_up(Client())
    assert len(codes) == 10
    client = Client()
    assert client.post("/sign-in", {"login": "ada", "password": PASSWORD})["Location"] == "/sign-in/second-step"
    assert client.get("/system")["Location"].startswith("/sign-in"), "half a sign-in opens nothing"
    assert "Code from your authenticator app" in client.get("/sign-in/second-step").content.decode()
    assert client.post("/sign-in/second-step", {"code": "000000"}).status_code == 200
    clock.shift(timedelta(seconds=PERIOD))
    client.post("/sign-in/second-step", {"code": code_for(secret)})
    assert client.get("/", follow=True).redirect_chain[-1] == ("/system", 303)


def test_a_recovery_code_works_once(people: People) -> None:
    _, codes = set_up(Client())
    for time_used, signed_in in ((1, True), (2, False)):
        client = Client()
        client.post("/sign-in", {"login": "ada", "password": PASSWORD})
        client.post("/sign-in/second-step", {"code": codes[0]})
        arrived = client.get("/", follow=True).redirect_chain[-1][0]
        assert (arrived == "/system") is signed_in, time_used
