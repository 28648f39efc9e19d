"""One transaction, one actor, once for each token. H35."""

import os
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connections

from homeround.kernel.audit.actor import actor_of_context
from homeround.kernel.delivery import outbox
from homeround.kernel.models import Done, Outbox
from homeround.kernel.record.actions import action, canonical, forget_content, in_action
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, SaidOtherwise
from tests.kernel.processes import child
from tests.kernel.somebody import AT, CARER, NURSE, Somebody, actor, entries

ran: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_ran() -> Iterator[None]:
    ran.clear()
    yield
    ran.clear()


@action
def say(*, by: Somebody, at: datetime, words: str, ref: str = "", token: str | None = None) -> str:
    """Write words down once; the row is a message, which the kernel has."""
    ran.append(words)
    if not words:
        raise Invalid(words="Enter some words.")
    key = f"{words}-{len(ran)}"
    outbox.queue(purpose="trial", about={}, dedupe_key=key, at=at, user_id=by.user_id)
    return key


@action
def say_once(*, by: Somebody, at: datetime, words: str, token: str) -> str:
    """Write words down, with no memory of this process."""
    outbox.queue(purpose="trial", about={}, dedupe_key=words, at=at, user_id=by.user_id)
    return words


@action
def say_twice(*, by: Somebody, at: datetime, words: str, token: str | None = None) -> list[str]:
    return [say(by=by, at=at, words=words), say(by=by, at=at, words=words)]


@action
def say_for(*, by: Somebody, at: datetime, other: Somebody, token: str | None = None) -> str:
    return say(by=other, at=at, words="for another")


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_done_once() -> None:
    first = say(by=CARER, at=AT, words="did not eat", token="t1")
    again = say(by=CARER, at=AT + timedelta(minutes=1), words="did not eat", token="t1")
    assert first == again
    assert ran == ["did not eat"]
    assert Outbox.objects.count() == 1


@pytest.mark.django_db
def test_other_content_under_one_token_is_shown_with_the_first() -> None:
    say(by=CARER, at=AT, words="did not eat", token="t1")
    with pytest.raises(SaidOtherwise) as refusal:
        say(by=CARER, at=AT, words="did not drink", token="t1")
    assert refusal.value.first == {"words": "did not eat"}
    assert ran == ["did not eat"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"by": NURSE}, {"ref": "000000000000000A"}, {"token": "t2"}], ids=["membership", "subject", "token"]
)
def test_a_token_belongs_to_a_membership_and_a_subject(other: dict[str, object]) -> None:
    sent: dict[str, object] = {"by": CARER, "at": AT, "words": "did not eat", "token": "t1"}
    say(**sent)  # type: ignore[arg-type]
    say(**{**sent, **other})  # type: ignore[arg-type]
    assert len(ran) == 2


@pytest.mark.django_db
def test_a_refused_action_leaves_its_token_free() -> None:
    with pytest.raises(Invalid):
        say(by=CARER, at=AT, words="", token="t1")
    assert not Done.objects.exists()
    assert say(by=CARER, at=AT, words="did not eat", token="t1")


@pytest.mark.django_db
def test_what_was_sent_is_readable_for_a_day_only() -> None:
    first = say(by=CARER, at=AT, words="did not eat", token="t1")
    assert forget_content(AT + timedelta(hours=23)) == 0
    assert forget_content(AT + timedelta(hours=24)) == 1
    assert not Done.objects.exclude(content="").exists()
    assert say(by=CARER, at=AT, words="did not eat", token="t1") == first
    with pytest.raises(SaidOtherwise) as refusal:
        say(by=CARER, at=AT, words="did not drink", token="t1")
    assert refusal.value.first == {}


@pytest.mark.django_db
def test_an_action_inside_an_action_joins_it() -> None:
    assert say_twice(by=CARER, at=AT, words="did not eat", token="t1") == ["did not eat-1", "did not eat-2"]
    assert say_twice(by=CARER, at=AT, words="did not eat", token="t1") == ["did not eat-1", "did not eat-2"]
    assert Done.objects.count() == 1
    assert {actor(entry)["membership"] for entry in entries("kernel_outbox")} == {CARER.membership_id}


@pytest.mark.django_db
def test_nobody_acts_for_somebody_else_inside_an_action() -> None:
    with pytest.raises(RuntimeError, match="somebody else"):
        say_for(by=CARER, at=AT, other=NURSE)


@pytest.mark.django_db
def test_all_or_nothing() -> None:
    with pytest.raises(RuntimeError):
        say_for(by=CARER, at=AT, other=NURSE)
    assert not Outbox.objects.exists()
    assert actor_of_context() is None
    assert not in_action()


def test_content_is_the_same_text_for_the_same_content() -> None:
    content = {"b": AT, "a": frozenset({3, 1, 2}), "c": b"scan"}
    assert canonical(content) == canonical(dict(reversed(content.items())))
    with pytest.raises(TypeError, match="object"):
        canonical({"a": object()})


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_is_done_once() -> None:
    for number in range(5):
        ready = threading.Barrier(2)
        results: list[str] = []

        def send(ready: threading.Barrier, results: list[str], token: str) -> None:
            ready.wait()
            try:
                results.append(say(by=CARER, at=AT, words="did not eat", token=token))
            finally:
                connections.close_all()

        threads = [threading.Thread(target=send, args=(ready, results, f"t{number}")) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(results) == 2
        assert results[0] == results[1]
    assert Outbox.objects.count() == 5
    assert len(ran) == 5


@pytest.mark.django_db(transaction=True)
def test_a_killed_server_loses_nothing_that_it_acknowledged() -> None:
    """Eight writers in a process that is killed in the middle: whatever an action returned is there."""

    def write_for_ever(said: int) -> None:
        def write(writer: int) -> None:
            for number in range(10_000):
                words = f"{writer}-{number}"
                say_once(by=CARER, at=AT, words=words, token=words)
                os.write(said, f"{words}\n".encode())

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    with child(write_for_ever) as said:
        heard = b""
        while heard.count(b"\n") < 80:
            heard += os.read(said, 4096)
    acknowledged = heard.decode().splitlines()[:80]
    kept = set(Outbox.objects.values_list("dedupe_key", flat=True))
    assert set(acknowledged) <= kept
    assert len(entries("kernel_outbox")) == len(kept) == Done.objects.count()
    assert say_once(by=CARER, at=AT, words=acknowledged[0], token=acknowledged[0]) == acknowledged[0]
    assert Outbox.objects.count() == len(kept)


@action
def claim(*, by: Somebody, at: datetime, key: str, is_final: bool = False, token: str | None = None) -> str:
    """Write down what there may be only one of, without looking first; `is_final` breaks another rule of the table."""
    ends = {"handed_over_at": at, "given_up_at": at} if is_final else {}
    Outbox.objects.create(
        purpose="trial", body={}, dedupe_key=key, queued_at=at, due_at=at, next_try_at=at, mailbox="a@b.example", **ends
    )
    return key


@pytest.mark.django_db(transaction=True)
def test_what_somebody_else_has_just_written_is_no_fault_of_the_service() -> None:
    """The database saw it before any look could: nothing is written, and the second is told (trust.md: no 5xx)."""
    claim(by=CARER, at=AT, key="one")
    with pytest.raises(ChangedMeanwhile, match="at the same moment, and yours is not"):
        claim(by=NURSE, at=AT, key="one", token="t9")
    assert (Outbox.objects.count(), Done.objects.count()) == (1, 0)
    with pytest.raises(IntegrityError):
        claim(by=NURSE, at=AT, key="two", is_final=True)
