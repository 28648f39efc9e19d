"""A real mail server on this machine that keeps what it receives."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller

from tests.installation import free_port


class Inbox:
    """What was received, oldest first, and the port it was received at."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[Message] = []

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what was received."""
        return [str(message["Message-ID"]) for message in self.received]

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message in."""
        self.received.append(BytesParser().parsebytes(envelope.content))
        return "250 OK"


@contextmanager
def receiving() -> Iterator[Inbox]:
    """A server that receives, for as long as it is needed."""
    inbox = Inbox(free_port())
    server = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    server.start()
    try:
        yield inbox
    finally:
        server.stop()
