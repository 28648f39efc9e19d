"""Rows of one shape that every slice offers about people: signs for the worklist, entries for the timeline."""

from dataclasses import dataclass
from datetime import datetime


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
class Entry:
    """One line of a person's timeline, as a slice knows it: what kind, when, its words, who wrote it in which role.

    `state` and `on` (an ISO date) mean what the kind says; `ended_at` is empty while it is open.
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
