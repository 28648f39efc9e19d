"""The lock covers and keeps: what was typed is there for its author only (H39)."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from homeround.accounts.actions import end_membership
from homeround.kernel.models import Draft
from homeround.kernel.refusals import NotAllowed, NotHere
from tests.web.conftest import AT, PASSWORD, People
from tests.web.forms import FORM, sent, typed_words
from tests.web.signing_in import sign_in

SCRIPT = {"X-Asked-By": "script"}


@pytest.mark.parametrize(("shared", "fine", "locked"), [(False, 15, 17), (True, 2, 4)])
def test_a_screen_nobody_touches_locks(
    people: People, clock: time_machine.Traveller, shared: bool, fine: int, locked: int
) -> None:
    client = sign_in(people.cora, shared=shared)
    clock.shift(timedelta(minutes=fine))
    assert client.get("/my-rights").status_code == 200
    clock.shift(timedelta(minutes=locked))
    assert client.get("/my-rights")["Location"] == "/lock?next=%2Fmy-rights"


def test_what_a_page_asks_for_by_itself_is_not_activity(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    for _ in range(17):
        clock.shift(timedelta(minutes=1))
        client.get("/lock/state")
    assert client.get("/my-rights")["Location"].startswith("/lock")


def test_a_board_that_renews_itself_is_not_activity(
    people: People, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.ROOT_URLCONF = "tests.web.granting"
    client = sign_in(people.cora)
    for _ in range(16):
        clock.shift(timedelta(minutes=1))
        assert client.get("/tests/board").status_code == 200
    clock.shift(timedelta(minutes=1))
    assert client.get("/tests/board")["Location"].startswith("/lock")


def test_an_open_round_locks_later_but_never_on_a_shared_device(
    people: People, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.ROOT_URLCONF = "tests.web.granting"
    own, shared = sign_in(people.amina), sign_in(people.amina, shared=True)
    assert 'data-lock-after="3600"' in own.get("/tests/round").content.decode()
    assert 'data-lock-after="120"' in shared.get("/tests/round").content.decode()
    clock.shift(timedelta(minutes=59))
    assert own.get("/tests/round").status_code == 200
    assert shared.get("/tests/round")["Location"].startswith("/lock")
    assert 'data-lock-after="900"' in own.get("/my-rights").content.decode()


def test_somebody_who_reads_is_there(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    for _ in range(3):
        clock.shift(timedelta(minutes=10))
        assert client.post("/lock/here").status_code == 204
    assert client.get("/my-rights").status_code == 200


def test_locked_stays_locked_whatever_is_asked(people: People) -> None:
    client = sign_in(people.cora)
    client.post("/lock")
    for address in ("/my-rights", "/", "/capacity", "/second-step", FORM):
        assert client.get(address)["Location"].startswith("/lock"), address
    assert client.get("/something-is-wrong").status_code == 200


def test_only_the_same_person_unlocks(people: People) -> None:
    client = sign_in(people.cora)
    client.post("/lock")
    answer = client.post("/lock", {"unlock": "yes", "password": "wrong"})
    assert answer.status_code == 422
    assert "not the password of this account" in answer.content.decode()
    assert (
        client.post("/lock", {"unlock": "yes", "password": PASSWORD, "next": "/my-rights"})["Location"] == "/my-rights"
    )
    assert client.get("/my-rights").status_code == 200


def test_the_script_is_answered_in_its_own_terms(people: People) -> None:
    client = sign_in(people.cora)
    assert client.post("/lock", headers=SCRIPT).json() == {"locked": True}
    wrong = client.post("/lock", {"unlock": "yes", "password": "no"}, headers=SCRIPT)
    assert (wrong.status_code, wrong.json()["locked"]) == (422, True)
    assert client.post("/lock", {"unlock": "yes", "password": PASSWORD}, headers=SCRIPT).json() == {"locked": False}


def test_wrong_passwords_at_the_lock_count(people: People) -> None:
    client = sign_in(people.cora)
    client.post("/lock")
    for _ in range(6):
        answer = client.post("/lock", {"unlock": "yes", "password": "wrong"})
    assert "There were too many wrong passwords. Wait 15 minutes" in answer.content.decode()
    assert client.post("/lock", {"unlock": "yes", "password": PASSWORD}, headers=SCRIPT).json()["locked"] is True


def test_a_form_sent_after_an_hour_locked_keeps_its_text_for_its_author(
    people: People, clock: time_machine.Traveller
) -> None:
    client = sign_in(people.cora)
    form = sent(client, words="She did not finish her tea.")
    clock.shift(timedelta(hours=1))
    answer = client.post(FORM, form)
    assert answer["Location"].startswith("/lock?next=")
    assert "What you typed is kept" in client.get(answer["Location"]).content.decode()
    answer = client.post("/lock", {"unlock": "yes", "password": PASSWORD, "next": f"{FORM}?kept=use"})
    assert typed_words(client.get(answer["Location"])) == "She did not finish her tea."
    assert "She did not" not in sign_in(people.maud).get(f"{FORM}?kept=use").content.decode()


def test_a_form_sent_after_the_sign_in_ended_keeps_its_text(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    form = sent(client, words="Kept for Cora.")
    clock.shift(timedelta(hours=13))
    assert client.post(FORM, form)["Location"].startswith("/sign-in?")
    assert typed_words(sign_in(people.cora).get(f"{FORM}?kept=use")) == "Kept for Cora."


def test_a_form_sent_signed_out_keeps_its_text(people: People) -> None:
    client = sign_in(people.cora)
    form = sent(client, words="Kept for Cora.")
    client.post("/sign-out")
    answer = client.post(FORM, form)
    assert "kept=yes" in answer["Location"]
    assert "What you typed is kept" in client.get(answer["Location"]).content.decode()
    assert Draft.objects.get().membership_id == people.cora.membership_id


def test_nothing_is_kept_of_a_form_without_our_seal(people: People) -> None:
    form = sent(sign_in(people.cora), words="Forged.") | {"signature": "made-up"}
    assert Client().post(FORM, form)["Location"] == "/sign-in?unsaved=yes"
    assert not Draft.objects.exists()


def test_a_form_that_is_not_here_any_more_keeps_its_text(people: People) -> None:
    """The home changed its PCN, or the person their home, while somebody wrote: 404 keeps the text as 403 does."""
    client = sign_in(people.cora)
    form = sent(client, words="Kept for Cora.")
    for refusal, status in ((NotHere(), 404), (NotAllowed("Not yours."), 403)):
        Draft.objects.all().delete()
        with patch("homeround.nonprod.patterns.answer", side_effect=refusal):
            answer = client.post(FORM, form)
        assert answer.status_code == status
        assert "What you typed is kept for you" in " ".join(answer.content.decode().split())
        assert typed_words(client.get(f"{FORM}?kept=use")) == "Kept for Cora."


def test_a_clock_set_back_still_locks(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    clock.shift(-timedelta(hours=2))
    assert client.get("/my-rights")["Location"].startswith("/lock")
    client.post("/lock", {"unlock": "yes", "password": PASSWORD})
    assert client.get("/my-rights").status_code == 200
    clock.shift(timedelta(minutes=17))
    assert client.get("/my-rights")["Location"].startswith("/lock")
    client.post("/lock", {"unlock": "yes", "password": PASSWORD})
    for _ in range(70):
        clock.shift(timedelta(minutes=10))
        assert client.post("/lock/here").status_code == 204
    clock.shift(timedelta(minutes=10))
    assert client.get("/my-rights")["Location"].startswith("/sign-in?why=over")


def test_the_lock_state_brings_the_check_that_forms_need_now(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(people.cora, client=client)
    csrf = client.get("/lock/state").json()["csrf"]
    assert client.post("/lock", headers=SCRIPT).status_code == 403
    assert client.post("/lock", {"csrfmiddlewaretoken": csrf}, headers=SCRIPT).json() == {"locked": True}


def test_a_form_from_before_the_sign_in_keeps_its_text(people: People) -> None:
    """Sign-in makes a new token against foreign pages, so an older form fails Django's check before any view."""
    client = Client(enforce_csrf_checks=True)
    form = sent(sign_in(people.cora, client=client), words="Kept for Cora.") | {"csrfmiddlewaretoken": "x" * 64}
    answer = client.post(FORM, form)
    assert answer.status_code == 403
    assert "What was typed is kept" in answer.content.decode()
    assert typed_words(client.get(f"{FORM}?kept=use")) == "Kept for Cora."


