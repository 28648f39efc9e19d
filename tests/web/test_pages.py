"""The pages of the shell: nothing here, faults, something is wrong, rights, the system, health, the first page of each
role.
"""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from homeround.accounts.models import SomethingWrong
from homeround.accounts.rights import RIGHTS, Role
from homeround.jobs.condition import LOOKED_AT
from homeround.kernel.audit import seal
from homeround.kernel.delivery import heartbeat
from homeround.kernel.record.refs import new_ref
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere, Refusal
from homeround.web.first_page import OF_A_BODY
from homeround.web.middleware.refusals import RefusalsMiddleware
from homeround.web.shell.errors import server_error
from tests.statements import statements
from tests.web.conftest import AT, People
from tests.web.signing_in import sign_in


def without_ids(answer: HttpResponse) -> str:
    """The bytes of a page, but for reference, nonce and form tokens."""
    page = answer.content.decode().replace(answer["X-Reference"], "REFERENCE")
    page = re.sub(r'nonce="[^"]+"', "", page)
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


def test_what_is_not_here_and_what_may_not_be_known_are_the_same_bytes(people: People) -> None:
    client = sign_in(people.ada)
    unknown_address = client.get("/no-such-page")
    unknown_thing = client.post(f"/system/wrong/{new_ref()}/seen")
    assert unknown_address.status_code == unknown_thing.status_code == 404
    assert without_ids(unknown_address).replace("no-such-page", "") == without_ids(unknown_thing)  # type: ignore[arg-type]
    assert "There is nothing here" in unknown_thing.content.decode()


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (NotHere(), "There is nothing here"),
        (NotAllowed("The manager sees to this."), "The manager sees to this."),
        (Invalid(words="Write what you noticed."), "Write what you noticed."),
        (ChangedMeanwhile("The plan", "Ann", AT, {"Fluids": "1,500 ml"}, then="Call Ann."), "1,500 ml"),
    ],
)
def test_every_refusal_has_its_page(people: People, refusal: Refusal, said: str) -> None:
    client = sign_in(people.cora)
    with patch("homeround.web.shell.my_rights.render", side_effect=refusal):
        answer = client.get("/my-rights")
    assert answer.status_code == refusal.status
    assert said in answer.content.decode()
    assert RefusalsMiddleware is not None


def test_a_fault_names_nobody_and_asks_no_database(people: People) -> None:
    client = sign_in(people.cora)
    client.raise_request_exception = False
    with patch("homeround.web.shell.my_rights.render", side_effect=ValueError("Cora Carer")):
        answer = client.get("/my-rights")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Something went wrong here" in page
    assert answer["X-Reference"] in page
    assert "Cora" not in page
    with statements() as asked:
        server_error(RequestFactory().get("/"))
    assert not asked


def test_the_log_of_a_fault_names_nobody(people: People, caplog: pytest.LogCaptureFixture) -> None:
    client = sign_in(people.cora)
    client.raise_request_exception = False
    with patch("homeround.web.shell.my_rights.render", side_effect=ValueError("Cora Carer")):
        answer = client.get("/my-rights?q=Cora")
    ours = [record.getMessage() for record in caplog.records]
    assert f"reference {answer['X-Reference']}: ValueError" in ours
    assert not [line for line in ours if "Cora" in line]


def test_something_is_wrong_can_be_said_signed_out_and_reaches_the_administrators(people: People) -> None:
    client = Client()
    asked = {"page": "home_today", "reference": "ABCD1234"}
    assert "home today" in client.get("/something-is-wrong", asked).content.decode()
    assert client.post("/something-is-wrong", asked | {"words": " "}).status_code == 422
    answer = client.post("/something-is-wrong", asked | {"words": "The list is empty."})
    assert "Thank you" in client.get(answer["Location"]).content.decode()
    ada = sign_in(people.ada)
    page = ada.get("/system").content.decode()
    assert "The list is empty." in page
    assert "somebody signed out" in page
    ref = SomethingWrong.objects.get().ref
    ada.post(f"/system/wrong/{ref}/seen")
    assert "The list is empty." not in ada.get("/system").content.decode()


def test_something_is_wrong_says_who_when_signed_in(people: People) -> None:
    sign_in(people.cora).post("/something-is-wrong", {"words": "Wrong person on the list."})
    assert "Cora Carer, carer, Alder House" in sign_in(people.ada).get("/system").content.decode()


def test_only_administrators_see_the_system(people: People) -> None:
    assert sign_in(people.maud).get("/system").status_code == 403
    assert sign_in(people.maud).post(f"/system/wrong/{new_ref()}/seen").status_code == 403


def test_the_system_page_says_what_is_not_well(people: People) -> None:
    ada = sign_in(people.ada)
    page = ada.get("/system").content.decode()
    assert "Silent: no reminders sent since" in page
    assert all(name in page for name, _ in LOOKED_AT)
    heartbeat.beat(AT - timedelta(minutes=1))
    heartbeat.beat(AT - timedelta(minutes=1), heartbeat.MAIL)
    assert "Silent" not in ada.get("/system").content.decode()


def test_my_rights_are_the_row_of_the_access_table(people: People) -> None:
    page = sign_in(people.amina_manager).get("/my-rights").content.decode()
    assert "Say who leads and covers a home" in page
    assert "Raise concerns" not in page
    assert "decisions, follow-ups" not in page


def test_health_says_nothing_about_anybody(db: None) -> None:
    seal.seal(timezone.now())  # what the world of the tests wrote may be older than a seal is waited for
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "wrong": ["Worker", "Messages"]})
    heartbeat.beat(timezone.now())
    heartbeat.beat(timezone.now(), heartbeat.MAIL)
    assert Client().get("/health").json() == {"ok": True}
    assert Client().get("/health/serving").json() == {"ok": True}
    with patch("homeround.jobs.condition.connection") as gone:
        gone.vendor = connection.vendor
        gone.cursor.side_effect = DatabaseError
        assert Client().get("/health").status_code == 503
        assert Client().get("/health/serving").status_code == 503


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_first_page(role: Role) -> None:
    name = RIGHTS[role].first_page
    assert reverse(name, args=["X1"] if name in OF_A_BODY else [])


def test_every_page_of_a_demonstration_says_so(people: People) -> None:
    for client, address in ((Client(), "/sign-in"), (sign_in(people.cora), "/my-rights"), (Client(), "/nowhere")):
        assert "Demonstration. No real people" in client.get(address).content.decode()
