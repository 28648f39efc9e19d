"""ODS ePCN (.xlsx): primary care networks on one sheet, the practices that belong to them, and since when, on another.

Its headings have named CCGs, and since 2022 sub-ICB locations, in the same places.
"""

from homeround.directory.rows import LinkRow, PcnRow, RowKind
from homeround.gateways.open_data import cells as cell
from homeround.gateways.open_data.layouts import Columns, Heading, Layout
from homeround.gateways.open_data.reading import FileKind, Gathering, TakeRow
from homeround.gateways.open_data.sheets import Cells

NETWORKS = Layout(
    "PCNs",
    (
        Heading("code", "PCN Code"),
        Heading("name", "PCN Name"),
        Heading(
            "sub_icb",
            "Current Sub ICB Loc Code",
            "currentsubicblocationcode|currentccgcode|currentclinicalcommissioninggroupcode",
        ),
        Heading(
            "sub_icb_name",
            "Sub ICB Location",
            "currentsubicblocname|subicblocname|ccgname|currentccgname|clinicalcommissioninggroupname",
        ),
        Heading("opened_on", "Open Date"),
        Heading("closed_on", "Close Date"),
        Heading("postcode", "Postcode"),
    ),
)
MEMBERS = Layout(
    "practices in PCNs",
    (
        Heading("practice", "Partner Organisation Code"),
        Heading("practice_name", "Partner Name", "partnerorganisationname"),
        Heading("pcn", "PCN Code"),
        Heading("pcn_name", "PCN Name"),
        Heading("opened_on", "Practice to PCN Relationship Start Date", "relationshipstartdate"),
        Heading("closed_on", "Practice to PCN Relationship End Date", "relationshipenddate"),
    ),
)


def _reader(layout: Layout, columns: Columns) -> TakeRow:
    return _networks(columns) if layout is NETWORKS else _members(columns)


def _networks(columns: Columns) -> TakeRow:
    at, headings = columns.at, columns.headings
    code, name, sub_icb, sub_icb_name = at["code"], at["name"], at["sub_icb"], at["sub_icb_name"]
    opened, closed, postcode = at["opened_on"], at["closed_on"], at["postcode"]

    def take(line: int, cells: Cells, into: Gathering) -> None:
        cell.refuse_hostile(cells)
        row = PcnRow(
            line=line,
            code=cell.code(cells[code], headings[code]),
            name=cell.name(cells[name], headings[name]),
            opened_on=cell.first_day(cells[opened], headings[opened]),
            closed_on=cell.day(cells[closed], headings[closed]),
            sub_icb_code=cell.optional_code(cells[sub_icb], headings[sub_icb]) or None,
            postcode=cell.postcode(cells[postcode], headings[postcode]),
        )
        area_name = cell.text(cells[sub_icb_name], headings[sub_icb_name], cell.LONGEST_NAME)
        cell.in_order(row.opened_on, row.closed_on)
        into.keep(RowKind.PCN, row.code, row)
        into.saw(row.opened_on, row.closed_on)
        if row.sub_icb_code:
            into.mention(RowKind.SUB_ICB, row.sub_icb_code, area_name, line)

    return take


def _members(columns: Columns) -> TakeRow:
    at, headings = columns.at, columns.headings
    practice, practice_name, pcn, pcn_name = at["practice"], at["practice_name"], at["pcn"], at["pcn_name"]
    opened, closed = at["opened_on"], at["closed_on"]

    def take(line: int, cells: Cells, into: Gathering) -> None:
        cell.refuse_hostile(cells)
        row = LinkRow(
            line=line,
            practice_code=cell.code(cells[practice], headings[practice]),
            pcn_code=cell.code(cells[pcn], headings[pcn]),
            opened_on=cell.first_day(cells[opened], headings[opened]),
            closed_on=cell.day(cells[closed], headings[closed]),
        )
        called = cell.name(cells[practice_name], headings[practice_name])
        pcn_called = cell.name(cells[pcn_name], headings[pcn_name])
        cell.in_order(row.opened_on, row.closed_on)
        into.keep(RowKind.LINK, (row.practice_code, row.pcn_code, row.opened_on), row)
        into.saw(row.opened_on, row.closed_on)
        into.mention(RowKind.PRACTICE, row.practice_code, called, line)
        into.mention(RowKind.PCN, row.pcn_code, pcn_called, line)

    return take


KIND = FileKind("ODS ePCN (.xlsx)", {NETWORKS: RowKind.PCN, MEMBERS: RowKind.LINK}, _reader)
