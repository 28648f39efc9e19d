"""Taking in what a register's file says of bodies. REQ-01, REQ-02; H50.

A file makes and changes bodies, and the links of practices to PCNs. It closes a body, or makes a practice dormant, only
when it says so itself, and never more than 2 % of a kind at once; beyond that they are proposals for a person. A link
is no body, and ends on the day its register gives. No file closes a home, and none ends a stay, a round or an account.

What an edition has told, no older edition changes, so that any order of editions gives the same directory. Rows are
written in pages, each one transaction, so that nobody waits for long. The same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeVar

from django.db import IntegrityError

from homeround.directory import rules
from homeround.directory.actions.editions import Editions, link_text
from homeround.directory.actions.proposing import Proposals
from homeround.directory.actions.writing import (
    KnownLink,
    amend_bodies,
    end_links,
    enter_bodies,
    enter_links,
    note_edition,
)
from homeround.directory.models import PcnPractice
from homeround.directory.rows import Edition, LinkRow, RowKind, Taken, TakenIn
from homeround.directory.statements import (
    Change,
    Known,
    Statement,
    difference,
    known_bodies,
    statement_of,
    statement_of_mention,
    what_was_left_out,
)
from homeround.kernel.audit.actor import SystemActor
from homeround.kernel.calendar.times import london_date
from homeround.kernel.refusals import Refusal

PAGE: Final = 500
T = TypeVar("T")
Tell = Callable[[RowKind, int, int], None]
"""Called with a kind, how many of its rows are done and how many there are, to show progress."""

LinkKey = tuple[str, str, date]


def take_in(
    edition: Edition, *, by: SystemActor, at: datetime, tell: Tell | None = None, is_whole: bool = False
) -> TakenIn:
    """Take in everything one file says, kind by kind. Rows a file set aside or rejected are not known here.

    Raises Refusal for a file with far fewer rows than the last of its kind, unless somebody said that it `is_whole`.
    """
    try:
        return _TakingIn(edition, by, at, tell or (lambda _kind, _done, _all: None)).run(is_whole=is_whole)
    except IntegrityError as clash:
        if "unique" not in str(clash).lower():
            raise
        raise Refusal("Another import was running at the same time. Run this one again.") from clash


class _TakingIn:
    """One file being taken in: what is known is read first, then written page by page."""

    def __init__(self, edition: Edition, by: SystemActor, at: datetime, tell: Tell) -> None:
        self._edition = edition
        self._by = by
        self._at = at
        self._tell = tell
        self._result = TakenIn()
        self._known: dict[RowKind, dict[str, Known]] = {
            kind: known_bodies(kind) for kind in edition.kinds() if kind is not RowKind.LINK
        }
        self._links = _known_links() if edition.rows.get(RowKind.LINK) else {}
        self._ids: dict[RowKind, dict[str, int]] = {
            kind: {code: known.body_id for code, known in bodies.items()} for kind, bodies in self._known.items()
        }
        self._editions = Editions(edition, london_date(at))
        self._proposals = Proposals(by, at, self._result)
        self._older_rows = 0

    def run(self, *, is_whole: bool) -> TakenIn:
        self._refuse_cut_short(is_whole=is_whole)
        if not self._editions.is_noted:
            note_edition(
                by=self._by,
                at=self._at,
                what=self._edition.what,
                age=self._editions.age,
                row_count=self._edition.row_count,
                told=self._editions.told,
            )
        for kind in self._edition.kinds():
            if kind is RowKind.LINK:
                self._take_links()
            else:
                self._take_bodies(kind)
        if self._edition.rows.get(RowKind.HOME):
            self._proposals.propose_successions()
        if self._older_rows:
            self._result.notes.append(
                f"Older than an edition that was taken in already: {self._older_rows:,} rows say what newer ones tell "
                "anew and change nothing; what is not known yet was taken in."
            )
        return self._result

    def _refuse_cut_short(self, *, is_whole: bool) -> None:
        before = self._editions.rows_before
        if not is_whole and rules.is_far_fewer(self._edition.row_count, before):
            raise Refusal(
                f"This file has {self._edition.row_count:,} rows; the last of its kind ({self._edition.what}) had "
                f"{before:,}. It may have been cut short, so nothing of it was loaded. "
                "If it is whole, give --fewer-rows."
            )

    def _take_bodies(self, kind: RowKind) -> None:
        known = self._known[kind]
        everything = [
            *(statement_of_mention(mention) for mention in self._edition.mentions.get(kind, ())),
            *(statement_of(row, self._ids) for row in self._edition.rows.get(kind, ())),
        ]
        new = [stated for stated in everything if stated.code not in known and not stated.makes_none]
        passed_over = sum(stated.code not in known and stated.makes_none for stated in everything)
        newest_of = {
            stated.code
            for stated in everything
            if not (stated.is_mention or self._editions.is_told_by_newer(kind, stated.code))
        }
        changes = self._proposals.allowed(kind, list(self._differences(kind, everything)), known, newest_of)
        taken = self._result.kinds.setdefault(kind, Taken())
        taken.read = len(everything)
        taken.set_aside = passed_over
        taken.created = len(new)
        taken.closed = sum(change.closes for change in changes)
        taken.updated = len(changes) - taken.closed
        taken.unchanged = taken.read - taken.created - len(changes) - passed_over
        done = taken.unchanged + passed_over
        self._tell(kind, done, taken.read)
        for page in _pages(new):
            keys = enter_bodies(by=self._by, at=self._at, kind=kind, page=page)
            self._ids[kind].update(zip((stated.code for stated in page), keys, strict=True))
            self._tell(kind, done := done + len(page), taken.read)
        for changed in _pages(changes):
            amend_bodies(by=self._by, at=self._at, kind=kind, page=changed)
            self._tell(kind, done := done + len(changed), taken.read)

    def _differences(self, kind: RowKind, everything: Sequence[Statement]) -> Iterator[Change]:
        known: Mapping[str, Known] = self._known[kind]
        for stated in everything:
            on_record = known.get(stated.code)
            if on_record is None:
                continue
            if stated.is_mention:
                names = self._editions.may_name(kind, stated.code, str(stated.of_body["name"]), on_record)
                change = difference(stated, on_record) if names else None
            elif self._editions.is_told_by_newer(kind, stated.code):
                change = what_was_left_out(stated, on_record)
                self._older_rows += change is None and difference(stated, on_record) is not None
            else:
                change = difference(stated, on_record)
            if change is not None:
                yield change

    def _take_links(self) -> None:
        rows = [row for row in self._edition.rows[RowKind.LINK] if isinstance(row, LinkRow)]
        new, ends = [], []
        for row in rows:
            known = self._links.get((row.practice_code, row.pcn_code, row.opened_on))
            if known is None:
                new.append(row)
            elif known[1] != row.closed_on:
                if self._editions.is_told_by_newer(RowKind.LINK, link_text(row)):
                    self._older_rows += 1
                else:
                    ends.append((known[0], row.closed_on))
        were_open = {key for key, closed_on in self._links.values() if closed_on is None}
        taken = self._result.kinds.setdefault(RowKind.LINK, Taken())
        taken.read = len(rows)
        taken.created = len(new)
        taken.closed = sum(key in were_open for key, _ in ends)
        taken.updated = len(ends) - taken.closed
        taken.unchanged = taken.read - taken.created - len(ends)
        done = taken.unchanged
        self._tell(RowKind.LINK, done, taken.read)
        for page in _pages(new):
            enter_links(by=self._by, at=self._at, page=page, ids=self._ids)
            self._tell(RowKind.LINK, done := done + len(page), taken.read)
        for ended in _pages(ends):
            end_links(by=self._by, at=self._at, page=ended)
            self._tell(RowKind.LINK, done := done + len(ended), taken.read)


def _known_links() -> dict[LinkKey, KnownLink]:
    rows = PcnPractice.objects.values_list("practice__body__code", "pcn__body__code", "opened_on", "pk", "closed_on")
    return {(practice, pcn, opened_on): (key, closed_on) for practice, pcn, opened_on, key, closed_on in rows}


def _pages(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + PAGE] for start in range(0, len(rows), PAGE))
