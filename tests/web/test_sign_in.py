"""Sign-in, capacities and sign-out: one capacity at a time, a new session id at each step, the same words for unknown
accounts.
"""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http import HttpResponse
from django.test import Client

from homeround.accounts.actions import end_membership
from homeround.accounts.models import Membership
from homeround.kernel import stamp
from homeround.kernel.audit.actor import SystemActor, acting
from tests.web.conftest import AT, PASSWORD, People
from tests.web.signing_in import session_id, sign_in

LOCKED = "There were too many wrong passwords. Wait 15 minutes, then try again."


def give(client: Client, username: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/sign-in", {"login": username, "password": password, **more})  # type: ignore[return-value]


def without_ids(page: HttpResponse) -> str:
    return re.sub(
        r"nonce(=\"|-)[\w-]+|csrfmiddlewaretoken\" value=\"\w+|[0-9A-Z]{8}(?=[<\"])|reference=\w+",
        "",
        page.content.decode(),
    )


def test_one_capacity_is_taken_up_without_asking(people: People) -> None:
    client = Client()
    answer = give(client, "ada")
    assert answer.status_code == 302
    assert client.get("/", follow=True).redirect_chain == [("/capacity", 303), ("/", 303), ("/system", 303)]


def test_several_capacities_are_offered(people: People) -> None:
    client = Client()
    give(client, "amina")
    page = client.get("/capacity").content.decode()
    assert "Care coordinator, Exe Example PCN" in page
    assert "PCN manager, Exe Example PCN" in page
    before = session_id(client)
    answer = client.post("/capacity", {"membership": people.amina_manager.membership_id, "next": "/my-rights"})
    assert answer["Location"] == "/my-rights"
    assert session_id(client) != before
    assert "You act as PCN manager of Exe Example PCN" in client.get("/my-rights").content.decode()


def test_nobody_takes_up_a_capacity_of_somebody_else(people: People) -> None:
    client = sign_in(people.cora)
    assert client.post("/capacity", {"membership": people.maud.membership_id}).status_code == 422
    assert "You act as carer" in client.get("/my-rights").content.decode()


def test_without_a_capacity_nothing_is_shown(people: People) -> None:
    client = Client()
    give(client, "none")
    assert "You have no role here at present" in client.get("/", follow=True).content.decode()
    assert client.get("/my-rights")["Location"].startswith("/capacity")


def test_the_session_id_changes_at_sign_in_switch_lock_unlock_and_sign_out(people: People) -> None:
    client = Client()
    client.get("/sign-in")
    seen = []
    give(client, "amina")
    seen.append(session_id(client))
    client.post("/capacity", {"membership": people.amina.membership_id})
    seen.append(session_id(client))
    client.post("/capacity", {"membership": people.amina_manager.membership_id})
    seen.append(session_id(client))
    client.post("/lock")
    seen.append(session_id(client))
    client.post("/lock", {"unlock": "yes", "password": PASSWORD})
    seen.append(session_id(client))
    client.post("/sign-out")
    seen.append(session_id(client))
    assert len(set(seen)) == 6
    assert seen[-1] == ""


def test_signing_out_needs_a_press(people: People) -> None:
    client = sign_in(people.cora)
    client.get("/sign-out")
    assert client.get("/my-rights").status_code == 200
    client.post("/sign-out")
    assert client.get("/my-rights")["Location"].startswith("/sign-in")


def test_unknown_accounts_get_the_same_words_and_the_same_work(people: People) -> None:
    with patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode) as hashed:
        known = give(Client(), "cora", "wrong")
        of_known = hashed.call_count
        unknown = give(Client(), "corb", "wrong")
        of_unknown = hashed.call_count - of_known
    assert known.status_code == unknown.status_code == 422
    assert of_known == of_unknown == 1
    assert without_ids(known).replace("cora", "") == without_ids(unknown).replace("corb", "")
    assert "The user name or the password is not right" in known.content.decode()


@pytest.mark.parametrize("username", ["cora", "not-an-account"])
def test_too_many_wrong_passwords_are_told_in_plain_words(
    people: People, clock: time_machine.Traveller, username: str
) -> None:
    client = Client()
    for _ in range(5):
        assert give(client, username, "wrong").status_code == 422
    answer = give(client, username, "wrong")
    assert answer.status_code == 429
    assert LOCKED in answer.content.decode()
    assert LOCKED in give(client, username).content.decode(), "also the right password waits"
    clock.shift(timedelta(minutes=16))
    assert LOCKED not in give(client, username).content.decode()


def test_nobody_signs_up(db: None) -> None:
    assert Client().get("/signup").status_code == 404
    assert "sign up" not in Client().get("/sign-in").content.decode().lower()


def test_an_address_of_elsewhere_is_never_gone_to(people: People) -> None:
    client = Client()
    give(client, "ada")
    for bad in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert client.post("/capacity", {"membership": people.ada.membership_id, "next": bad})["Location"] == "/"


def test_a_live_database_asks_for_the_second_step_beyond_one_home(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "is_demo", lambda: False)
    client = Client()
    give(client, "ada")
    assert client.get("/capacity")["Location"].startswith("/second-step/new")
    assert client.get("/system")["Location"].startswith("/capacity")
    home = Client()
    give(home, "cora")
    assert home.get("/capacity")["Location"] == "/"


def test_a_demonstration_says_that_the_second_step_is_off(db: None) -> None:
    assert "code from an authenticator app" in Client().get("/sign-in").content.decode()


def test_an_ended_membership_bites_on_the_next_request(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    assert client.get("/my-rights").status_code == 200
    end_membership(by=people.maud, at=AT, membership_id=people.cora.membership_id, how="left")
    clock.shift(timedelta(seconds=1))
    answer = client.get("/my-rights")
    assert answer["Location"] == "/capacity?why=ended&next=%2Fmy-rights"
    assert "The role you were acting in has ended" in client.get(answer["Location"]).content.decode()


def test_a_membership_ends_by_itself(people: People, clock: time_machine.Traveller) -> None:
    clock.move_to(people.cora.until - timedelta(seconds=1))
    client = sign_in(people.cora)
    assert client.get("/my-rights").status_code == 200
    clock.move_to(people.cora.until)
    assert client.get("/my-rights")["Location"].startswith("/capacity?why=ended")


def test_a_changed_password_ends_other_sessions(people: People) -> None:
    client = sign_in(people.cora)
    with acting(SystemActor("test", "")):
        user = Membership.objects.get(pk=people.cora.membership_id).user
        user.set_password("another long password")
        user.save()
    assert client.get("/my-rights").status_code == 303


def test_nobody_stays_signed_in_longer_than_twelve_hours(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    for _ in range(72):
        clock.shift(timedelta(minutes=10))
        assert client.get("/my-rights").status_code == 200
    clock.shift(timedelta(minutes=2))
    answer = client.get("/my-rights")
    assert answer["Location"].startswith("/sign-in?why=over")
    assert "You were signed in for 12 hours" in client.get(answer["Location"]).content.decode()
