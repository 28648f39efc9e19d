"""Excel workbooks (.xlsx) as sheets. Formulas are never evaluated: the value saved beside one is taken."""

import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
import openpyxl.xml
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from homeround.gateways.open_data.archives import count_through
from homeround.gateways.open_data.refused import unreadable
from homeround.gateways.open_data.sheets import MOST_CELLS, MOST_COLUMNS, Cells, NumberedRow, Sheet


def xlsx_sheets(path: Path, archive: zipfile.ZipFile) -> Generator[Sheet, None, None]:
    """The sheets of an .xlsx file in their order, hidden rows included: a filter hides rows that still hold."""
    if not openpyxl.xml.DEFUSEDXML:
        raise RuntimeError("openpyxl would read XML without defusedxml")
    count_through(path, archive)
    with path.open("rb") as file:  # opened here, because openpyxl leaves a file open that it cannot read
        with _refusing_strange(path):
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the sheet says of its own size is not believed
            rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
            yield Sheet(sheet.title, _rows(path, rows), is_exact=False)


@contextmanager
def _refusing_strange(path: Path) -> Iterator[None]:
    """Turn what openpyxl raises at a workbook that is none into one clear sentence."""
    try:
        yield
    except (ParseError, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError) as damage:
        if _is_hostile(damage):
            raise unreadable(path, "holds XML that only a hostile file would hold, and is refused.") from damage
        raise unreadable(path, "is damaged: it cannot be read as an Excel workbook. Download it again.") from damage


def _is_hostile(damage: BaseException | None) -> bool:
    """Whether defusedxml refused; openpyxl wraps what it says."""
    return damage is not None and (isinstance(damage, DefusedXmlException) or _is_hostile(damage.__cause__))


def _rows(path: Path, rows: Iterator[tuple[object, ...]]) -> Generator[NumberedRow, None, None]:
    count = 0
    with _refusing_strange(path):
        for line, values in enumerate(rows, start=1):
            count += len(values) or 1
            if count > MOST_CELLS:
                raise unreadable(path, "holds more cells than any register does, and is refused.")
            yield line, _texts(values)


def _texts(values: tuple[object, ...]) -> Cells:
    return ["" if value is None else value if isinstance(value, str) else _text(value) for value in values]


def _text(value: object) -> str:
    """A number, a date or a yes-or-no as a register would write it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
