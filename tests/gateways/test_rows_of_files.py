"""Single rows: what is believed, rejected with line and reason, or set aside; headings of other editions."""

from datetime import date
from pathlib import Path

import pytest

from homeround.directory.rows import HomeRow, LinkRow, Mention, PcnRow, PracticeRow, ProviderRow, RowKind
from homeround.gateways.open_data.recognise import read_file
from tests.open_data import (
    AREA,
    AREA_HEADINGS,
    CQC_HEADINGS,
    LINK,
    LINK_HEADINGS,
    PCN,
    PCN_HEADINGS,
    archive,
    as_csv,
    cqc_file,
    epcn_file,
    home,
    ods_cell,
    ods_file,
    practice,
    workbook,
    written,
)


def only_home(path: Path) -> HomeRow:
    (row,) = read_file(path).edition.rows[RowKind.HOME]
    assert isinstance(row, HomeRow)
    return row


def reasons(path: Path) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in read_file(path).rejected]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Location_ID": ""}, "'Location ID' is blank."),
        ({"Location_ID": "1-9000;drop"}, "'Location ID' reads '1-9000;drop', which is not a code."),
        ({"Location_Name": " "}, "'Location Name' is blank."),
        ({"Location_Name": "x" * 201}, "'Location Name' is longer than 200 letters."),
        (
            {"Location_HSCA_start_date": "31/02/2020"},
            "'Location HSCA start date' reads '31/02/2020', which is not a day.",
        ),
        ({"Care_homes_beds": "many"}, "'Care homes beds' reads 'many', which is not a number from 0 to 2,000."),
        ({"Care_homes_beds": "-3"}, "'Care homes beds' reads '-3', which is not a number from 0 to 2,000."),
        ({"Care_home": "?"}, "'Care home?' reads '?' instead of Y or N."),
        ({"Care_home": ""}, "'Care home?' is blank."),
        (
            {"Location_Postal_Code": "EX1 1AA EX1 1AB"},
            "'Location Postal Code' reads 'EX1 1AA EX1 1AB', which is not a postcode.",
        ),
        ({"Location_Name": "First\x07Home"}, "holds the character U+0007, which no register writes."),
        ({"Location_Name": "First \u202eemoH"}, "holds the character U+202E, which no register writes."),
        ({"Location_City": "Exe\u2066ter"}, "holds the character U+2066, which no register writes."),
    ],
)
def test_a_bad_row_is_rejected_and_the_rest_is_kept(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    path = cqc_file(tmp_path, home(**changed), home(Location_ID="1-900002"))

    assert reasons(path) == [(2, reason)]
    assert only_home(path).code == "1-900002"


def test_rows_of_the_wrong_width(tmp_path: Path) -> None:
    path = cqc_file(tmp_path, [*home(), "more"], home()[:-1], home(Location_ID="1-900002"))

    assert reasons(path) == [
        (2, "has 22 cells where there are 21 columns."),
        (3, "has 20 cells where there are 21 columns."),
    ]


def test_a_code_given_twice(tmp_path: Path) -> None:
    assert reasons(cqc_file(tmp_path, home(), home())) == [(3, "repeats line 2, which stands.")]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = cqc_file(tmp_path, home(Location_Name="First\nHome"), home(Location_ID=""))

    assert only_home(path).name == "First Home"
    assert reasons(path) == [(4, "'Location ID' is blank.")]


def test_blank_cells_are_no_values(tmp_path: Path) -> None:
    row = only_home(cqc_file(tmp_path, home(Care_homes_beds="", Location_ODS_Code="", Dormant__Y_N="", Provider_ID="")))

    assert (row.beds, row.ods_code, row.dormant, row.provider_code) == (None, "", None, None)


def test_a_provider_is_named_by_the_row_that_names_it(tmp_path: Path) -> None:
    file = read_file(cqc_file(tmp_path, home(Provider_Name=""), home(Location_ID="1-900002")))

    assert file.edition.rows[RowKind.PROVIDER] == (ProviderRow(2, "1-800001", "First Provider", None),)


def test_other_locations_are_set_aside(tmp_path: Path) -> None:
    file = read_file(cqc_file(tmp_path, home(), home(Location_ID="1-900002", Care_home="N", Location_Name="\x07")))

    assert file.set_aside == {RowKind.HOME: 1}
    assert not file.rejected


@pytest.mark.parametrize("rows_above", [1, 6])
def test_blank_rows_above_the_headings(tmp_path: Path, rows_above: int) -> None:
    blank = [[""] * len(CQC_HEADINGS)] * rows_above
    path = written(tmp_path / "cqc.csv", as_csv([*blank, CQC_HEADINGS, home()]))

    assert only_home(path).line == rows_above + 2


def test_an_older_edition_without_the_dormant_column(tmp_path: Path) -> None:
    at = CQC_HEADINGS.index("Dormant (Y/N)")
    rows = [[cell for index, cell in enumerate(row) if index != at] for row in (CQC_HEADINGS, home())]

    assert only_home(written(tmp_path / "cqc.csv", as_csv(rows))).dormant is None


def test_headings_in_other_letters_and_order(tmp_path: Path) -> None:
    rows = [[cell.upper().replace(" ", "\n") for cell in reversed(CQC_HEADINGS)], list(reversed(home()))]

    assert only_home(written(tmp_path / "cqc.csv", as_csv(rows))).code == "1-900001"


def test_a_file_in_the_code_page_of_windows(tmp_path: Path) -> None:
    text = as_csv([CQC_HEADINGS, home(Location_Name="Café’s Home")])

    assert only_home(written(tmp_path / "cqc.csv", text.encode("cp1252"))).name == "Café’s Home"


def test_empty_cells_of_an_ods_file_repeat_and_filled_ones_too(tmp_path: Path) -> None:
    headings = "".join(ods_cell(heading) for heading in CQC_HEADINGS)
    empty = '<table:table-cell table:number-columns-repeated="1"/>'
    cells = [ods_cell(cell) if cell else empty for cell in home()]
    trailing = '<table:table-cell table:number-columns-repeated="16000"/>'
    blank_rows = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    path = ods_file(tmp_path / "cqc.ods", headings, "".join(cells) + trailing, blank_rows)

    assert only_home(path) == only_home(cqc_file(tmp_path, home()))


def test_a_gap_in_an_ods_row_moves_on(tmp_path: Path) -> None:
    width = len(CQC_HEADINGS)
    headings = "".join(ods_cell(heading) for heading in CQC_HEADINGS)
    yes = CQC_HEADINGS.index("Service type - Care home service with nursing")
    head = "".join(ods_cell(cell) if cell else "<table:table-cell/>" for cell in home()[:yes])
    tail = ods_cell("Y", f'table:number-columns-repeated="{width - yes}"')
    row = only_home(ods_file(tmp_path / "cqc.ods", headings, head + tail))

    assert (row.with_nursing, row.without_nursing, row.serves) == (True, True, ("Dementia", "Older People"))


def test_formulas_and_notes_of_an_ods_file(tmp_path: Path) -> None:
    headings = "".join(ods_cell(heading) for heading in CQC_HEADINGS)
    note = "<office:annotation><text:p>somebody wrote a note</text:p></office:annotation><text:p>First Home</text:p>"
    cells = "".join(ods_cell(cell) if cell else "<table:table-cell/>" for cell in home())
    cells = cells.replace("<text:p>First Home</text:p>", note)
    cells = cells.replace("<table:table-cell ><text:p>28", '<table:table-cell table:formula="of:=14*2"><text:p>28')
    row = only_home(ods_file(tmp_path / "cqc.ods", headings, cells))

    assert (row.name, row.beds) == ("First Home", 28)


def test_formulas_of_an_excel_file_are_not_evaluated(tmp_path: Path) -> None:
    path = epcn_file(tmp_path, pcns=[PCN, ("U90002", '=CONCAT("A","B")', *PCN[2:])])

    assert reasons(path) == [(3, "'PCN Name' is blank.")]


def test_numbers_and_dates_of_an_excel_file(tmp_path: Path) -> None:
    path = epcn_file(
        tmp_path, pcns=[(*PCN[:4], 20200101, date(2021, 3, 31), PCN[6])], links=[(*LINK[:4], 20200101.0, None)]
    )
    rows = read_file(path).edition.rows

    assert rows[RowKind.PCN] == (
        PcnRow(2, "U90001", "FIRST PCN", date(2020, 1, 1), date(2021, 3, 31), "9Z1", "EX1 1AA"),
    )
    assert rows[RowKind.LINK] == (LinkRow(2, "L90001", "U90001", date(2020, 1, 1), None),)


def test_an_epcn_edition_of_the_time_of_ccgs(tmp_path: Path) -> None:
    headings = ("PCN Code", "PCN Name", "Current CCG Code", "CCG Name", *PCN_HEADINGS[4:])
    path = workbook(tmp_path / "epcn.xlsx", A=[headings, PCN], B=[LINK_HEADINGS, LINK])

    assert read_file(path).edition.mentions[RowKind.SUB_ICB] == (Mention(2, RowKind.SUB_ICB, "9Z1", PCN[3]),)


def test_rejected_rows_name_their_sheet(tmp_path: Path) -> None:
    path = epcn_file(
        tmp_path, links=[LINK, ("L90002", "SECOND", *LINK[2:4], "20210101", "20200101"), (*LINK[:4], None, None)]
    )

    assert [(row.sheet, row.line, row.kind, row.reason) for row in read_file(path).rejected] == [
        ("Partners", 3, RowKind.LINK, "ends on 2020-01-01 before it begins on 2021-01-01."),
        ("Partners", 4, RowKind.LINK, "'Practice to PCN Relationship Start Date' is blank."),
    ]


def test_a_pcn_that_only_a_link_names(tmp_path: Path) -> None:
    path = epcn_file(tmp_path, links=[(*LINK[:2], "U90009", "NINTH PCN", *LINK[4:])])

    assert read_file(path).edition.mentions[RowKind.PCN] == (Mention(2, RowKind.PCN, "U90009", "NINTH PCN"),)


def test_practices_kept_set_aside_and_rejected(tmp_path: Path) -> None:
    rows = [
        practice("L90001"),
        practice("L90002", status="C", closed="20240331"),
        practice("L90003", status="D"),
        practice("L90004", setting="0"),
        practice("L90005", status="C"),
        practice("L90006", status="X"),
        practice("W90007", region="W00", sub_icb="7A1"),
    ]
    file = read_file(archive(tmp_path / "epraccur.zip", epraccur__csv=as_csv(rows), about__txt="notes"))
    kept = [row for row in file.edition.rows[RowKind.PRACTICE] if isinstance(row, PracticeRow)]

    assert [(row.code, row.closed_on, row.sub_icb_code) for row in kept] == [
        ("L90001", None, "9Z1"),
        ("L90002", date(2024, 3, 31), None),
        ("L90003", None, None),
        ("W90007", None, None),
    ]
    assert [row.code for row in kept if row.dormant] == ["L90003"]
    assert file.set_aside == {RowKind.PRACTICE: 1}
    assert [(row.line, row.reason) for row in file.rejected] == [
        (5, "is closed, without the day it closed."),
        (6, "has the status 'X', which is not known."),
    ]


def test_areas_of_a_later_year(tmp_path: Path) -> None:
    headings = [heading.replace("LOC22", "SICBL24").replace("22", "24") for heading in AREA_HEADINGS]
    file = read_file(written(tmp_path / "areas.csv", "\ufeff" + as_csv([headings, AREA])))

    assert [
        row.code for kind in RowKind for row in file.edition.rows.get(kind, ()) if not isinstance(row, LinkRow)
    ] == [
        "Y9Z",
        "Q9Z",
        "9Z1",
    ]


def test_a_row_that_says_something_else_of_a_region(tmp_path: Path) -> None:
    other = ("E38900002", "9Z2", "NHS Test ICB - 9Z2", *AREA[3:8], "Another Region")
    path = written(tmp_path / "areas.csv", as_csv([AREA_HEADINGS, AREA, other]))

    assert reasons(path) == [(3, "says something else of region Y9Z than line 2.")]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    path = cqc_file(tmp_path, *(home(Location_ID=f"1-{number}") for number in range(2_500)))
    read_file(path, told.append)

    assert told == [1_000, 2_000, 2_500]
