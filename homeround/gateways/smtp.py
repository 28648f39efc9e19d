"""Django's way to a mail server, with an end: each step of the talk has its limit, and so has a message as a whole.

Without the second a server that answers one byte now and then holds a worker for ever. At the limit the connection is
shut from outside, whatever the talk is at, and the message is tried again later.
"""

from __future__ import annotations

import contextlib
import os
import smtplib
import socket
from collections.abc import Sequence
from threading import Timer
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from homeround.kernel.policy import MAIL_CONNECTS, MAIL_MESSAGE


class TookTooLong(TimeoutError):  # noqa: N818 - what it did
    """The server did not take a message within MAIL_MESSAGE."""


class _Limit:
    """Shuts a connection after so many seconds; `is_over` says that it did."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._connection: socket.socket | None = None
        self._timer = Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        """This is the connection. A copy of its handle is kept: TLS takes the first one over."""
        self._connection = socket.socket(fileno=os.dup(connection.fileno()))
        if self.is_over:
            self._shut()

    def end(self) -> None:
        """The message has gone, or failed."""
        self._timer.cancel()
        if self._connection is not None:
            self._connection.close()

    def _shut(self) -> None:
        self.is_over = True
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)


class Backend(EmailBackend):
    """Named in the settings as EMAIL_BACKEND."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timeout = MAIL_CONNECTS.total_seconds()
        self._limit: _Limit | None = None

    @property
    def connection_class(self) -> Any:
        """The talk that Django holds, over a connection that is watched."""
        kind = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP
        backend = self

        class Watched(kind):  # type: ignore[misc, valid-type]  # one of the two
            def _get_socket(self, host: str, port: int, timeout: float) -> Any:
                connection = super()._get_socket(host, port, timeout)
                if backend._limit is not None:
                    backend._limit.watch(connection)
                return connection

        return Watched

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send, within MAIL_MESSAGE for each. Raises TookTooLong, and what the server says."""
        self._limit = limit = _Limit(MAIL_MESSAGE.total_seconds() * len(email_messages))
        try:
            return super().send_messages(email_messages)
        except (OSError, smtplib.SMTPException, ValueError) as problem:
            if limit.is_over:
                raise TookTooLong from problem
            raise
        finally:
            limit.end()
            self._limit = None
