"""Mail names nobody, reaches a real server, and can be recognised when it comes twice (H25)."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from homeround.gateways import mail, smtp
from homeround.kernel.delivery.outbox import Message
from tests.inbox import Inbox, receiving
from tests.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
REF = "9B0SVH3TPP92RW1S"


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    """A real SMTP server, and Homeround set to it."""
    settings.EMAIL_BACKEND = "homeround.gateways.smtp.Backend"
    settings.EMAIL_HOST = "127.0.0.1"
    with receiving() as inbox:
        settings.EMAIL_PORT = inbox.port
        yield inbox


def message(*, user_id: int | None = None, mailbox: str = "", purpose: str = "awaiting reply") -> Message:
    return Message(REF, user_id, mailbox, purpose, {"ask": 98765}, AT, 1, "")


def test_it_reaches_the_server_as_one_recognisable_message(world: World, inbox: Inbox, settings: Any) -> None:
    written = mail.write(message(user_id=world["gp"].user_id))
    assert written is not None
    mail.send(written)
    mail.send(written)
    first, again = inbox.received
    assert first["To"] == "gp@example.invalid"
    assert first["Message-ID"] == again["Message-ID"] == f"<{REF}@127.0.0.1>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["From"] == settings.DEFAULT_FROM_EMAIL


def test_it_names_no_person_home_or_practice_and_says_it_is_a_demonstration(world: World, settings: Any) -> None:
    written = mail.write(message(user_id=world["gp"].user_id))
    assert written is not None
    said = f"{written.subject}\n{written.text}"
    assert written.subject == "Something awaits your reply in Homeround"
    assert settings.BASE_URL in said
    assert "Demonstration. No real people." in said
    names = {body.name for body in world.bodies.values()} | {viewer.name for viewer in world.viewers.values()}
    names |= {"Margaret", "Okafor", "98765"}
    assert not [name for name in names if name in said]


def test_another_purpose_says_only_that_something_waits(world: World) -> None:
    written = mail.write(message(mailbox="team@example.invalid", purpose="a purpose of tomorrow"))
    assert written is not None
    assert (written.to, written.subject) == ("team@example.invalid", "Something waits for you in Homeround")


def test_nobody_to_send_it_to_is_no_message(world: World) -> None:
    assert mail.write(message(user_id=10**9)) is None


def test_without_a_server_a_demonstration_keeps_it_in_a_folder(world: World, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    written = mail.write(message(user_id=world["gp"].user_id))
    assert written is not None
    mail.send(written)
    (kept,) = tmp_path.glob("*.log")
    assert f"Message-ID: <{REF}@127.0.0.1>" in kept.read_text()


def test_a_server_that_answers_one_byte_now_and_then_is_left(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte comes in time; the message as a whole does not."""
    monkeypatch.setattr(smtp, "MAIL_MESSAGE", timedelta(seconds=0.6))
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "homeround.gateways.smtp.Backend", "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT = server.getsockname()[1]
        stop = threading.Event()
        thread = threading.Thread(target=_drip, args=(server, stop))
        thread.start()
        written = mail.write(message(user_id=world["gp"].user_id))
        assert written is not None
        begin = time.monotonic()
        with pytest.raises(smtp.TookTooLong):
            mail.send(written)
        assert time.monotonic() - begin < 5
        stop.set()
        thread.join()


def _drip(server: socket.socket, stop: threading.Event) -> None:
    server.settimeout(10)
    talking, _ = server.accept()
    with talking, contextlib.suppress(OSError):
        talking.sendall(b"220-")
        while not stop.wait(0.1):
            talking.sendall(b"x")
