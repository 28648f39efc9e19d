"""What has been read from a file so far, and what a kind of file brings to read it with."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from homeround.directory.rows import Edition, Mention, Row, RowKind
from homeround.gateways.open_data.layouts import Columns, Layout
from homeround.gateways.open_data.refused import BadRow
from homeround.gateways.open_data.sheets import Cells


@dataclass(frozen=True)
class Rejected:
    """A row that is not loaded: where it stands, why, and the row as it was."""

    line: int
    sheet: str
    kind: RowKind
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class FileRead:
    """One file, read through: nothing of it is loaded yet. `row_count` is of the rows below its headings."""

    path: Path
    what: str
    row_count: int
    edition: Edition
    set_aside: Mapping[RowKind, int]
    rejected: tuple[Rejected, ...]


class Gathering:
    """Rows gathered while a file is read."""

    def __init__(self) -> None:
        self.set_aside: Counter[RowKind] = Counter()
        self.rejected: list[Rejected] = []
        self._rows: dict[RowKind, dict[Hashable, Row]] = {kind: {} for kind in RowKind}
        self._mentions: dict[RowKind, dict[str, Mention]] = {kind: {} for kind in RowKind}
        self._began: set[date] = set()
        self._ended: set[date] = set()

    def keep(self, kind: RowKind, key: Hashable, row: Row) -> None:
        """Keep a row. Raises BadRow when the file has given its code before."""
        first = self._rows[kind].setdefault(key, row)
        if first is not row:
            raise BadRow(f"repeats line {first.line}, which stands")

    def kept(self, kind: RowKind, key: Hashable) -> Row | None:
        """The row that was kept for a code, if any."""
        return self._rows[kind].get(key)

    def replace(self, kind: RowKind, key: Hashable, row: Row) -> None:
        """Keep a row instead of the one kept before for its code."""
        self._rows[kind][key] = row

    def mention(self, kind: RowKind, code: str, name: str | None, line: int) -> None:
        """Note that a row refers to a body; the first that names it counts."""
        known = self._mentions[kind].get(code)
        if known is None or (known.name is None and name):
            self._mentions[kind][code] = Mention(line, kind, code, name or None)

    def saw(self, began_on: date | None, ended_on: date | None = None) -> None:
        """Note the days on which a row says that something began and ended."""
        if began_on is not None:
            self._began.add(began_on)
        if ended_on is not None:
            self._ended.add(ended_on)

    @property
    def is_empty(self) -> bool:
        """Whether not one row was seen."""
        return not (self.rejected or self.set_aside or any(self._rows.values()))

    def edition(self, what: str, row_count: int) -> Edition:
        """Everything the file says. A body with a row of its own is not also a mention."""
        return Edition(
            rows={kind: tuple(rows.values()) for kind, rows in self._rows.items() if rows},
            mentions={
                kind: tuple(each for code, each in mentions.items() if code not in self._rows[kind])
                for kind, mentions in self._mentions.items()
                if mentions
            },
            began=frozenset(self._began),
            ended=frozenset(self._ended),
            what=what,
            row_count=row_count,
        )


TakeRow = Callable[[int, Cells, Gathering], None]


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its words, the sheets it must have, and for each the kind of row and how one is read."""

    what: str
    layouts: Mapping[Layout, RowKind]
    reader: Callable[[Layout, Columns], TakeRow]
