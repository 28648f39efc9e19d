"""The ONS lookup of sub-ICB locations to ICBs to NHS England regions (.csv): each row names all three.

The headings carry the year (LOC22CD, later SICBL23CD): `CD` is ONS's code, `CDH` the one the NHS uses, `NM` the name.
"""

import re
from datetime import date

from homeround.directory.rows import IcbRow, RegionRow, RowKind, SubIcbRow
from homeround.gateways.open_data import cells as cell
from homeround.gateways.open_data.layouts import Columns, Heading, Layout
from homeround.gateways.open_data.reading import FileKind, Gathering, TakeRow
from homeround.gateways.open_data.refused import BadRow
from homeround.gateways.open_data.sheets import Cells

_LONGEST_ONS_CODE = 9
_CENTURY = 2000

AREAS = Layout(
    "sub-ICB locations, ICBs and regions",
    (
        Heading("sub_icb_ons", "LOC22CD", r"(loc|sicbl)\d\dcd"),
        Heading("sub_icb", "LOC22CDH", r"(loc|sicbl)\d\dcdh"),
        Heading("sub_icb_name", "LOC22NM", r"(loc|sicbl)\d\dnm"),
        Heading("icb_ons", "ICB22CD", r"icb\d\dcd"),
        Heading("icb", "ICB22CDH", r"icb\d\dcdh"),
        Heading("icb_name", "ICB22NM", r"icb\d\dnm"),
        Heading("region_ons", "NHSER22CD", r"nhser\d\dcd"),
        Heading("region", "NHSER22CDH", r"nhser\d\dcdh"),
        Heading("region_name", "NHSER22NM", r"nhser\d\dnm"),
    ),
)


def _reader(_: Layout, columns: Columns) -> TakeRow:
    at = columns.at
    edition_on = _year_of(columns.headings[at["sub_icb"]])

    def triple(cells: Cells, field: str) -> tuple[str, str, str]:
        ons, code, name = at[f"{field}_ons"], at[field], at[f"{field}_name"]
        return (
            cell.code(cells[code], columns.headings[code]),
            cell.name(cells[name], columns.headings[name]),
            cell.code(cells[ons], columns.headings[ons], _LONGEST_ONS_CODE),
        )

    def take(line: int, cells: Cells, into: Gathering) -> None:
        cell.refuse_hostile(cells)
        region_code, region_name, region_ons = triple(cells, "region")
        icb_code, icb_name, icb_ons = triple(cells, "icb")
        code, name, ons = triple(cells, "sub_icb")
        region = RegionRow(line, region_code, region_name, region_ons)
        icb = IcbRow(line, icb_code, icb_name, icb_ons, region_code)
        for kind, row in ((RowKind.REGION, region), (RowKind.ICB, icb)):
            _agrees(into, kind, row)
        into.keep(RowKind.SUB_ICB, code, SubIcbRow(line, code, name, ons, icb_code))
        into.saw(edition_on)
        for kind, row in ((RowKind.REGION, region), (RowKind.ICB, icb)):
            if into.kept(kind, row.code) is None:
                into.keep(kind, row.code, row)

    return take


def _year_of(heading: str) -> date:
    """The first day of the year that the headings carry: LOC22CDH is of 2022."""
    found = re.search(r"[0-9]{2}", heading)
    return date(_CENTURY + int(found[0]), 1, 1) if found else date.min


def _agrees(into: Gathering, kind: RowKind, row: RegionRow | IcbRow) -> None:
    """Refuse a row that says something else of a region or an ICB than an earlier one."""
    first = into.kept(kind, row.code)
    if isinstance(first, RegionRow | IcbRow) and _said(first) != _said(row):
        raise BadRow(f"says something else of {kind} {row.code} than line {first.line}")


def _said(row: RegionRow | IcbRow) -> tuple[str, ...]:
    return (row.name, row.ons_code, row.region_code if isinstance(row, IcbRow) else "")


KIND = FileKind("ONS lookup of NHS areas (.csv)", {AREAS: RowKind.SUB_ICB}, _reader)
