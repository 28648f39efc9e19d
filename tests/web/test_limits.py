"""Limits hold over all processes, per person, account, device and address; nobody who only knows a user name keeps the
person out. ASVS 2.2.1, 2.8.4, 11.1.4.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from homeround.accounts import tries
from homeround.accounts.limits import AT_ONCE, JUDGED, JUDGED_WITHIN, LIMITS, LONGEST, WORDS, Per, Tried
from homeround.accounts.models import SignInEvent, Try, User
from homeround.jobs import handlers
from homeround.kernel.refusals import TooManyTries
from tests.web.conftest import AT, PASSWORD, People
from tests.web.signing_in import sign_in

SECRET = "JBSWY3DPEHPK3PXP"


def give(client: Client, username: str, password: str, **more: str) -> int:
    """Sign in; gives the status of the answer."""
    return client.post("/sign-in", {"login": username, "password": password}, **more).status_code  # type: ignore[arg-type]


def elsewhere(number: int) -> dict[str, str]:
    """Another address each time."""
    return {"REMOTE_ADDR": f"198.51.{number // 250}.{number % 250 + 1}"}


@pytest.mark.parametrize(("what", "per"), [(what, per) for what, limits in LIMITS.items() for per in limits])
def test_each_limit_of_the_table_holds_and_ends(db: None, what: Tried, per: Per) -> None:
    limit = LIMITS[what][per]
    for _ in range(limit.most):
        tries.begin(what, {per: "somebody"}, at=AT)
    with pytest.raises(TooManyTries, match=WORDS[what].rstrip(".")):
        tries.begin(what, {per: "somebody"}, at=AT + limit.within - timedelta(seconds=1))
    tries.begin(what, {per: "somebody else"}, at=AT)
    tries.begin(what, {per: "somebody"}, at=AT + limit.within)


def test_a_refused_try_makes_the_wait_no_longer(db: None) -> None:
    for minute in range(30):
        at = AT + timedelta(minutes=minute)
        try:
            tries.begin(Tried.PASSWORD, {Per.ACCOUNT: "cora"}, at=at)
        except TooManyTries:
            assert 5 <= minute < 15 or minute >= 20, minute
        else:
            assert minute < 5 or 15 <= minute < 20, minute


def test_nothing_can_be_read_in_what_is_counted(people: People) -> None:
    give(Client(), "cora", "wrong")
    for row in Try.objects.values_list("key", flat=True):
        assert "cora" not in row
        assert "127.0.0.1" not in row


@pytest.mark.parametrize("username", ["cora", "not-an-account", "CORA", "ｃora"])
def test_an_account_is_counted_over_all_addresses_however_its_name_is_written(people: People, username: str) -> None:
    for number in range(5):
        assert give(Client(), username if number % 2 else username.lower(), "wrong", **elsewhere(number)) == 422
    assert give(Client(), username, PASSWORD, **elsewhere(9)) == 429


def test_an_address_is_counted_over_all_accounts(people: People) -> None:
    most = LIMITS[Tried.PASSWORD][Per.ADDRESS].most
    for number in range(most):
        assert give(Client(), f"name{number}", "wrong") == 422
    assert give(Client(), "maud", PASSWORD) == 429
    assert give(Client(), "maud", PASSWORD, **elsewhere(1)) == 302


def test_somebody_who_knows_a_user_name_keeps_nobody_out(people: People, clock: time_machine.Traveller) -> None:
    own = Client()
    assert give(own, "cora", PASSWORD) == 302
    own.post("/sign-out")
    for number in range(6):
        give(Client(), "cora", "wrong", **elsewhere(number))
    assert give(Client(), "cora", PASSWORD, **elsewhere(7)) == 429, "a device that nobody has used waits"
    assert give(own, "cora", PASSWORD) == 302, "the person's own does not"


def test_a_known_device_has_its_own_limit_and_lends_it_to_nobody(people: People) -> None:
    own = Client()
    give(own, "cora", PASSWORD)
    own.post("/sign-out")
    for _ in range(5):
        assert give(own, "cora", "wrong") == 422
    assert give(own, "cora", PASSWORD) == 429
    for _ in range(5):
        give(own, "maud", "wrong")
    assert give(own, "maud", PASSWORD) == 429, "Maud was never here: her tries count for her account"
    stolen = Client()
    stolen.cookies["homeround-device"] = own.cookies["homeround-device"].value + "x"
    assert give(stolen, "cora", "wrong") == 422, "a cookie that is not ours is none"


def test_who_succeeds_begins_anew(people: People) -> None:
    client = Client()
    for _ in range(4):
        give(client, "cora", "wrong")
    assert give(client, "cora", PASSWORD) == 302
    client.post("/sign-out")
    for _ in range(5):
        assert give(client, "cora", "wrong") == 422


def with_app(people: People) -> None:
    """Ada has an authenticator app."""
    TOTP.activate(User.objects.get(pk=people.ada.user_id), SECRET)


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))


def half_in() -> Client:
    client = Client()
    give(client, "ada", PASSWORD)
    return client


def test_codes_are_guessed_five_times_whatever_process_is_asked(people: People) -> None:
    with_app(people)
    for _ in range(5):
        cache.clear()  # another process has another cache
        half_in().post("/sign-in/second-step", {"code": "000000"})
    answer = half_in().post("/sign-in/second-step", {"code": code_now()})
    assert answer.status_code == 429
    assert "too many wrong codes" in answer.content.decode()
    assert SignInEvent.objects.filter(what="wrong_code").count() == 5


def test_a_code_works_once_whatever_process_is_asked(people: People, clock: time_machine.Traveller) -> None:
    with_app(people)
    first = half_in().post("/sign-in/second-step", {"code": code_now()})
    assert first.status_code == 302
    cache.clear()
    again = half_in().post("/sign-in/second-step", {"code": f" {code_now()[:3]} {code_now()[3:]} "})
    assert "This code has been used already" in again.content.decode()
    clock.shift(timedelta(seconds=30))
    assert half_in().post("/sign-in/second-step", {"code": code_now()}).status_code == 302


def test_keys_of_apps_cannot_be_read_in_the_database(people: People) -> None:
    with_app(people)
    assert SECRET not in str(Authenticator.objects.get().data)


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.post("/password-again", {"password": "wrong"}),
        lambda client: client.post("/lock", {"unlock": "yes", "password": "wrong"}),
        lambda client: client.post("/password", {"oldpassword": "wrong", "password1": "x" * 20, "password2": "x" * 20}),
    ],
)
def test_every_place_that_asks_for_the_password_counts_alike(people: People, send: Callable[[Client], object]) -> None:
    client = sign_in(people.cora)
    for _ in range(6):
        send(client)
    assert give(Client(), "cora", PASSWORD) == 429


def test_old_tries_events_and_sessions_are_cleared(people: People, clock: time_machine.Traveller) -> None:
    give(Client(), "cora", "wrong")
    sign_in(people.cora)
    clock.shift(LONGEST + timedelta(days=1))
    handlers.forget("worker")
    assert not Try.objects.exists()
    assert SignInEvent.objects.exists()
    clock.shift(timedelta(days=181))
    handlers.forget("worker")
    assert not SignInEvent.objects.exists()


def test_complaints_without_a_name_are_few(people: People) -> None:
    for _ in range(LIMITS[Tried.SAY_WRONG][Per.ADDRESS].most):
        assert Client().post(reverse("something_wrong"), {"words": "x"}).status_code == 303
    assert Client().post(reverse("something_wrong"), {"words": "x"}).status_code == 429
    assert sign_in(people.cora).post(reverse("something_wrong"), {"words": "x"}).status_code == 303


def at_once(*, number: int, what: Tried, judge: Callable[[tries.Trying], None]) -> list[str]:
    """So many tries for one account, each begun before the one before it was judged, as a real server lets them in.

    Gives what became of each: `made`, or the words with which it was refused.
    """
    begun: list[tries.Trying] = []
    became: list[str] = []

    def somebody_is_judged(_: float) -> None:
        judge(begun.pop(0))

    with patch("homeround.accounts.tries.time.sleep", side_effect=somebody_is_judged):
        for _ in range(number):
            try:
                begun.append(tries.begin(what, {Per.ACCOUNT: "cora"}, at=AT))
                became.append("made")
            except TooManyTries as refusal:
                became.append(refusal.words)
    return became


@pytest.mark.parametrize("what", sorted(JUDGED))
def test_right_ones_never_count_as_wrong_however_many_come_at_once(db: None, what: Tried) -> None:
    assert at_once(number=20, what=what, judge=tries.Trying.succeeded) == ["made"] * 20


@pytest.mark.parametrize("what", sorted(JUDGED))
def test_wrong_ones_that_come_at_once_get_no_further_than_one_after_another(db: None, what: Tried) -> None:
    became = at_once(number=20, what=what, judge=tries.Trying.failed)
    assert became.count("made") == LIMITS[what][Per.ACCOUNT].most
    assert all(words.startswith(WORDS[what]) for words in became if words != "made")


def test_who_finds_no_turn_is_told_that_and_not_that_anything_was_wrong(db: None) -> None:
    with patch("homeround.accounts.tries.WAITS_FOR_OTHERS", timedelta(0)):
        became = at_once(number=6, what=Tried.PASSWORD, judge=tries.Trying.failed)
    assert became == ["made"] * 5 + [AT_ONCE]


def test_a_try_that_nobody_judged_counts_after_a_while(db: None) -> None:
    for _ in range(5):
        tries.begin(Tried.PASSWORD, {Per.ACCOUNT: "cora"}, at=AT)
    with pytest.raises(TooManyTries, match="too many wrong"):
        tries.begin(Tried.PASSWORD, {Per.ACCOUNT: "cora"}, at=AT + JUDGED_WITHIN)


@pytest.mark.django_db(transaction=True)
def test_eight_right_sign_ins_at_once_all_get_in(people: People) -> None:
    """Threads, each with its own connection, as in one process of the server."""
    answers: list[int] = []

    def one() -> None:
        try:
            answers.append(give(Client(), "cora", PASSWORD))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 8
    assert not SignInEvent.objects.filter(what="wrong_password").exists()
