"""ODS epraccur (.zip or .csv): prescribing cost centres, of which prescribing setting 4 are GP practices. No headings.

Kept are active practices, and closed ones with their end, so that a record that names one can say so. Set aside are
other settings. Practices that are dormant or proposed have no patients, and no day on which they ended: such a row
makes no practice, and one that is known is offered no longer.
"""

import re
from typing import Final

from homeround.directory.rows import PracticeRow, RowKind
from homeround.gateways.open_data import cells as cell
from homeround.gateways.open_data.layouts import Columns, Layout
from homeround.gateways.open_data.reading import FileKind, Gathering, TakeRow
from homeround.gateways.open_data.refused import BadRow
from homeround.gateways.open_data.sheets import Cells

PRACTICES: Final = Layout("GP practices", ())
COLUMNS: Final = 27
_CODE, _NAME, _REGION, _POSTCODE, _OPENED, _CLOSED = 0, 1, 2, 9, 10, 11
_STATUS, _SUB_ICB, _PHONE, _SETTING = 12, 14, 17, 25
_GP_PRACTICE: Final = "4"
_ACTIVE: Final = "A"
_CLOSED_STATUS: Final = "C"
_WITHOUT_PATIENTS: Final = ("D", "P")
_WALES: Final = "W00"
"""What stands as region of a Welsh practice, whose health board is no sub-ICB."""


def headings(first: Cells) -> tuple[str, ...] | None:
    """The names of the columns when a first row looks like epraccur's; the file itself has none. None for other files.

    Raises BadRow when it is epraccur with another number of columns than are known.
    """
    if len(first) <= _STATUS or not re.fullmatch(r"[A-Z0-9]{3,8}", first[_CODE].strip()):
        return None
    days = sum(bool(re.fullmatch(r"(19|20)\d{6}", value.strip())) for value in first)
    statuses = sum(value.strip() in (_ACTIVE, _CLOSED_STATUS, *_WITHOUT_PATIENTS) for value in first)
    if not days or not statuses:
        return None
    if len(first) != COLUMNS:
        raise BadRow(f"has {len(first)} columns; epraccur has {COLUMNS}. Nothing tells which is missing")
    names = {
        _CODE: "Organisation Code",
        _NAME: "Name",
        _POSTCODE: "Postcode",
        _OPENED: "Open Date",
        _CLOSED: "Close Date",
        _STATUS: "Status Code",
        _SUB_ICB: "Commissioner",
        _PHONE: "Contact Telephone Number",
        _SETTING: "Prescribing Setting",
    }
    return tuple(names.get(index, f"column {index + 1}") for index in range(COLUMNS))


def _reader(_: Layout, columns: Columns) -> TakeRow:
    titles = columns.headings

    def take(line: int, cells: Cells, into: Gathering) -> None:
        opened_on = cell.day(cells[_OPENED], titles[_OPENED])
        closed_on = cell.day(cells[_CLOSED], titles[_CLOSED])
        into.saw(opened_on, closed_on)
        status = cells[_STATUS].strip()
        if cells[_SETTING].strip() != _GP_PRACTICE:
            into.set_aside[RowKind.PRACTICE] += 1
            return
        cell.refuse_hostile(cells)
        if status not in (_ACTIVE, _CLOSED_STATUS, *_WITHOUT_PATIENTS):
            raise BadRow(f"has the status '{status[:5]}', which is not known")
        if status == _CLOSED_STATUS and closed_on is None:
            raise BadRow("is closed, without the day it closed")
        is_here = status == _ACTIVE and cells[_REGION].strip() != _WALES
        sub_icb = cell.optional_code(cells[_SUB_ICB], titles[_SUB_ICB]) if is_here else ""
        row = PracticeRow(
            line=line,
            code=cell.code(cells[_CODE], titles[_CODE]),
            name=cell.name(cells[_NAME], titles[_NAME]),
            opened_on=cell.first_day(cells[_OPENED], titles[_OPENED]),
            closed_on=closed_on,
            sub_icb_code=sub_icb or None,
            postcode=cell.postcode(cells[_POSTCODE], titles[_POSTCODE]),
            phone=cell.text(cells[_PHONE], titles[_PHONE], cell.LONGEST_PHONE),
            dormant=status in _WITHOUT_PATIENTS,
        )
        cell.in_order(row.opened_on, closed_on)
        into.keep(RowKind.PRACTICE, row.code, row)
        if sub_icb:
            into.mention(RowKind.SUB_ICB, sub_icb, None, line)

    return take


KIND = FileKind("ODS epraccur (.zip, .csv)", {PRACTICES: RowKind.PRACTICE}, _reader)
