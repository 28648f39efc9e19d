"""Rooms in the order people walk them, and as a page says them. What was typed is kept as it was typed."""

import re
from typing import Final

_PARTS: Final = re.compile(r"[0-9]+|[^0-9]+")
_SAYS_ROOM: Final = re.compile(r"^\s*(?:room|rm|no)\b[\s.:]*(?=[a-z]?[0-9])", re.IGNORECASE)
_A_NUMBER: Final = re.compile(r"^[A-Za-z]{0,2}[0-9]")

RoomOrder = tuple[tuple[tuple[int, int, str], ...], str]


def room_order(room: str) -> RoomOrder:
    """Natural order by parts: 2 before 10, 1.9 before 1.10, A2 before A10, numbers before names.

    Only 0 to 9 count as digits: other characters that look like numbers (², ①) are letters of a name.
    """
    bare = _SAYS_ROOM.sub("", room).strip().casefold()
    parts = tuple(
        (0, int(part), "") if part[0].isascii() and part[0].isdigit() else (1, 0, part.strip())
        for part in _PARTS.findall(bare)
    )
    return parts, room


def room_words(room: str) -> str:
    """`Room 12`, `Room A1`; a room with a name, or one that says so itself, keeps its words."""
    return f"Room {room}" if _A_NUMBER.match(room) else room
