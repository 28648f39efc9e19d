"""Taking in what a register's file says of bodies. REQ-01, REQ-02; H50.

A file makes and changes bodies, and the links of practices to PCNs. It closes a body only when it gives the day itself,
never more than 2 % of a kind at once; beyond that, closings are proposals for a person. A link is no body, and ends on
the day its register gives. No file closes a home, and none ends a stay, a round or an account.

Rows are written in pages, each one transaction, so that nobody waits for long. The same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeVar

from django.db import IntegrityError, models

from homeround.directory import rules
from homeround.directory.models import Body, PcnPractice
from homeround.directory.rows import Edition, LinkRow, RowKind, Taken, TakenIn
from homeround.directory.said import (
    BODY_COLUMNS,
    TABLES,
    Change,
    Ids,
    Known,
    Said,
    difference,
    known_bodies,
    new_body,
    said_by,
    said_by_mention,
)
from homeround.kernel.audit.actor import SystemActor
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Refusal

PAGE: Final = 500
T = TypeVar("T")
Tell = Callable[[RowKind, int, int], None]
"""Called with a kind, how many of its rows are done and how many there are, to show progress."""

LinkKey = tuple[str, str, date]
KnownLink = tuple[int, date | None]


def take_in(edition: Edition, *, by: SystemActor, at: datetime, tell: Tell | None = None) -> TakenIn:
    """Take in everything one file says, kind by kind. Rows a file set aside or rejected are not known here."""
    try:
        return _TakingIn(edition, by, at, tell or (lambda _kind, _done, _all: None)).run()
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
        self._is_older = rules.is_older(edition.newest_on, self._days_on_record(), london_date(at))

    def run(self) -> TakenIn:
        for kind in self._edition.kinds():
            if kind is RowKind.LINK:
                self._take_links()
            else:
                self._take_bodies(kind)
        if self._is_older:
            self._result.notes.append(
                f"Older than what is known already (it speaks of nothing after {self._edition.newest_on}): "
                "new rows are taken in, what is known stays as it is."
            )
        return self._result

    def _days_on_record(self) -> Iterator[date | None]:
        """The days known of the bodies and links that this file gives rows for."""
        for kind, rows in self._edition.rows.items():
            for row in rows:
                if isinstance(row, LinkRow):
                    link = self._links.get((row.practice_code, row.pcn_code, row.opened_on))
                    yield link[1] if link else None
                elif known := self._known[kind].get(row.code):
                    yield known.of_body["opened_on"]  # type: ignore[misc]
                    yield known.closed_on

    def _take_bodies(self, kind: RowKind) -> None:
        known = self._known[kind]
        everything = [
            *(said_by_mention(mention) for mention in self._edition.mentions.get(kind, ())),
            *(said_by(row, self._ids) for row in self._edition.rows.get(kind, ())),
        ]
        new = [said for said in everything if said.code not in known]
        changes = self._allowed(kind, list(self._differences(everything, known)))
        taken = self._result.kinds.setdefault(kind, Taken())
        taken.read = len(everything)
        taken.created = len(new)
        taken.closed = sum(change.closes for change in changes)
        taken.updated = len(changes) - taken.closed
        taken.unchanged = taken.read - taken.created - len(changes)
        done = taken.unchanged
        self._tell(kind, done, taken.read)
        for page in _pages(new):
            keys = enter_bodies(by=self._by, at=self._at, kind=kind, page=page)
            self._ids[kind].update(zip((said.code for said in page), keys, strict=True))
            self._tell(kind, done := done + len(page), taken.read)
        for changed in _pages(changes):
            amend_bodies(by=self._by, at=self._at, kind=kind, page=changed)
            self._tell(kind, done := done + len(changed), taken.read)

    def _differences(self, everything: Sequence[Said], known: Mapping[str, Known]) -> Iterator[Change]:
        for said in everything:
            on_record = known.get(said.code)
            if on_record is not None and not (self._is_older and not said.is_mention):
                change = difference(said, on_record)
                if change is not None:
                    yield change

    def _allowed(self, kind: RowKind, changes: list[Change]) -> list[Change]:
        """The changes without the closings when those are too many at once: they become proposals."""
        closings = [change for change in changes if change.closes]
        open_before = sum(known.closed_on is None for known in self._known[kind].values())
        if rules.may_close(len(closings), open_before):
            return changes
        self._result.proposals.extend(
            f"{kind} {change.code} ({change.known.of_body['name']}) is given as closed on {change.of_body['closed_on']}"
            for change in closings
        )
        self._result.notes.append(
            f"{len(closings)} of {open_before} open are given as closed ({kind}). "
            f"That is more than {rules.MOST_PER_CENT_CLOSED} % at once, so none was closed: look at the proposals."
        )
        return [kept for change in changes if (kept := _without_closing(change))]

    def _take_links(self) -> None:
        rows = [row for row in self._edition.rows[RowKind.LINK] if isinstance(row, LinkRow)]
        new, ends = [], []
        for row in rows:
            known = self._links.get((row.practice_code, row.pcn_code, row.opened_on))
            if known is None:
                new.append(row)
            elif known[1] != row.closed_on and not self._is_older:
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


@action
def enter_bodies(
    *, by: SystemActor, at: datetime, token: str | None = None, kind: RowKind, page: Sequence[Said]
) -> list[int]:
    """Enter new bodies of one kind; returns their keys in the order given."""
    bodies = Body.objects.bulk_create(new_body(kind, said) for said in page)
    model = TABLES[kind].model
    _all(model).bulk_create([model(body_id=body.pk, **said.of_kind) for body, said in zip(bodies, page, strict=True)])
    return [body.pk for body in bodies]


@action
def amend_bodies(
    *, by: SystemActor, at: datetime, token: str | None = None, kind: RowKind, page: Sequence[Change]
) -> int:
    """Write what a file says otherwise of bodies of one kind; returns how many."""
    for model, columns, said in (
        (Body, BODY_COLUMNS, [change.of_body for change in page]),
        (TABLES[kind].model, TABLES[kind].columns, [change.of_kind for change in page]),
    ):
        touched = [column for column in columns if any(column in each for each in said)]
        if touched:
            changed = {change.known.body_id: each for change, each in zip(page, said, strict=True) if each}
            _amend(model, touched, changed)
    return len(page)


@action
def enter_links(*, by: SystemActor, at: datetime, token: str | None = None, page: Sequence[LinkRow], ids: Ids) -> int:
    """Enter that practices belong to PCNs; returns how many."""
    PcnPractice.objects.bulk_create(
        PcnPractice(
            practice_id=ids[RowKind.PRACTICE][row.practice_code],
            pcn_id=ids[RowKind.PCN][row.pcn_code],
            opened_on=row.opened_on,
            closed_on=row.closed_on,
        )
        for row in page
    )
    return len(page)


@action
def end_links(*, by: SystemActor, at: datetime, token: str | None = None, page: Sequence[KnownLink]) -> int:
    """Write until when practices belong to PCNs (None: open again), for links given by key; returns how many."""
    _amend(PcnPractice, ["closed_on"], {key: {"closed_on": closed_on} for key, closed_on in page})
    return len(page)


def _amend(model: type[models.Model], columns: Sequence[str], changed: Mapping[int, Mapping[str, object]]) -> None:
    rows = _all(model).in_bulk(list(changed))
    for key, row in rows.items():
        for column, value in changed[key].items():
            setattr(row, column, value)
    # One statement a page, and ten times faster than bulk_update, which writes a CASE for every cell.
    _all(model).bulk_create(rows.values(), update_conflicts=True, unique_fields=["pk"], update_fields=columns)


def _all(model: type[models.Model]) -> models.QuerySet[models.Model]:
    return models.QuerySet(model)


def _known_links() -> dict[LinkKey, KnownLink]:
    rows = PcnPractice.objects.values_list("practice__body__code", "pcn__body__code", "opened_on", "pk", "closed_on")
    return {(practice, pcn, opened_on): (key, closed_on) for practice, pcn, opened_on, key, closed_on in rows}


def _without_closing(change: Change) -> Change | None:
    if not change.closes:
        return change
    of_body = {column: value for column, value in change.of_body.items() if column != "closed_on"}
    return Change(change.code, change.known, of_body, change.of_kind) if of_body or change.of_kind else None


def _pages(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + PAGE] for start in range(0, len(rows), PAGE))
