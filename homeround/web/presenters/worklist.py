"""Who needs seeing in a home and why, line by line, as the page and the command `homeround worklist` both say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.rounds.queries import Worklist, WorklistRow
from homeround.web.doing import done_in
from homeround.web.presenters.applies import AppliesLine
from homeround.web.presenters.person import PersonLine, line_here
from homeround.web.presenters.reasons import ReasonTag, reason_tags


@dataclass(frozen=True)
class WorklistLine:
    """One person of the list: who, why, when last reviewed, and what the home does about them now."""

    person: PersonLine
    tags: list[ReasonTag]
    last_review: str
    applies: tuple[AppliesLine, ...]


def worklist_lines(
    rows: Iterable[WorklistRow], applies: Mapping[int, tuple[AppliesLine, ...]]
) -> tuple[WorklistLine, ...]:
    """The lines of these rows, in their order; `applies` from `homeround.web.doing.done_in`, by person."""
    return tuple(
        WorklistLine(line_here(row), reason_tags(row.reasons), row.last_review, applies.get(row.resident_id, ()))
        for row in rows
    )


def everybody(home: HomeInSight, found: Worklist) -> tuple[WorklistLine, ...]:
    """The whole list of a home, for the command: what the page shows, from the same places."""
    return worklist_lines((*found.with_reason, *found.others), done_in(home))
