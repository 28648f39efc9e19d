"""Files that are refused whole, each with one clear sentence: cut short, hostile, or something else altogether. H50."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from homeround.gateways.open_data import archives
from homeround.gateways.open_data.recognise import read_file
from homeround.gateways.open_data.refused import UnreadableFile
from tests.open_data import (
    AREA,
    AREA_HEADINGS,
    AREAS,
    CQC_CSV,
    CQC_HEADINGS,
    CQC_ODS,
    EPCN_2025,
    EPRACCUR,
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
    official,
    practice,
    workbook,
    written,
)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_file(path)
    words = refused.value.words
    assert words.startswith(path.name)
    assert words.endswith(".")
    assert "\n" not in words
    return words


@pytest.mark.parametrize("share", [0.001, 0.1, 0.37, 0.5, 0.75, 0.9, 0.999])
@pytest.mark.parametrize("name", [CQC_ODS, CQC_CSV, EPCN_2025, EPRACCUR, AREAS])
def test_an_official_file_cut_short(tmp_path: Path, name: str, share: float) -> None:
    whole = official(name).read_bytes()

    refusal(written(tmp_path / Path(name).name, whole[: int(len(whole) * share)]))


@pytest.mark.parametrize("missing", [1, 2, 5, 40, 200])
def test_csv_without_its_last_bytes(tmp_path: Path, missing: int) -> None:
    whole = as_csv([AREA_HEADINGS, AREA, ("E38900002", "9Z2", "NHS Test ICB - 9Z2", *AREA[3:])]).strip()

    assert "cut short" in refusal(written(tmp_path / "areas.csv", whole[:-missing])) or missing == 200


def test_a_quotation_that_never_ends(tmp_path: Path) -> None:
    text = as_csv([CQC_HEADINGS, home()]) + '1-900002,"04/11'

    assert "line 3 is never closed" in refusal(written(tmp_path / "cqc.csv", text))


def test_cut_in_the_middle_of_a_letter(tmp_path: Path) -> None:
    whole = as_csv([CQC_HEADINGS, home(), home(Location_ID="1-900002", Location_Name="Café")]).encode()

    assert "cut short" in refusal(written(tmp_path / "cqc.csv", whole[: whole.index("é".encode()) + 1]))


@pytest.mark.parametrize("heading", [heading for heading in CQC_HEADINGS if heading != "Dormant (Y/N)"])
def test_cqc_without_a_column(tmp_path: Path, heading: str) -> None:
    at = CQC_HEADINGS.index(heading)
    rows = [[cell for index, cell in enumerate(row) if index != at] for row in (CQC_HEADINGS, home())]

    assert f"has no column '{heading}'" in refusal(written(tmp_path / "cqc.csv", as_csv(rows)))


def test_a_missing_column_names_its_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "epcn.xlsx", PCNDetails=[PCN_HEADINGS, PCN], Partners=[LINK_HEADINGS[:-1], ["x"] * 5])

    assert "has no column 'Practice to PCN Relationship End Date' in sheet 'Partners'" in refusal(path)


def test_a_missing_sheet(tmp_path: Path) -> None:
    assert "has no sheet of practices in PCNs" in refusal(workbook(tmp_path / "epcn.xlsx", A=[PCN_HEADINGS, PCN]))


def test_epraccur_without_a_column(tmp_path: Path) -> None:
    assert "has 26 columns" in refusal(written(tmp_path / "epraccur.csv", as_csv([practice()[:-1]])))


def test_headings_without_rows(tmp_path: Path) -> None:
    assert "not one row" in refusal(written(tmp_path / "areas.csv", as_csv([AREA_HEADINGS])))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n\n", "is none of the files"),
        (b"A letter to the editor, with a comma.\n", "is none of the files"),
        (b"%PDF-1.7\n\x00\x01\x02", "is neither a spreadsheet nor a text file"),
        (b"\x1f\x8b\x08\x00\x00\x00", "is neither a spreadsheet nor a text file"),
        (b"PK\x03\x04 and then nothing", "is damaged or was cut short"),
    ],
)
def test_another_file_altogether(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refusal(written(tmp_path / "cqc.csv", content))


@pytest.mark.parametrize(
    "name",
    [
        "cqc/hsca_active_locations_column_names_2026.csv",
        "cqc/cqc_latest_ratings_england_2021-02_care_homes.csv.gz",
        "ods/cqc_local_authority_to_icb_lookup_2022-11.csv",
        "practices/qof_2020-21_prevalence_practice.zip",
        "fhir/ukcore_r4_profiles.zip",
        "README.md",
    ],
)
def test_official_files_of_other_kinds(name: str) -> None:
    refusal(official(name))


def test_the_wrong_zip(tmp_path: Path) -> None:
    assert "without a CSV file" in refusal(archive(tmp_path / "epraccur.zip", readme__txt="nothing"))
    assert "holds 2 CSV files" in refusal(archive(tmp_path / "epraccur.zip", a__csv="a", b__csv="b"))


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", epraccur__csv=as_csv([practice()])).read_bytes()

    assert "holds another archive" in refusal(archive(tmp_path / "outer.zip", inner__csv=inner))


@pytest.mark.parametrize("name", ["../epraccur.csv", "/etc/epraccur.csv", "..\\epraccur.csv", "C:epraccur.csv"])
def test_a_member_that_names_a_place(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "epraccur.zip", "w") as zipped:
        zipped.writestr(zipfile.ZipInfo(name), as_csv([practice()]))

    assert "names a place outside" in refusal(tmp_path / "epraccur.zip")


def test_a_member_under_a_password(tmp_path: Path) -> None:
    path = archive(tmp_path / "epraccur.zip", epraccur__csv=as_csv([practice()]))
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + offset
        struct.pack_into("<H", content, at, struct.unpack_from("<H", content, at)[0] | 1)

    assert "password" in refusal(written(path, bytes(content)))


def as_zip(folder: Path, filling: str) -> Path:
    return archive(folder / "bomb.zip", epraccur__csv=as_csv([practice()]) + filling)


def as_xlsx(folder: Path, filling: str) -> Path:
    path = epcn_file(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/media/filling.txt", filling)
    return path


def as_ods(folder: Path, filling: str) -> Path:
    return ods_file(folder / "bomb.ods", ods_cell("Location ID"), f"<!--{filling}-->")


@pytest.mark.parametrize("packed", [as_zip, as_xlsx, as_ods])
def test_a_file_that_unpacks_to_too_much(tmp_path: Path, packed: Callable[[Path, str], Path]) -> None:
    assert "unpacks to more than" in refusal(packed(tmp_path, " " * 20_000_000))


def test_never_more_than_the_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 100)

    assert "unpacks to more than" in refusal(cqc_file(tmp_path, home()))


@pytest.mark.parametrize(
    "row",
    [
        ods_cell("x", 'table:number-columns-repeated="1000000"'),
        f'<table:table-row table:number-rows-repeated="1000000">{ods_cell("x")}</table:table-row>',
    ],
)
def test_repeats_that_would_exhaust_memory(tmp_path: Path, row: str) -> None:
    assert "repeats cells or rows" in refusal(ods_file(tmp_path / "repeats.ods", row))


def test_xml_with_entities(tmp_path: Path) -> None:
    before = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'

    assert "hostile" in refusal(ods_file(tmp_path / "entities.ods", ods_cell("x"), before=before))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_an_excel_file_with_entities(tmp_path: Path, part: str) -> None:
    path = epcn_file(tmp_path)
    with zipfile.ZipFile(path) as whole:
        members = {member: whole.read(member) for member in whole.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for member, content in members.items():
            at = content.index(b">") + 1 if content.startswith(b"<?xml") else 0
            entity = b"<!DOCTYPE a [<!ENTITY b 'b'>]>" if member == part else b""
            zipped.writestr(member, content[:at] + entity + content[at:])

    assert "hostile" in refusal(path)
