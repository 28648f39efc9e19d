"""The official files beside the checkout, each read once for all tests; and small files made for a test.

HOMEROUND_TEST_OPEN_DATA names another folder than ../shared/data. Absent: the test says so, and under CI it fails.
"""

import csv
import io
import os
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

import openpyxl

from homeround.gateways.open_data.reading import FileRead
from homeround.gateways.open_data.recognise import read_file
from tests.shared_files import shared_file

CQC_ODS = "cqc/HSCA_Active_Locations_devon_somerset.ods"
CQC_CSV = "cqc/HSCA_Active_Locations_devon_somerset.csv"
EPCN_2023 = "ods/ePCN_2023-01.xlsx"
EPCN_2025 = "ods/ePCN_2025-01.xlsx"
EPRACCUR = "ods/epraccur_2025-09.zip"
AREAS = "ods/LOC22_ICB22_NHSER22_EN_LU.csv"

CQC_HEADINGS = (
    "Location ID",
    "Location HSCA start date",
    "Dormant (Y/N)",
    "Care home?",
    "Location Name",
    "Location ODS Code",
    "Location Telephone Number",
    "Care homes beds",
    "Location Local Authority",
    "Location Street Address",
    "Location Address Line 2",
    "Location City",
    "Location County",
    "Location Postal Code",
    "Provider ID",
    "Provider Name",
    "Provider HSCA start date",
    "Service type - Care home service with nursing",
    "Service type - Care home service without nursing",
    "Service user band - Dementia",
    "Service user band - Older People",
)
HOME = {
    "Location ID": "1-900001",
    "Location HSCA start date": "04/11/2013",
    "Dormant (Y/N)": "N",
    "Care home?": "Y",
    "Location Name": "First Home",
    "Location ODS Code": "ZZH01",
    "Care homes beds": "28",
    "Location Local Authority": "Devon",
    "Location Street Address": "1 Test Street",
    "Location City": "Exeter",
    "Location Postal Code": "EX1 1AA",
    "Provider ID": "1-800001",
    "Provider Name": "First Provider",
    "Service type - Care home service without nursing": "Y",
    "Service user band - Older People": "Y",
}
AREA_HEADINGS = tuple(f"{area}22{what}" for area in ("LOC", "ICB", "NHSER") for what in ("CD", "CDH", "NM"))
AREA = ("E38900001", "9Z1", "NHS Test ICB - 9Z1", "E54900001", "Q9Z", "NHS Test ICB", "E40900001", "Y9Z", "Test Region")
PCN_HEADINGS = (
    "PCN Code",
    "PCN Name",
    "Current Sub ICB Loc Code",
    "Sub ICB Location",
    "Open Date",
    "Close Date",
    "Postcode",
)
PCN = ("U90001", "FIRST PCN", "9Z1", "NHS TEST ICB - 9Z1", "20200101", "", "EX1 1AA")
LINK_HEADINGS = (
    "Partner\nOrganisation\nCode",
    "Partner\nName",
    "PCN Code",
    "PCN Name",
    "Practice to PCN\nRelationship\nStart Date",
    "Practice to PCN\nRelationship\nEnd Date",
)
LINK = ("L90001", "FIRST SURGERY", "U90001", "FIRST PCN", "20200101", None)


def official(name: str) -> Path:
    """One of the official files."""
    elsewhere = os.environ.get("HOMEROUND_TEST_OPEN_DATA")
    return Path(elsewhere) / name if elsewhere else shared_file(f"data/{name}")


@cache
def official_read(name: str) -> FileRead:
    """One of the official files, read through: once for all tests of a process."""
    return read_file(official(name))


def home(**changed: str) -> list[str]:
    """A row of CQC's file; give columns by their headings with underscores for what is no letter: `Location_ID=...`."""
    row = {**HOME, **{key: value for key, value in changed.items() if key in CQC_HEADINGS}}
    for key, value in changed.items():
        (heading,) = [each for each in CQC_HEADINGS if _as_key(each) == _as_key(key)]
        row[heading] = value
    return [row.get(heading, "") for heading in CQC_HEADINGS]


def _as_key(heading: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in heading).strip("_")


def practice(
    code: str = "L90001", *, status: str = "A", closed: str = "", setting: str = "4", **more: str
) -> list[str]:
    """A row of epraccur."""
    row = [""] * 27
    row[0], row[1], row[2], row[3] = code, more.get("name", "FIRST SURGERY"), more.get("region", "Y9Z"), "Q9Z"
    row[9], row[10], row[11], row[12] = "EX1 1AA", "20000401", closed, status
    row[14], row[17], row[25] = more.get("sub_icb", "9Z1"), "01392 000000", setting
    return row


def as_csv(rows: Iterable[Sequence[str | None]], line_end: str = "\r\n") -> str:
    """Rows as the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def written(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cqc_file(folder: Path, *rows: list[str], name: str = "cqc.csv") -> Path:
    """A CQC file of these rows, as CSV."""
    return written(folder / name, as_csv([CQC_HEADINGS, *rows]))


def workbook(path: Path, **sheets: Iterable[Sequence[object]]) -> Path:
    """An Excel workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    book.close()
    return path


def epcn_file(
    folder: Path, pcns: Iterable[Sequence[object]] = (PCN,), links: Iterable[Sequence[object]] = (LINK,)
) -> Path:
    """An ePCN workbook of these rows."""
    return workbook(folder / "epcn.xlsx", PCNDetails=[PCN_HEADINGS, *pcns], Partners=[LINK_HEADINGS, *links])


def archive(path: Path, **members: str | bytes) -> Path:
    """A zip archive of these members; a double underscore in a name stands for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name.replace("__", "."), content)
    return path


def ods_cell(text: str, attributes: str = "") -> str:
    """A cell of an .ods sheet."""
    return f"<table:table-cell {attributes}><text:p>{escape(text)}</text:p></table:table-cell>"


def ods_file(path: Path, *rows: str, before: str = "") -> Path:
    """An .ods file whose one sheet has these rows, each the XML of its cells."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    body = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows
    )
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Locations">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive(path, mimetype="application/vnd.oasis.opendocument.spreadsheet", content__xml=content)
