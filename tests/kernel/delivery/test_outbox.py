"""Each message is handed over once, or shown as undelivered; never lost with a worker. H24, H25."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connections

from homeround.kernel import stamp
from homeround.kernel.audit.actor import acting
from homeround.kernel.delivery import heartbeat, outbox
from homeround.kernel.models import Outbox
from homeround.kernel.policy import GIVE_UP_AFTER, LEASE, SILENT_AFTER, TRIES
from homeround.kernel.ports import Mail, send_mail
from tests.kernel.processes import child
from tests.kernel.somebody import AT, CARER

sent: list[Mail] = []


def written(message: outbox.Message) -> Mail | None:
    return Mail(to=message.mailbox or "somebody@example.org", subject="Homeround", text="Please sign in.", ref="")


@pytest.fixture(autouse=True)
def _ports() -> Iterator[None]:
    sent.clear()
    with outbox.write_mail.plugged(written), send_mail.plugged(sent.append):
        yield


def queue(key: str = "a", at: datetime = AT) -> None:
    with acting(CARER):
        outbox.queue(purpose="trial", about={"decision": 4}, dedupe_key=key, at=at, user_id=1)


def deliver(at: datetime, worker: str = "one") -> int:
    return outbox.deliver_due(clock=lambda: at, worker=worker)


def refuse(mail: Mail) -> None:
    raise ConnectionRefusedError


@pytest.mark.django_db
def test_a_message_is_handed_over_once_with_its_own_ref() -> None:
    queue()
    assert deliver(AT) == 1
    assert deliver(AT + timedelta(hours=1)) == 0
    row = Outbox.objects.get()
    assert (row.handed_over_at, row.attempts) == (AT, 1)
    assert [mail.ref for mail in sent] == [row.ref]


@pytest.mark.django_db
def test_a_second_message_with_the_same_key_is_not_queued() -> None:
    queue()
    queue()
    assert Outbox.objects.count() == 1


@pytest.mark.django_db
def test_a_message_holds_no_words() -> None:
    with acting(CARER), pytest.raises(ValueError, match="words"):
        outbox.queue(purpose="trial", about={"name": "Amina Yusuf"}, dedupe_key="a", at=AT, user_id=1)


@pytest.mark.django_db
def test_nothing_is_sent_before_its_time() -> None:
    with acting(CARER):
        outbox.queue(purpose="trial", about={}, dedupe_key="a", at=AT, user_id=1, not_before=AT + timedelta(hours=12))
    assert deliver(AT + timedelta(hours=11)) == 0
    assert outbox.undelivered(at=AT + timedelta(hours=11)) == []
    assert deliver(AT + timedelta(hours=12)) == 1


@pytest.mark.django_db
def test_the_four_hours_of_a_message_for_later_begin_when_it_is_due() -> None:
    """A message of Friday evening for Monday morning is tried on Monday as often as any other."""
    monday = AT + timedelta(hours=60)
    with acting(CARER):
        outbox.queue(purpose="trial", about={}, dedupe_key="a", at=AT, user_id=1, not_before=monday)
    with send_mail.plugged(refuse):
        deliver(monday)
        deliver(monday + timedelta(minutes=1))
    row = Outbox.objects.get()
    assert (row.attempts, row.given_up_at) == (2, None)
    assert outbox.undelivered(at=monday + timedelta(hours=3)) == []
    assert len(outbox.undelivered(at=monday + GIVE_UP_AFTER)) == 1


@pytest.mark.django_db
def test_a_message_tried_several_times_counts_as_failing() -> None:
    queue()
    with send_mail.plugged(refuse):
        for minute in (0, 1, 3):
            assert outbox.failing(at=AT) == 0
            deliver(AT + timedelta(minutes=minute))
    assert outbox.failing(at=AT + timedelta(minutes=3)) == 1
    deliver(AT + timedelta(minutes=7))
    assert outbox.failing(at=AT + timedelta(minutes=7)) == 0


@pytest.mark.django_db
def test_a_pass_ends_after_a_while_and_leaves_the_rest_to_the_next() -> None:
    for key in "abc":
        queue(key)
    clock = iter(AT + timedelta(seconds=25 * step) for step in range(20))
    assert outbox.deliver_due(clock=lambda: next(clock), worker="one") < 3
    assert Outbox.objects.filter(handed_over_at=None).exists()


@pytest.mark.django_db
def test_a_failed_try_waits_longer_each_time_and_is_given_up_after_eight() -> None:
    queue()
    tries = []
    with send_mail.plugged(refuse):
        for minute in range(240):
            at = AT + timedelta(minutes=minute)
            before = Outbox.objects.get().attempts
            deliver(at)
            if Outbox.objects.get().attempts > before:
                tries.append(minute)
    assert tries == [0, 1, 3, 7, 15, 31, 63, 127]
    assert len(tries) == TRIES
    row = Outbox.objects.get()
    assert (row.given_up_at, row.failure) == (AT + timedelta(minutes=127), "ConnectionRefusedError")
    assert [message.ref for message in outbox.undelivered(at=AT + timedelta(minutes=127))] == [row.ref]


@pytest.mark.django_db
def test_one_failing_message_does_not_hold_up_the_next() -> None:
    queue("a")
    queue("b", AT + timedelta(seconds=1))
    first = Outbox.objects.get(dedupe_key="a").ref

    def refuse_first(mail: Mail) -> None:
        if mail.ref == first:
            raise ConnectionRefusedError
        sent.append(mail)

    with send_mail.plugged(refuse_first):
        assert deliver(AT + timedelta(seconds=2)) == 1
    assert len(sent) == 1


@pytest.mark.django_db
def test_a_message_to_nobody_is_given_up_at_once() -> None:
    queue()
    with outbox.write_mail.plugged(lambda message: None):
        assert deliver(AT) == 0
    assert Outbox.objects.get().failure == "NoAddress"


@pytest.mark.django_db
def test_what_no_worker_took_shows_as_undelivered_by_itself() -> None:
    queue()
    assert outbox.undelivered(at=AT + GIVE_UP_AFTER - timedelta(seconds=1)) == []
    assert [message.purpose for message in outbox.undelivered(at=AT + GIVE_UP_AFTER)] == ["trial"]
    assert outbox.undelivered(at=AT + GIVE_UP_AFTER, purpose="other") == []
    assert deliver(AT + GIVE_UP_AFTER) == 1  # a worker that comes back late still tries once


@pytest.mark.django_db
def test_a_message_that_kills_every_worker_is_given_up() -> None:
    queue()
    with acting(CARER):
        Outbox.objects.update(attempts=TRIES, leased_by="gone", leased_until=AT + LEASE)
    assert deliver(AT + LEASE) == 0
    assert Outbox.objects.get().given_up_at == AT + LEASE
    assert sent == []


@pytest.mark.django_db
def test_a_slow_worker_does_not_disturb_the_one_that_took_over() -> None:
    queue()

    def lose_the_lease(mail: Mail) -> None:
        with acting(CARER):
            Outbox.objects.update(leased_by="two", leased_until=AT + LEASE * 2)
        raise TimeoutError

    with send_mail.plugged(lose_the_lease):
        deliver(AT)
    row = Outbox.objects.get()
    assert (row.leased_by, row.leased_until, row.failure) == ("two", AT + LEASE * 2, "")


@pytest.mark.django_db(transaction=True)
def test_two_workers_hand_a_message_over_once() -> None:
    for key in "abcdefgh":
        queue(key)
    ready = threading.Barrier(2)

    def work(worker: str) -> None:
        ready.wait()
        try:
            deliver(AT, worker)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == len({mail.ref for mail in sent}) == 8
    assert not Outbox.objects.filter(handed_over_at__isnull=True).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_hand_over_loses_nothing() -> None:
    queue()

    def hand_over_for_ever(said: int) -> None:
        def hang(mail: Mail) -> None:
            os.write(said, b"!")
            time.sleep(60)

        with send_mail.plugged(hang):
            deliver(AT, "doomed")

    with child(hand_over_for_ever) as said:
        assert os.read(said, 1) == b"!"
    row = Outbox.objects.get()
    assert (row.leased_by, row.handed_over_at) == ("doomed", None)
    assert deliver(AT + LEASE - timedelta(seconds=1)) == 0
    assert deliver(AT + LEASE) == 1
    assert deliver(AT + LEASE * 2) == 0
    assert len(sent) == 1


@pytest.mark.django_db
def test_pages_can_say_since_when_no_worker_lives() -> None:
    assert heartbeat.worker_silent_since(AT) == stamp.stamped_at()
    heartbeat.beat(AT)
    assert heartbeat.worker_silent_since(AT) == stamp.stamped_at(), "nobody hands over mail"
    heartbeat.beat(AT, heartbeat.MAIL)
    assert heartbeat.worker_silent_since(AT + SILENT_AFTER) is None
    assert heartbeat.worker_silent_since(AT + SILENT_AFTER + timedelta(seconds=1)) == AT
    heartbeat.beat(AT + SILENT_AFTER)
    assert heartbeat.worker_silent_since(AT + SILENT_AFTER * 2) == AT, "mail hangs"
    heartbeat.beat(AT + SILENT_AFTER, heartbeat.MAIL)
    assert heartbeat.worker_silent_since(AT + SILENT_AFTER * 2) is None
