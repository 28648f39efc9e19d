"""How somebody signs in: seen, changed and ended by the person, who is told of every change. ASVS 2.1.5, 2.2.3, 3.3.4,
7.1.1, 7.2.1.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from homeround.accounts.models import Session, SignInEvent, User
from homeround.accounts.sessions import SessionStore
from homeround.accounts.sign_in_events import EVENT_WORDS, Event
from homeround.gateways import mail
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.delivery.outbox import Message
from homeround.kernel.models import AuditPayload, Outbox
from homeround.web.presenters.browsers import browser_words
from tests.web.conftest import AT, PASSWORD, People
from tests.web.signing_in import session_id, sign_in

NEW = "three words apart now"
PAGE = "/your-sign-in"


def signed_in(username: str = "cora", browser: str = "Test Browser") -> Client:
    """Somebody who came by the page of sign-in."""
    client = Client(headers={"User-Agent": browser})
    client.post("/sign-in", {"login": username, "password": PASSWORD})
    client.get("/", follow=True)
    return client


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> int:
    fields = {"oldpassword": old, "password1": new, "password2": new if again is None else again}
    return client.post("/password", fields).status_code


def test_a_password_is_changed_and_ends_every_other_sign_in(people: People) -> None:
    here, there = signed_in(), signed_in()
    assert change(here) == 302
    assert "Your password is changed" in here.get(PAGE + "?done=password").content.decode()
    for address in (PAGE, "/my-rights", "/lock", "/"):
        assert there.get(address)["Location"].startswith("/sign-in"), address
    assert here.get("/my-rights").status_code == 200
    assert Client().post("/sign-in", {"login": "cora", "password": PASSWORD}).status_code == 422
    assert Client().post("/sign-in", {"login": "cora", "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", NEW, NEW),
        (PASSWORD, "short", "short"),
        (PASSWORD, NEW, "another one"),
        (PASSWORD, "password1234", None),
        (PASSWORD, "cora carer 12", None),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_and_nothing_is_changed(
    people: People, old: str, new: str, again: str | None
) -> None:
    client = signed_in()
    assert change(client, old, new, again) == 422
    assert Client().post("/sign-in", {"login": "cora", "password": PASSWORD}).status_code == 302
    assert not SignInEvent.objects.filter(what=Event.PASSWORD_CHANGED).exists()


def test_the_person_is_told_of_a_change_without_content(people: People) -> None:
    with acting(SystemActor("test", "")):
        User.objects.filter(username="cora").update(email="cora@example.invalid")
    change(signed_in())
    row = Outbox.objects.get()
    message = Message(row.ref, row.user_id, "", row.purpose, row.body, row.queued_at, 0, "")
    written = mail.write(message)
    assert written is not None
    assert written.to == "cora@example.invalid"
    assert "How you sign in to Homeround has changed" in written.subject
    assert "Cora" not in written.text
    assert "Alder" not in written.text


def test_one_sees_where_one_is_signed_in_and_ends_it(people: People, clock: time_machine.Traveller) -> None:
    here, tablet, other = signed_in(browser="Here"), signed_in(browser="Old tablet"), signed_in("maud", "Of Maud")
    page = here.get(PAGE).content.decode()
    assert "Old tablet" in page
    assert "Of Maud" not in page
    assert "from 127.0.0.1" in " ".join(page.split())
    which = re.search(r'name="which" value="(\d+)"', page)
    assert which is not None
    clock.shift(timedelta(minutes=10))
    here.get("/my-rights")
    asked = here.post(PAGE + "/ended", {"which": which[1]})
    assert asked["Location"].startswith("/password-again"), "the password comes first"
    here.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert tablet.get(PAGE)["Location"].startswith("/sign-in")
    assert here.get(PAGE).status_code == 200
    assert other.get(PAGE).status_code == 200


def test_nobody_ends_the_sign_in_of_somebody_else(people: People) -> None:
    cora, maud = signed_in(), signed_in("maud")
    which = re.findall(r'name="which" value="(\d+)"', signed_in().get(PAGE).content.decode())
    for ref in which:
        maud.post(PAGE + "/ended", {"which": ref})
    assert cora.get(PAGE).status_code == 200


def test_all_others_are_ended_at_once(people: People) -> None:
    here, there = signed_in(), signed_in()
    asked = here.post(PAGE + "/ended")
    assert here.post(asked["Location"], {"password": PASSWORD})["Location"] == PAGE + "?done=others"
    assert there.get(PAGE)["Location"].startswith("/sign-in")
    assert here.get(PAGE).status_code == 200


def test_every_decision_of_sign_in_is_written_down_without_secrets(people: People) -> None:
    client = signed_in()
    Client().post("/sign-in", {"login": "cora", "password": "Wrong-Secret-1"})
    Client().post("/sign-in", {"login": "Nobody-Secret-2", "password": "Wrong-Secret-3"})
    change(client, PASSWORD, "Good-Secret-number-4")
    client.post("/sign-out")
    happened = list(SignInEvent.objects.order_by("pk").values_list("what", "user"))
    cora = people.cora.user_id
    assert happened == [
        (Event.SIGNED_IN, cora),
        (Event.WRONG_PASSWORD, cora),
        (Event.WRONG_PASSWORD, None),
        (Event.PASSWORD_CHANGED, cora),
        (Event.SIGNED_OUT, cora),
    ]
    kept = str(list(SignInEvent.objects.values())) + str(list(AuditPayload.objects.values_list("body", flat=True)))
    assert "Secret" not in kept
    assert "Test Browser" not in str(list(AuditPayload.objects.values_list("body", flat=True)))


def test_each_event_has_its_words() -> None:
    assert set(EVENT_WORDS) == set(Event)


def test_a_session_cannot_be_read_in_the_database(people: People) -> None:
    client = sign_in(people.cora, at=AT)
    row = Session.objects.get(session_key=session_id(client))
    assert "membership" not in row.session_data
    assert row.user_id == people.cora.user_id
    assert SessionStore(row.session_key)["membership"] == people.cora.membership_id


CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/604.1"
)


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (CHROME, "Chrome on Windows"),
        (CHROME + " Edg/142.0", "Edge on Windows"),
        (IPAD, "Safari on an iPad"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", "Firefox on Android"),
        ("curl/8", "curl/8"),
        ("x" * 300, "x" * 40),
        ("", "not known"),
    ],
)
def test_a_browser_in_words(named: str, words: str) -> None:
    assert browser_words(named) == words
