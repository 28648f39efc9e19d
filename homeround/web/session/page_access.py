"""Who may come to a page before any right is asked: everybody else's page needs a viewer.

The middleware reads these marks; a view without one is behind sign-in and a capacity.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

V = TypeVar("V", bound=Callable[..., Any])


class OpenTo(Enum):
    """How far somebody must have come."""

    ANYBODY = "anybody"
    LOCKED = "signed in, even while locked"
    SIGNED_IN = "signed in and unlocked, even without a capacity"
    VIEWERS = "in a capacity, unlocked"


def open_to_anybody(view: V) -> V:
    """Mark a page that works signed out: sign-in, health, something is wrong here."""
    view.open_to = OpenTo.ANYBODY  # type: ignore[attr-defined]
    return view


def open_to_the_signed_in(view: V) -> V:
    """Mark a page that needs a person but no capacity: choose one, the second step."""
    view.open_to = OpenTo.SIGNED_IN  # type: ignore[attr-defined]
    return view


def open_while_locked(view: V) -> V:
    """Mark the lock's own page."""
    view.open_to = OpenTo.LOCKED  # type: ignore[attr-defined]
    return view


def during_open_round(view: V) -> V:
    """Mark a page of an open round: the screen covers itself later while it is the page in use."""
    view.in_round = True  # type: ignore[attr-defined]
    return view


def is_polled(view: V) -> V:
    """Mark what a page asks for by itself: being asked is not activity."""
    view.polled = True  # type: ignore[attr-defined]
    return view


def open_to(view: object) -> OpenTo:
    """How far somebody must have come to reach a view."""
    found = getattr(view, "open_to", OpenTo.VIEWERS)
    return found if isinstance(found, OpenTo) else OpenTo.VIEWERS
