"""Rows of one shape that every slice offers about people: signs for the worklist, what waits for somebody, entries for
the timeline.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True)
class Sign:
    """Something that a slice knows about a person and that may be a reason to see them; no judgement.

    `source` is the row it comes from; `words` what it says; `since` when it began.
    """

    person: int
    code: str
    since: datetime
    source: int
    words: str


@dataclass(frozen=True)
class Wait:
    """Something open that waits for somebody to act; whose turn it is and when it is late: `rounds.rules.turn`.

    `person` and `person_ref` are empty for what is about a home alone. `body` and `member` name whom it waits for,
    where the row itself says so: a member who has left is not named, so that it passes to the role. `since` is when it
    began to wait, `due_on` the ISO day by whose end it is due, or empty. `ref` is of the thing to act on, `words` are
    its own, `whom` names a practice or person it waits for, in words.
    """

    kind: str
    person: int | None
    person_ref: str
    home: int
    body: int | None
    member: int | None
    since: datetime
    due_on: str
    ref: str
    words: str
    whom: str


TAKEN_BACK: Final = "_taken_back"
"""How the kind of a line ends whose entry was taken back, or put right by another, since: that it had been written is
still said (H34).
"""


@dataclass(frozen=True)
class Entry:
    """One line of a person's timeline, as a slice knows it: what kind, when, its words, who wrote it in which role.

    `state` and `on` (an ISO date) mean what the kind says; `ended_at` is empty while it is open. `by` is whose it is;
    `typed_by` who wrote it down for them (or moved it to this person), empty where they did so themselves. `mark` is
    what the kind says besides, that stands with its words wherever they stand. `kind` ends in `TAKEN_BACK` for what no
    longer stands.
    """

    kind: str
    at: datetime
    source: int
    ref: str
    words: str
    state: str
    on: str
    ended_at: datetime | None
    by: str
    role: str
    body: str
    typed_by: str
    mark: str = ""
