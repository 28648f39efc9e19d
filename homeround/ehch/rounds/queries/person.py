"""A person's record as one page shows it: everything the slices know, in one statement, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from homeround.accounts.rights import Extent, Kind
from homeround.ehch.decisions.rules import STOPPED_SHOWN
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import Correction
from homeround.ehch.residents.queries import entry_rows
from homeround.ehch.residents.rules import TAKEN_BACK, Entry
from homeround.ehch.residents.words import CorrectionKind
from homeround.ehch.rounds.models import NotNeeded, PutForward, Review, put_forward_over
from homeround.ehch.rounds.queries import slices
from homeround.ehch.rounds.queries.versions import newest
from homeround.ehch.rounds.rules.kinds import ENTRIES
from homeround.ehch.rounds.words import CANCELLED
from homeround.kernel.calendar.times import london_date
from homeround.kernel.prepared import prepared


@dataclass(frozen=True)
class PersonRecord:
    """The lines that the viewer may read, newest first; `open_` are those that nothing has ended."""

    entries: tuple[Entry, ...]

    def of(self, kind: str, *, only_open: bool = False) -> tuple[Entry, ...]:
        """The lines of one kind."""
        return tuple(entry for entry in self.entries if entry.kind == kind and not (only_open and entry.ended_at))


def record_of(person: PersonInSight) -> PersonRecord:
    """What may be read about a person in sight, in one statement."""
    found = (Entry(*row) for row in _all_entries(resident=person.resident_id, home=person.home_id or 0))
    readable = [
        entry
        for entry in found
        if may_read(person, entry.kind) and entry.at <= person.as_of and not _is_gone(entry, person)
    ]
    return PersonRecord(tuple(sorted(readable, key=lambda entry: (entry.at, entry.source), reverse=True)))


def _is_gone(entry: Entry, person: PersonInSight) -> bool:
    """Whether it was about somebody else, and is no longer said here (H1): words about another person stay nowhere."""
    until = day_of(entry) if entry.kind == "not_theirs" else None
    return until is not None and london_date(person.as_of) > until + STOPPED_SHOWN


def branches_of(resident: int, home: int) -> list[Any]:
    """The lines of every slice. Every table about a resident is among them, or a test says why not."""
    return [*entries(resident, home), *slices.entries(resident)]


@prepared
def _all_entries(*, resident: int, home: int) -> QuerySet[Any, Any]:
    first, *rest = branches_of(resident, home)
    together: QuerySet[Any, Any] = first.union(*rest, all=True)
    return together


def may_read(person: PersonInSight, entry: str) -> bool:
    """Whether a line of this kind is for the viewer: part of the clinical record is only for those who read all of
    it.
    """
    kind = ENTRIES[entry.removesuffix(TAKEN_BACK)]
    if kind.holds is not Kind.CLINICAL:
        return person.reads(kind.holds)
    readable = {Extent.ALL, Extent.DECISIONS} if kind.is_decision else {Extent.ALL}
    return person.capacity.extent(kind.holds) in readable


def entries(resident_id: int, home: int) -> list[Any]:
    """What is kept of a person here as branches of the timeline: `review`, with how they were seen (ended: when its
    round was cancelled, which has seen nobody); `put_forward`
    (state: on whose behalf) and `not_needed`, why not any more; `removed`, once for whatever one act moved to the
    person whom it was about.

    A review's `ref` is the round's, for rounds of the `home` they live in now: whoever sees them there need not see the
    rounds of the home they came from.
    """
    reviews = Review.objects.filter(resident=resident_id)
    here = Case(When(round__home=home, then="round__ref"), default=Value(""))
    cancelled = Case(When(round__ended_how=CANCELLED, then="round__ended_at"))
    asked = PutForward.objects.filter(resident=resident_id)
    not_needed = NotNeeded.objects.filter(resident=resident_id)
    return [
        entry_rows(newest(reviews), kind="review", words="notes", ref=here, state="outcome", on="how", ended=cancelled),
        entry_rows(asked, kind="put_forward", words="words", ref="ref", state="asks", ended=put_forward_over()),
        entry_rows(not_needed, kind="not_needed", words="because", ref="put_forward__ref"),
        entry_rows(_moved_away(resident_id), kind="removed", words="", state="kind"),
    ]


def _moved_away(resident_id: int) -> QuerySet[Correction]:
    """That something written about somebody else was moved away: one row for each act."""
    tables = [table._meta.db_table for table in (Review, PutForward)]  # noqa: SLF001 - Django's own name for it
    gone = Correction.objects.filter(table__in=tables, kind=CorrectionKind.WRONG_PERSON.value, resident=resident_id)
    later = gone.filter(recorded_at=OuterRef("recorded_at"), pk__gt=OuterRef("pk"))
    return gone.filter(~Exists(later))


def day_of(entry: Entry) -> date | None:
    """The day that a line carries, if it carries one."""
    try:
        return date.fromisoformat(entry.on)
    except ValueError:
        return None
