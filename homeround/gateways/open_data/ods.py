"""OpenDocument spreadsheets (.ods) as sheets, read as one stream.

A cell's repeats are honoured when it is filled and its row stays within bounds; empty ones only move on. Formulas are
never evaluated: what the file shows is taken. XML with entities or a document type is refused (defusedxml).
"""

import zipfile
from collections.abc import Generator
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from homeround.gateways.open_data.archives import Budget, CountedStream
from homeround.gateways.open_data.refused import unreadable
from homeround.gateways.open_data.sheets import MOST_CELLS, MOST_COLUMNS, MOST_IN_A_CELL, Cells, Sheet

_CHUNK: Final = 1 << 16
_MOST_ROW_REPEATS: Final = 100
"""A filled row that stands more often than this is no register's."""

SheetRow = tuple[int, str, int, Cells]


class _TooMuch(Exception):  # noqa: N818 - never leaves this module
    pass


class _Content(ContentHandler):
    """Collects the rows of content.xml as (number of the sheet, its name, line, cells)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[SheetRow] = []
        self._sheet = 0
        self._name = ""
        self._line = 1
        self._cells: Cells = []
        self._column = 0
        self._row_repeats = 1
        self._cell_repeats = 1
        self._paragraphs: list[str] | None = None
        self._is_note = 0
        self._cell_count = 0
        self._letters = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX names it
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._cell_repeats = _times(attrs.get("table:number-columns-repeated"))
            self._paragraphs, self._letters = [], 0
        elif name == "text:p" and self._paragraphs is not None:
            self._paragraphs.append("")
        elif name == "text:s" and self._paragraphs:
            self._paragraphs[-1] += " "
        elif name == "office:annotation":
            self._is_note += 1
        elif name == "table:table-row":
            self._cells, self._column = [], 0
            self._row_repeats = _times(attrs.get("table:number-rows-repeated"))
        elif name == "table:table":
            self._sheet += 1
            self._line = 1
            self._name = attrs.get("table:name", "")

    def characters(self, content: str) -> None:
        if self._paragraphs and not self._is_note:
            self._letters += len(content)
            if self._letters > MOST_IN_A_CELL:
                raise _TooMuch
            self._paragraphs[-1] += content

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX names it
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif name == "office:annotation":
            self._is_note -= 1
        elif name == "table:table-row":
            self._end_row()

    def _end_cell(self) -> None:
        text = "\n".join(self._paragraphs or ()).strip()
        self._paragraphs = None
        if text:
            if self._column + self._cell_repeats > MOST_COLUMNS:
                raise _TooMuch
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells.extend([text] * self._cell_repeats)
        self._column += self._cell_repeats

    def _end_row(self) -> None:
        if self._cells:
            self._cell_count += len(self._cells) * self._row_repeats
            if self._row_repeats > _MOST_ROW_REPEATS or self._cell_count > MOST_CELLS:
                raise _TooMuch
            for number in range(self._row_repeats):
                self.rows.append((self._sheet, self._name, self._line + number, self._cells))
        self._line += self._row_repeats


def _times(repeats: str | None) -> int:
    return int(repeats) if repeats and repeats.isascii() and repeats.isdigit() else 1


def ods_sheets(path: Path, archive: zipfile.ZipFile) -> Generator[Sheet, None, None]:
    """The sheets of an .ods file in their order. Each must be read, or left, before the next is asked for."""
    with closing(_stream(path, archive)) as stream:
        for (_, name), rows in groupby(stream, key=lambda row: (row[0], row[1])):
            yield Sheet(name, ((line, cells) for _, _, line, cells in rows), is_exact=False)


def _stream(path: Path, archive: zipfile.ZipFile) -> Generator[SheetRow, None, None]:
    content = _Content()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(content)
    try:
        with CountedStream(archive.open("content.xml"), Budget(path, is_archive=True)) as stream:
            while chunk := stream.read(_CHUNK):
                parser.feed(chunk)
                yield from content.rows
                content.rows.clear()
            parser.close()
    except _TooMuch:
        raise unreadable(path, "repeats cells or rows beyond what any register holds, and is refused.") from None
    except DefusedXmlException as hostile:
        raise unreadable(path, "holds XML that only a hostile file would hold, and is refused.") from hostile
    except SAXException as damage:
        raise unreadable(path, "is damaged or was cut short. Download it again.") from damage
    yield from content.rows
