"""One trigger as it should stand in the database."""

from dataclasses import dataclass
from typing import Final, NamedTuple

PREFIX: Final = "homeround_"
"""What the names of all our triggers begin with."""

WRITTEN_ONCE: Final = "kept rows are written once"
NOT_DELETED: Final = "kept rows are not deleted"
APPEND_ONLY: Final = "rows of the log are append-only"
NO_DISPOSAL: Final = "a payload goes only by a disposal"
NOBODY_ACTS: Final = "nobody is acting: write through an action"
"""The words of the database when it refuses; each reaches Python as an IntegrityError."""


class Place(NamedTuple):
    """Where a trigger stands."""

    table: str
    name: str


@dataclass(frozen=True)
class Trigger:
    """`sql` makes it; `shape` is what the database must report of it for it to be the same trigger, switched on."""

    place: Place
    sql: str
    shape: str
