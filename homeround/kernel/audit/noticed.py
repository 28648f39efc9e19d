"""Looks noticed by the doors while a page, a command or a job is answered, and written to the log before it leaves.

One entry for a page about a person, one for a list naming the people shown. A door opened outside `looking` and outside
an action is a mistake of the program: nobody would know who looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from homeround.kernel.audit.actor import Actor
from homeround.kernel.audit.looks import record
from homeround.kernel.models import LookKind
from homeround.kernel.record.actions import in_action


@dataclass(frozen=True)
class Noticed:
    """A look that is to be logged: at one person (`subject_id`), or at a list (`subject_ids`)."""

    viewer: Actor
    ground: str
    place_id: int | None
    subject_id: int | None = None
    subject_ids: tuple[int, ...] = ()
    thing_id: int | None = None
    kind: LookKind | None = None


@dataclass
class Looks:
    """What has been noticed so far; the same look twice is one, and lists of one place on one page are one list."""

    noticed: list[Noticed] = field(default_factory=list)

    def add(self, look: Noticed) -> None:
        """Take a look down once."""
        if look.subject_id is None:
            of_place = [seen for seen in self.noticed if seen.subject_id is None and seen.place_id == look.place_id]
            for earlier in of_place:
                if (earlier.viewer, earlier.ground, earlier.kind) == (look.viewer, look.ground, look.kind):
                    self.noticed.remove(earlier)
                    everybody = {*earlier.subject_ids, *look.subject_ids}
                    look = replace(look, subject_ids=tuple(sorted(everybody)))
        if look not in self.noticed:
            self.noticed.append(look)


_looks: ContextVar[Looks | None] = ContextVar("homeround_looks", default=None)


@contextmanager
def looking() -> Iterator[Looks]:
    """Inside, doors may be opened for reading; whoever opens this writes what was noticed before anything leaves."""
    looks = Looks()
    mark = _looks.set(looks)
    try:
        yield looks
    finally:
        _looks.reset(mark)


def write(looks: Looks, *, page: str, at: datetime, kind: LookKind = LookKind.LOOK, is_refused: bool = False) -> None:
    """Write down what was noticed, before the first byte of `page` leaves. A list is told apart from a page.

    `kind` says what became of the page as a whole (printed, exported); `is_refused` that nothing of it was shown.
    """
    kind = LookKind.REFUSED if is_refused else kind
    for look in looks.noticed:
        own = look.kind or (LookKind.LIST if look.subject_id is None else LookKind.LOOK)
        record(
            look.viewer,
            kind=own if kind is LookKind.LOOK else kind,
            page=page,
            ground=look.ground,
            at=at,
            subject_id=look.subject_id,
            subject_ids=look.subject_ids,
            place_id=look.place_id,
            thing_id=look.thing_id,
        )
    looks.noticed.clear()


def shown_so_far() -> list[list[object]]:
    """What the doors noticed while the present page was made, as numbers that a page can carry: whoever prints it says
    with them what was printed (`write_printed`).
    """
    looks = _looks.get()
    noticed = looks.noticed if looks else []
    return [[look.subject_id, list(look.subject_ids), look.place_id, look.ground, look.thing_id] for look in noticed]


def write_printed(viewer: Actor, *, page: str, shown: list[list[Any]], at: datetime) -> None:
    """Write down that a page was printed that showed these people."""
    for subject_id, subject_ids, place_id, ground, thing_id in shown:
        record(
            viewer,
            kind=LookKind.PRINT,
            page=page,
            ground=ground,
            at=at,
            subject_id=subject_id,
            subject_ids=subject_ids,
            place_id=place_id,
            thing_id=thing_id,
        )


def notice_person(
    viewer: Actor, *, subject_id: int, place_id: int | None, ground: str, thing_id: int | None = None
) -> None:
    """A door to a person opened, or to one thing about them (`thing_id`). Inside an action the write is logged."""
    _notice(Noticed(viewer, ground, place_id, subject_id=subject_id, thing_id=thing_id))


def notice_list(
    viewer: Actor,
    *,
    place_id: int | None,
    subject_ids: Iterable[int],
    ground: str,
    kind: LookKind = LookKind.LIST,
) -> None:
    """A list naming these people is about to be shown; `kind` says when they were found by a search."""
    _notice(Noticed(viewer, ground, place_id, subject_ids=tuple(subject_ids), kind=kind))


def nothing_new_shown() -> None:
    """What this answer shows stands on the viewer's screen already: bringing a page up to date is no new look.

    Only for a page that asks by itself, and proves what it shows (web/residents/home_today.py).
    """
    looks = _looks.get()
    if looks is not None:
        looks.noticed.clear()


def _notice(look: Noticed) -> None:
    if in_action():
        return
    looks = _looks.get()
    if looks is None:
        raise RuntimeError("A door was opened for reading where nobody writes the look down.")
    looks.add(look)
