"""What is read from the official files: their counts, and rows known to stand in them. REQ-01, REQ-02."""

from collections import Counter
from datetime import date

import pytest

from homeround.directory.rows import HomeRow, LinkRow, PcnRow, PracticeRow, RowKind, SubIcbRow
from tests.open_data import AREAS, CQC_CSV, CQC_ODS, EPCN_2023, EPCN_2025, EPRACCUR, official_read


def homes(name: str) -> list[HomeRow]:
    return [row for row in official_read(name).edition.rows[RowKind.HOME] if isinstance(row, HomeRow)]


@pytest.mark.parametrize("name", [CQC_ODS, CQC_CSV])
def test_homes_of_devon_and_somerset(name: str) -> None:
    found = homes(name)

    assert len(found) == 728
    assert sum(home.beds or 0 for home in found) == 19_124
    assert sum(home.with_nursing for home in found) == 160
    assert sum(home.without_nursing for home in found) == 576
    assert sum("Dementia" in home.serves for home in found) == 333
    assert sum(bool(home.dormant) for home in found) == 4
    assert Counter(home.local_authority for home in found) == {
        "Devon": 324,
        "Plymouth": 97,
        "Torbay": 85,
        "Somerset": 222,
    }
    assert len(official_read(name).edition.rows[RowKind.PROVIDER]) == 484
    assert not official_read(name).rejected


def test_both_layouts_of_the_same_edition_say_the_same() -> None:
    assert homes(CQC_ODS) == homes(CQC_CSV)


def test_a_home_in_full() -> None:
    (home,) = [home for home in homes(CQC_ODS) if home.code == "1-1000587219"]

    assert (home.line, home.ods_code, home.postcode, home.beds) == (2, "VM44K", "EX1 2QE", 28)
    assert home.address == "22 Salutary Mount, Heavitree, Exeter, Devon"
    assert home.opened_on == date(2013, 11, 4)
    assert home.provider_code == "1-101693962"
    assert (home.with_nursing, home.without_nursing, home.dormant) == (False, True, False)


@pytest.mark.parametrize(
    ("name", "pcns", "open_pcns", "links", "open_links", "newest_on"),
    [
        (EPCN_2023, 1_329, 1_264, 7_455, 6_391, date(2023, 1, 9)),
        (EPCN_2025, 1_366, 1_285, 7_705, 6_224, date(2024, 10, 1)),
    ],
)
def test_pcns_and_their_practices(
    name: str, pcns: int, open_pcns: int, links: int, open_links: int, newest_on: date
) -> None:
    edition = official_read(name).edition
    pcn_rows = [row for row in edition.rows[RowKind.PCN] if isinstance(row, PcnRow)]
    link_rows = [row for row in edition.rows[RowKind.LINK] if isinstance(row, LinkRow)]

    assert (len(pcn_rows), sum(row.closed_on is None for row in pcn_rows)) == (pcns, open_pcns)
    assert (len(link_rows), sum(row.closed_on is None for row in link_rows)) == (links, open_links)
    assert edition.newest_on == newest_on
    assert not official_read(name).rejected
    assert all(mention.name for mention in edition.mentions[RowKind.PRACTICE])


def test_practices() -> None:
    file = official_read(EPRACCUR)
    rows = [row for row in file.edition.rows[RowKind.PRACTICE] if isinstance(row, PracticeRow)]

    assert file.row_count == 16_685
    active = [row for row in rows if not row.dormant]
    assert sum(row.closed_on is None for row in active) == 6_618
    assert sum(row.closed_on is not None for row in active) == 1_963
    assert sum(row.dormant for row in rows) == 74
    assert file.set_aside == {RowKind.PRACTICE: 16_685 - 6_618 - 1_963 - 74}
    assert not file.rejected


def test_health_boards_of_wales_are_no_sub_icbs() -> None:
    assert len(official_read(EPRACCUR).edition.mentions[RowKind.SUB_ICB]) == 106


def test_areas() -> None:
    rows = official_read(AREAS).edition.rows

    assert {kind: len(of_kind) for kind, of_kind in rows.items()} == {
        RowKind.REGION: 7,
        RowKind.ICB: 42,
        RowKind.SUB_ICB: 106,
    }
    assert SubIcbRow(2, "02P", "NHS South Yorkshire ICB - 02P", "E38000006", "QF7") in rows[RowKind.SUB_ICB]
