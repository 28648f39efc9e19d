"""Named places where config/wiring.py plugs a function of a higher layer, once.

A lower layer calls the port; what fulfils it is chosen in one place. Exceptions of the plugged function travel to
the caller. Not a signal, not discovery: calling a port nobody plugged is an error that names it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Port(Generic[P, R]):
    """One place to plug one function: `send_mail: Port[[Mail], None] = Port("send_mail")`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._fulfilled_by: Callable[P, R] | None = None

    def plug(self, function: Callable[P, R]) -> None:
        """Fulfil the port. Plugging the same function again does nothing; another one is refused with RuntimeError."""
        if self._fulfilled_by is not None and self._fulfilled_by is not function:
            raise RuntimeError(f"The port {self.name} is already plugged.")
        self._fulfilled_by = function

    @contextmanager
    def plugged(self, function: Callable[P, R]) -> Iterator[None]:
        """Fulfil the port with another function for a while, for tests."""
        before, self._fulfilled_by = self._fulfilled_by, function
        try:
            yield
        finally:
            self._fulfilled_by = before

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._fulfilled_by is None:
            raise RuntimeError(f"The port {self.name} is not plugged: config/wiring.py says which function fulfils it.")
        return self._fulfilled_by(*args, **kwargs)


@dataclass(frozen=True)
class Mail:
    """One message to one address. Subject and text name no home, practice or person (trust.md).

    `ref` is the outbox row's, so that a message handed over twice can be recognised.
    """

    to: str
    subject: str
    text: str
    ref: str


still_open: Port[[int, int, datetime], list[str]] = Port("still_open")
"""What is still open about a person (by number), at a place (by number), written since then: a few words for each."""

send_mail: Port[[Mail], None] = Port("send_mail")
