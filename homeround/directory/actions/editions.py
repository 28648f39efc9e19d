"""Which editions of which files have told of what: an older one changes nothing that a newer one tells (ADR 9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from homeround.directory.models import FileTaken
from homeround.directory.rows import Edition, LinkRow, RowKind
from homeround.directory.statements import Known

Told = dict[str, list[str]]


def link_text(row: LinkRow) -> str:
    """A link as an edition is noted to have told of it."""
    return f"{row.practice_code} {row.pcn_code} {row.opened_on}"


def mentioned(kind: RowKind) -> str:
    """Under which word codes are noted that an edition only mentions."""
    return f"mentioned {kind}"


class Editions:
    """The editions taken in so far, as one that is being taken in must know them."""

    def __init__(self, edition: Edition, today: date) -> None:
        self.age = edition.age(today)
        self.told = _told_by(edition)
        files = list(FileTaken.objects.all())
        self.is_noted = any(_age(file) == self.age and file.told == self.told for file in files)
        same = [file for file in files if file.what == edition.what]
        self.rows_before = same[-1].row_count if same else 0
        """How many rows the newest edition of this kind of file had."""
        self._newer = _together(file.told for file in files if _age(file) > self.age)
        self._as_new = _together(file.told for file in files if _age(file) == self.age and file.told != self.told)
        self._ever = _together([*(file.told for file in files), self.told])

    def is_told_by_newer(self, kind: RowKind, code: str) -> bool:
        """Whether a newer edition of the body's own register has told of it."""
        return code in self._newer.get(kind, ())

    def may_name(self, kind: RowKind, code: str, name: str, known: Known) -> bool:
        """Whether a mention in this edition names the body: only where its own register never did, and no newer
        edition mentions it. Of two as new, the name that comes first by its letters, so that order does not matter.
        """
        called = str(known.of_body["name"])
        if called == code:
            return True
        if name == code or code in self._ever.get(kind, ()) or code in self._newer.get(mentioned(kind), ()):
            return False
        return name < called if code in self._as_new.get(mentioned(kind), ()) else True


def _told_by(edition: Edition) -> Told:
    told: Told = {}
    for kind, rows in edition.rows.items():
        told[kind] = sorted(link_text(row) if isinstance(row, LinkRow) else row.code for row in rows)
    for kind, mentions in edition.mentions.items():
        named = sorted(mention.code for mention in mentions if mention.name)
        if named:
            told[mentioned(kind)] = named
    return {str(kind): codes for kind, codes in told.items()}


def _age(file: FileTaken) -> tuple[date, date]:
    return file.newest_began_on, file.newest_ended_on


def _together(all_told: Iterable[Mapping[str, list[str]]]) -> dict[str, set[str]]:
    together: dict[str, set[str]] = {}
    for told in all_told:
        for kind, codes in told.items():
            together.setdefault(kind, set()).update(codes)
    return together