@pytest.mark.parametrize("address", ["/lock/state", "/numbers", "/my-rights", "/sign-in", FORM])
@pytest.mark.parametrize("then", ["lock", "unlock"])
def test_an_answer_under_the_old_name_of_a_session_takes_nobody_off(people: People, then: str, address: str) -> None:
    """A page asks for several things at once: what comes in after the lock must not undo what the lock answered."""
    name = settings.SESSION_COOKIE_NAME
    client, late = sign_in(people.cora), Client()
    late.cookies[name] = client.cookies[name].value
    client.post("/lock", headers=SCRIPT)
    if then == "unlock":
        late.cookies[name] = client.cookies[name].value
        client.post("/lock", {"unlock": "yes", "password": PASSWORD}, headers=SCRIPT)
    answer = late.get(address)
    assert name not in answer.cookies or answer.cookies[name].value not in {"", late.cookies[name].value}
    assert client.get("/lock/state").json()["locked"] is (then == "lock")


def test_who_signs_out_leaves_no_session_behind(people: People) -> None:
    client = sign_in(people.cora)
    answer = client.post("/sign-out")
    assert answer.cookies[settings.SESSION_COOKIE_NAME].value == ""


STOPPED: dict[str, Callable[[Client, time_machine.Traveller, People], object]] = {
    "signed out": lambda client, clock, people: client.logout(),
    "over": lambda client, clock, people: clock.shift(timedelta(hours=13)),
    "locked": lambda client, clock, people: client.post("/lock"),
    "an ended role": lambda client, clock, people: end_membership(
        by=people.maud, at=AT, membership_id=people.cora.membership_id, how="left"
    ),
}


@pytest.mark.parametrize("how", STOPPED)
@pytest.mark.parametrize("urgent", [True, False])
def test_a_form_that_is_stopped_says_that_nothing_is_saved_and_who_to_call(
    people: People, clock: time_machine.Traveller, how: str, urgent: bool
) -> None:
    """Whatever stops it: whoever pressed "Yes, now" sees 999 at once, and nobody believes that it was saved (H3)."""
    client = sign_in(people.cora)
    STOPPED[how](client, clock, people)
    answer = client.post(FORM, {"help_now": "yes" if urgent else "no", "noticed": "Fell."})
    page = client.get(answer["Location"], follow=True).content.decode()
    assert "Not saved yet." in " ".join(page.split())
    assert ("If they need help now, call first" in page) == urgent
    assert ('class="hr-call__button hr-call__button--999"' in page) == urgent or not urgent
