"""Which headings tell what a sheet is, and finding them.

Headings are compared by their letters and digits only, so that line breaks, case and punctuation may differ between
editions; a heading may have other names in older ones. Up to six blank rows may stand above.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from homeround.gateways.open_data.sheets import Cells, NumberedRow, Sheet, is_blank

MOST_ROWS_ABOVE: Final = 8
"""Blank rows (editions of CQC's file have up to six) and a title may stand above the headings."""
_NEAR: Final = 0.7
"""A sheet with this share of a layout's headings is that layout with columns missing; with less, something else."""


@dataclass(frozen=True)
class Heading:
    """A column. `title` is what current editions call it; `also` matches, made `plain`, what others do."""

    field: str
    title: str
    also: str = ""
    is_required: bool = True

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches the heading once it is `plain`."""
        return re.compile(f"{plain(self.title)}|{self.also}" if self.also else plain(self.title))


@dataclass(frozen=True)
class Columns:
    """Where each field of a layout stands in a sheet, and the headings as they were written."""

    at: Mapping[str, int]
    headings: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The headings of one sheet of one kind of file."""

    what: str
    headings: tuple[Heading, ...]

    def columns(self, cells: Cells) -> Columns:
        """Find this layout's headings in a row."""
        plains = [plain(cell) for cell in cells]
        at: dict[str, int] = {}
        for heading in self.headings:
            for index, text in enumerate(plains):
                if text and heading.pattern.fullmatch(text):
                    at[heading.field] = index
                    break
        missing = tuple(heading.title for heading in self.headings if heading.is_required and heading.field not in at)
        return Columns(at, tuple(" ".join(cell.split()) for cell in cells), missing)

    def is_near(self, columns: Columns) -> bool:
        """Whether a row with columns missing is meant to be this layout all the same."""
        required = sum(heading.is_required for heading in self.headings)
        return len(columns.missing) < required and 1 - len(columns.missing) / required >= _NEAR


@dataclass(frozen=True)
class Looked:
    """What the top of a sheet shows: a layout with its columns (some may be missing), or none; and the rows to read.

    With a layout, `rows` start below the headings; without, they are the whole sheet again.
    """

    layout: Layout | None
    columns: Columns | None
    rows: Iterator[NumberedRow]
    first: Cells


def plain(heading: str) -> str:
    """A heading by its letters and digits alone, in small letters."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def look(sheet: Sheet, layouts: tuple[Layout, ...]) -> Looked:
    """Look for the headings of any of these layouts at the top of a sheet."""
    seen: list[NumberedRow] = []
    first: Cells = []
    near: tuple[int, Layout, Columns] | None = None
    for line, cells in sheet.rows:
        seen.append((line, cells))
        first = first or ([] if is_blank(cells) else cells)
        for layout in layouts:
            columns = layout.columns(cells)
            if not columns.missing:
                return Looked(layout, columns, sheet.rows, first)
            if near is None and layout.is_near(columns):
                near = (len(seen), layout, columns)
        if len(seen) > MOST_ROWS_ABOVE:
            break
    if near is not None:
        return Looked(near[1], near[2], chain(seen[near[0] :], sheet.rows), first)
    return Looked(None, None, chain(seen, sheet.rows), first)
