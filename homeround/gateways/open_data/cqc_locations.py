"""CQC active locations (.ods, .csv): registered locations and their providers. Care homes are kept, the rest set aside.

Blank cells are usual, and an extract may leave all of the provider out but its number.
"""

from dataclasses import replace

from homeround.directory.rows import HomeRow, ProviderRow, RowKind
from homeround.gateways.open_data import cells as cell
from homeround.gateways.open_data.layouts import Columns, Heading, Layout
from homeround.gateways.open_data.reading import FileKind, Gathering, TakeRow
from homeround.gateways.open_data.refused import BadRow
from homeround.gateways.open_data.sheets import Cells

_MOST_BEDS = 2_000
_LONGEST_ONS_CODE = 9
_LONGEST_ODS_CODE = 10
_BAND = "Service user band - "

LOCATIONS = Layout(
    "active locations",
    (
        Heading("code", "Location ID"),
        Heading("opened_on", "Location HSCA start date"),
        Heading("dormant", "Dormant (Y/N)", is_required=False),  # older editions have none
        Heading("is_home", "Care home?"),
        Heading("name", "Location Name"),
        Heading("ods_code", "Location ODS Code"),
        Heading("phone", "Location Telephone Number"),
        Heading("beds", "Care homes beds"),
        Heading("local_authority", "Location Local Authority"),
        Heading("area", "Location ONSPD CCG Code", is_required=False),
        Heading("street", "Location Street Address"),
        Heading("line_2", "Location Address Line 2"),
        Heading("city", "Location City"),
        Heading("county", "Location County"),
        Heading("postcode", "Location Postal Code"),
        Heading("provider", "Provider ID"),
        Heading("provider_name", "Provider Name"),
        Heading("provider_opened_on", "Provider HSCA start date"),
        Heading("with_nursing", "Service type - Care home service with nursing"),
        Heading("without_nursing", "Service type - Care home service without nursing"),
        Heading("older_people", "Service user band - Older People"),
        Heading("dementia", "Service user band - Dementia"),
    ),
)


class _Locations:
    """Reads the rows below one sheet's headings."""

    def __init__(self, columns: Columns) -> None:
        self._at = columns.at
        self._headings = columns.headings
        self._bands = tuple(
            (index, heading.removeprefix(_BAND))
            for index, heading in enumerate(columns.headings)
            if heading.startswith(_BAND)
        )

    def take(self, line: int, cells: Cells, into: Gathering) -> None:
        """Keep a home and its provider; set other locations aside."""
        at, headings = self._at, self._headings
        is_home = cell.yes(cells[at["is_home"]], headings[at["is_home"]])
        if is_home is None:
            raise BadRow(f"'{headings[at['is_home']]}' is blank")
        if not is_home:
            into.set_aside[RowKind.HOME] += 1
            return
        cell.refuse_hostile(cells)
        provider = self._provider(line, cells)
        home = self._home(line, cells, provider.code if provider else None)
        into.keep(RowKind.HOME, home.code, home)
        into.saw(home.opened_on)
        if provider:
            known = into.kept(RowKind.PROVIDER, provider.code)
            if known is None:
                into.keep(RowKind.PROVIDER, provider.code, provider)
            elif isinstance(known, ProviderRow) and known.name is None and provider.name:
                into.replace(RowKind.PROVIDER, provider.code, replace(provider, line=known.line))

    def _home(self, line: int, cells: Cells, provider_code: str | None) -> HomeRow:
        at, headings = self._at, self._headings
        dormant = at.get("dormant")
        return HomeRow(
            line=line,
            code=cell.code(cells[at["code"]], headings[at["code"]]),
            name=cell.name(cells[at["name"]], headings[at["name"]]),
            opened_on=cell.day(cells[at["opened_on"]], headings[at["opened_on"]]),
            provider_code=provider_code,
            ods_code=cell.optional_code(cells[at["ods_code"]], headings[at["ods_code"]], _LONGEST_ODS_CODE),
            address=self._address(cells),
            postcode=cell.postcode(cells[at["postcode"]], headings[at["postcode"]]),
            local_authority=self._text(cells, "local_authority", cell.LONGEST_AUTHORITY),
            area_ons_code=self._area(cells),
            phone=self._text(cells, "phone", cell.LONGEST_PHONE),
            beds=cell.number(cells[at["beds"]], headings[at["beds"]], _MOST_BEDS),
            with_nursing=self._yes(cells, at["with_nursing"]),
            without_nursing=self._yes(cells, at["without_nursing"]),
            serves=tuple(band for index, band in self._bands if self._yes(cells, index)),
            dormant=None if dormant is None else cell.yes(cells[dormant], headings[dormant]),
        )

    def _provider(self, line: int, cells: Cells) -> ProviderRow | None:
        at, headings = self._at, self._headings
        code = cell.optional_code(cells[at["provider"]], headings[at["provider"]])
        if not code:
            return None
        opened = at["provider_opened_on"]
        name = self._text(cells, "provider_name", cell.LONGEST_NAME)
        return ProviderRow(line, code, name or None, cell.day(cells[opened], headings[opened]))

    def _address(self, cells: Cells) -> str:
        at = self._at
        parts = (" ".join(cells[at[field]].split()) for field in ("street", "line_2", "city", "county"))
        return cell.text(", ".join(filter(None, parts)), "Location Street Address", cell.LONGEST_ADDRESS)

    def _area(self, cells: Cells) -> str:
        """The ONS code of the sub-ICB location; CQC still calls it a CCG."""
        at = self._at.get("area")
        return "" if at is None else cell.optional_code(cells[at], self._headings[at], _LONGEST_ONS_CODE)

    def _text(self, cells: Cells, field: str, longest: int) -> str:
        index = self._at[field]
        return cell.text(cells[index], self._headings[index], longest)

    def _yes(self, cells: Cells, index: int) -> bool:
        written = cells[index]
        return bool(written) and bool(cell.yes(written, self._headings[index]))


def _reader(_: Layout, columns: Columns) -> TakeRow:
    return _Locations(columns).take


KIND = FileKind("CQC active locations (.ods, .csv)", {LOCATIONS: RowKind.HOME}, _reader)
