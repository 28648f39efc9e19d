"""The code of a way in: made from the row and a key outside the database, so that the table gives nobody a way in."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from homeround.accounts.models import User, WayIn
from homeround.accounts.queries import acts_elsewhere
from homeround.accounts.viewer import Viewer
from homeround.kernel.record.refs import ALPHABET

LENGTH = 10


@dataclass(frozen=True)
class WayInShown:
    """A way in for whoever asked for it: for whom, the code where the person has no address, and until when."""

    username: str
    code: str
    ends_at: datetime


def code_of(ref: str) -> str:
    """The code: ten figures and letters that cannot be taken for each other, in two groups."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"homeround.way-in {ref}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest)
    code = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        code += ALPHABET[place]
    return f"{code[:5]}-{code[5:]}"


def way_in_of(ref: str) -> WayInShown | None:
    """The way in with this ref while it works, with its code: for the message that takes it to the person."""
    way = WayIn.objects.select_related("user").filter(ref=ref, used_at=None).first()
    return None if way is None else WayInShown(way.user.username, code_of(way.ref), way.ends_at)


def ways_open_to(user: User, at: datetime) -> list[WayIn]:
    """The ways in that work for an account now.

    One that a manager hands over in person works while the account acts for that manager's body alone: whoever has seen
    the code must not come to act for anybody else with it.
    """
    ways = WayIn.objects.select_related("made_by").filter(user=user, used_at=None, ends_at__gt=at)
    return [
        way for way in ways if user.email or way.made_by is None or not _acts_elsewhere(way, way.made_by.body_id, at)
    ]


def _acts_elsewhere(way: WayIn, body_id: int, at: datetime) -> bool:
    return acts_elsewhere(user_id=way.user_id, than=body_id, at=at)


def way_in_to_hand_over(*, by: Viewer, user_id: int, at: datetime) -> WayInShown | None:
    """What a manager asked for and is to hand over in person: only theirs, while it works, of who has no address."""
    way = (
        WayIn.objects.select_related("user")
        .filter(user=user_id, made_by=by.membership_id, used_at=None, ends_at__gt=at, user__email="")
        .first()
    )
    if way is None or _acts_elsewhere(way, by.body_id, at):
        return None
    return WayInShown(way.user.username, code_of(way.ref), way.ends_at)
