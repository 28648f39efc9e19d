"""Rooms in the order people walk them."""


def room_order(room: str) -> tuple[int, str]:
    """Rooms in the order people walk them: 2 before 10, names after numbers."""
    digits = "".join(character for character in room if character.isdigit())
    return (int(digits) if digits else 10_000, room)
