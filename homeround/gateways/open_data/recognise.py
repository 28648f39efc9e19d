"""Tell what a file is by what is in it, and read it through. A file is taken whole or refused whole."""

import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Final

from homeround.directory.rows import RowKind
from homeround.gateways.open_data import cqc_locations, epcn, epraccur, ons_lookup
from homeround.gateways.open_data.archives import opened, refusing_damage
from homeround.gateways.open_data.layouts import Columns, Layout, Looked, look
from homeround.gateways.open_data.ods import ods_sheets
from homeround.gateways.open_data.reading import FileKind, FileRead, Gathering, Rejected, TakeRow
from homeround.gateways.open_data.refused import BadRow, UnreadableFile, unreadable
from homeround.gateways.open_data.sheets import Cells, Sheet, is_blank
from homeround.gateways.open_data.text_files import csv_sheet, csv_sheet_in
from homeround.gateways.open_data.xlsx import xlsx_sheets

KINDS: Final = (cqc_locations.KIND, epcn.KIND, epraccur.KIND, ons_lookup.KIND)
_KIND_OF: Final = {layout: kind for kind in KINDS for layout in kind.layouts}
_WITH_HEADINGS: Final = tuple(layout for layout in _KIND_OF if layout.headings)
_TELL_EVERY: Final = 1_000

Tell = Callable[[int], None]
"""Called with the number of rows read so far, to show progress."""


def read_file(path: Path, tell: Tell | None = None) -> FileRead:
    """Read one official file through. Raises UnreadableFile, with one sentence, when any of it cannot be trusted."""
    reading = _Reading(path, tell or (lambda _: None))
    with refusing_damage(path), _sheets(path) as sheets:
        for sheet in sheets:
            with closing(sheet.rows):
                reading.read(sheet)
    return reading.finished()


@contextmanager
def _sheets(path: Path) -> Iterator[Iterator[Sheet]]:
    with path.open("rb") as file:
        is_archive = file.read(2) == b"PK"
    if is_archive:
        with opened(path) as archive, closing(_sheets_in(path, archive)) as sheets:
            yield sheets
    else:
        yield iter((csv_sheet(path),))


def _sheets_in(path: Path, archive: zipfile.ZipFile) -> Generator[Sheet, None, None]:
    names = set(archive.namelist())
    if "content.xml" in names:
        return ods_sheets(path, archive)
    if "xl/workbook.xml" in names:
        return xlsx_sheets(path, archive)
    return (sheet for sheet in (csv_sheet_in(path, archive),))


class _Reading:
    """One file being read, sheet by sheet."""

    def __init__(self, path: Path, tell: Tell) -> None:
        self._path = path
        self._tell = tell
        self._count = 0
        self._gathering = Gathering()
        self._kind: FileKind | None = None
        self._found: set[Layout] = set()
        self._missing: list[str] = []

    def read(self, sheet: Sheet) -> None:
        """Read a sheet when it is one of those looked for; leave it otherwise."""
        top = look(sheet, _WITH_HEADINGS)
        layout, columns = top.layout, top.columns
        if layout is None:
            layout, columns = self._without_headings(top)
        if layout is None or columns is None:
            return
        if columns.missing:
            headings = ", ".join(f"'{heading}'" for heading in columns.missing)
            self._missing.append(f"has no column {headings}{sheet.place}, which {_KIND_OF[layout].what} needs.")
            return
        self._kind = self._kind or _KIND_OF[layout]
        if layout in self._found or layout not in self._kind.layouts:
            return
        self._found.add(layout)
        self._take_rows(sheet, top, self._kind.layouts[layout], columns, self._kind.reader(layout, columns))

    def _without_headings(self, top: Looked) -> tuple[Layout | None, Columns | None]:
        try:
            headings = epraccur.headings(top.first)
        except BadRow as other_width:
            raise unreadable(self._path, f"{other_width}.") from other_width
        if headings is None:
            return None, None
        return epraccur.PRACTICES, Columns({}, headings, ())

    def _take_rows(self, sheet: Sheet, top: Looked, kind: RowKind, columns: Columns, take: TakeRow) -> None:
        into, width = self._gathering, len(columns.headings)
        last, last_is_bad, last_is_short = 0, False, False
        for line, cells in top.rows:
            if is_blank(cells):
                continue
            self._count += 1
            if self._count % _TELL_EVERY == 0:
                self._tell(self._count)
            last, last_is_bad, last_is_short = line, False, len(cells) < width
            try:
                take(line, _whole(sheet, cells, width), into)
            except BadRow as bad:
                last_is_bad = True
                into.rejected.append(Rejected(line, sheet.name, kind, f"{bad}.", tuple(cells)))
        if sheet.is_exact and (last_is_short or (last_is_bad and sheet.ends_open)):
            raise unreadable(self._path, f"was cut short: line {last}, its last, is not whole. Download it again.")
        self._tell(self._count)

    def finished(self) -> FileRead:
        """What was read. Raises UnreadableFile when sheets or all rows are missing, or this is another file."""
        if self._missing and (self._kind is None or len(self._found) < len(self._kind.layouts)):
            raise unreadable(self._path, self._missing[0])
        if self._kind is None:
            raise _another_file(self._path)
        for layout in self._kind.layouts:
            if layout not in self._found:
                raise unreadable(self._path, f"has no sheet of {layout.what}, which {self._kind.what} needs.")
        if self._gathering.is_empty:
            raise unreadable(self._path, "has headings and not one row below them.")
        into = self._gathering
        what, count = self._kind.what, self._count
        return FileRead(self._path, what, count, into.edition(what, count), dict(into.set_aside), tuple(into.rejected))


def _whole(sheet: Sheet, cells: Cells, width: int) -> Cells:
    """A row as wide as the headings. Spreadsheets leave empty cells out at the end; CSV files must not."""
    short = width - len(cells)
    if short > 0:
        if sheet.is_exact:
            raise BadRow(f"has {len(cells)} cells where there are {width} columns")
        return [*cells, *([""] * short)]
    if short < 0 and not is_blank(cells[width:]):
        raise BadRow(f"has {len(cells)} cells where there are {width} columns")
    return cells


def _another_file(path: Path) -> UnreadableFile:
    *kinds, last = (kind.what for kind in KINDS)
    return unreadable(path, f"is none of the files Homeround reads, which are {', '.join(chain(kinds))} and {last}.")
