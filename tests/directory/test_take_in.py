"""Files taken into the directory: counts, twice and in any order, ends, older editions, proposals. REQ-01, H50."""

from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from django.db import transaction

from homeround.directory.actions import taking_in
from homeround.directory.models import Body, CareHome, PcnPractice, Practice, SubIcb
from homeround.directory.rows import RowKind, Taken, TakenIn
from homeround.directory.words import BodyKind
from homeround.gateways.open_data.loading import load
from homeround.gateways.open_data.recognise import read_file
from homeround.kernel.audit.actor import SystemActor
from homeround.kernel.models import AuditEntry
from tests.open_data import (
    AREA,
    AREA_HEADINGS,
    AREAS,
    CQC_CSV,
    CQC_ODS,
    EPCN_2025,
    EPRACCUR,
    LINK,
    PCN,
    as_csv,
    cqc_file,
    epcn_file,
    home,
    official_read,
    practice,
    written,
)

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BY = SystemActor("import", "tester")

pytestmark = pytest.mark.django_db


def take(path: Path) -> TakenIn:
    return load(read_file(path), by=BY, at=AT)


def epraccur_file(folder: Path, *rows: list[str]) -> Path:
    return written(folder / "epraccur.csv", as_csv(rows))


def areas_file(folder: Path) -> Path:
    return written(folder / "areas.csv", as_csv([AREA_HEADINGS, AREA]))


def in_directory(kind: BodyKind) -> tuple[int, int]:
    """How many bodies of a kind there are, and how many are open."""
    bodies = Body.objects.filter(kind=kind)
    return bodies.count(), bodies.filter(closed_on=None).count()


def everything() -> list[object]:
    """All that the directory holds, by code."""
    bodies = Body.objects.order_by("kind", "code").values_list("kind", "code", "name", "opened_on", "closed_on")
    areas = SubIcb.objects.order_by("body__code").values_list("body__code", "ons_code", "icb__region__body__code")
    practices = Practice.objects.order_by("body__code").values_list("body__code", "sub_icb__body__code", "postcode")
    links = PcnPractice.objects.order_by("pk").values_list("practice__body__code", "pcn__body__code", "closed_on")
    homes = CareHome.objects.order_by("body__code").values_list("body__code", "provider__body__name", "beds", "serves")
    return [list(each) for each in (bodies, areas, practices, sorted(links, key=str), homes)]


OFFICIAL = {
    CQC_ODS: {RowKind.PROVIDER: 484, RowKind.HOME: 728},
    CQC_CSV: {RowKind.PROVIDER: 484, RowKind.HOME: 728},
    EPCN_2025: {RowKind.SUB_ICB: 114, RowKind.PCN: 1_366, RowKind.PRACTICE: 6_813, RowKind.LINK: 7_705},
    EPRACCUR: {RowKind.SUB_ICB: 106, RowKind.PRACTICE: 8_581},
    AREAS: {RowKind.REGION: 7, RowKind.ICB: 42, RowKind.SUB_ICB: 106},
}


@pytest.mark.parametrize("name", OFFICIAL)
def test_an_official_file_alone_and_again(name: str) -> None:
    file = official_read(name)
    set_aside = {kind: file.set_aside.get(kind, 0) for kind in OFFICIAL[name]}

    first = load(file, by=BY, at=AT)
    entries = AuditEntry.objects.count()
    again = load(file, by=BY, at=AT)

    if name == EPRACCUR:
        set_aside[RowKind.PRACTICE] += 74  # dormant or proposed, and not known: they make no practice
    assert first.kinds == {
        kind: Taken(read=count + set_aside[kind], created=count, set_aside=set_aside[kind])
        for kind, count in OFFICIAL[name].items()
    }
    assert again.kinds == {
        kind: Taken(read=count + set_aside[kind], unchanged=count, set_aside=set_aside[kind])
        for kind, count in OFFICIAL[name].items()
    }
    assert AuditEntry.objects.count() == entries > 0
    assert first.notes == again.notes == []
    assert first.proposals == again.proposals
    assert len(first.proposals) == (5 if name in (CQC_ODS, CQC_CSV) else 0)
    in_the_directory_stand(name)


def in_the_directory_stand(name: str) -> None:
    match name:
        case "cqc/HSCA_Active_Locations_devon_somerset.ods" | "cqc/HSCA_Active_Locations_devon_somerset.csv":
            assert in_directory(BodyKind.HOME) == (728, 728)
        case "ods/ePCN_2025-01.xlsx":
            assert in_directory(BodyKind.PCN) == (1_366, 1_285)
            assert PcnPractice.objects.count() == 7_705
            assert PcnPractice.objects.filter(closed_on=None).count() == 6_224
        case "ods/epraccur_2025-09.zip":
            assert in_directory(BodyKind.PRACTICE) == (8_581, 6_618)
        case _:
            assert in_directory(BodyKind.REGION)[0] == 7
            assert in_directory(BodyKind.ICB)[0] == 42
            assert in_directory(BodyKind.SUB_ICB)[0] == 106


def test_every_write_names_the_command_and_the_systems_user(tmp_path: Path) -> None:
    take(cqc_file(tmp_path, home()))

    actors = set(AuditEntry.objects.filter(table_name__startswith="directory_").values_list("actor", flat=True))
    assert len(actors) == 1
    assert "import" in next(iter(actors))
    assert "tester" in next(iter(actors))


def small_files(folder: Path) -> list[Path]:
    return [
        cqc_file(folder, home()),
        areas_file(folder),
        epraccur_file(
            folder,
            practice("L90001", name="FIRST SURGERY, AS REGISTERED"),
            practice("L90002", status="C", closed="20240331"),
        ),
        epcn_file(folder, links=[LINK, ("L90002", "SECOND", *LINK[2:5], "20240331"), ("L90003", "THIRD", *LINK[2:])]),
    ]


def test_any_order_gives_the_same_and_once_more_changes_nothing(tmp_path: Path) -> None:
    found = []
    for order in permutations(small_files(tmp_path)):
        start = transaction.savepoint()
        for path in order:
            take(path)
        found.append(everything())
        for path in order:
            again = take(path)
            assert all(taken.unchanged == taken.read for taken in again.kinds.values()), (order, path, again)
        transaction.savepoint_rollback(start)

    assert len(found) == 24
    assert all(each == found[0] for each in found)
    assert ("practice", "L90001", "FIRST SURGERY, AS REGISTERED", date(2000, 4, 1), None) in found[0][0]  # type: ignore[operator]
    assert ("sub_icb", "9Z1", "NHS Test ICB - 9Z1", None, None) in found[0][0]  # type: ignore[operator]


def test_a_body_mentioned_by_code_alone_has_its_code_for_a_name(tmp_path: Path) -> None:
    take(epraccur_file(tmp_path, practice()))
    assert Body.objects.get(kind=BodyKind.SUB_ICB).name == "9Z1"

    result = take(epcn_file(tmp_path))
    assert Body.objects.get(kind=BodyKind.SUB_ICB).name == "NHS TEST ICB - 9Z1"
    assert result.kinds[RowKind.SUB_ICB] == Taken(read=1, updated=1)


def test_a_link_makes_a_practice_with_code_and_name_only(tmp_path: Path) -> None:
    take(epcn_file(tmp_path))

    made = Practice.objects.get()
    assert (made.body.code, made.body.name, made.body.opened_on) == ("L90001", "FIRST SURGERY", None)
    assert (made.sub_icb, made.postcode) == (None, "")


def test_a_provider_without_a_name_is_named_by_a_later_file(tmp_path: Path) -> None:
    take(cqc_file(tmp_path, home(Provider_Name="")))
    assert Body.objects.get(kind=BodyKind.PROVIDER).name == "1-800001"

    take(cqc_file(tmp_path, home()))
    assert take(cqc_file(tmp_path, home(Provider_Name=""))).kinds[RowKind.PROVIDER].unchanged == 1
    assert Body.objects.get(kind=BodyKind.PROVIDER).name == "First Provider"


def test_what_a_register_changes_is_changed(tmp_path: Path) -> None:
    take(cqc_file(tmp_path, home(), home(Location_ID="1-900002")))

    result = take(
        cqc_file(tmp_path, home(Care_homes_beds="30", Location_Name="New Name"), home(Location_ID="1-900002"))
    )

    assert result.kinds[RowKind.HOME] == Taken(read=2, updated=1, unchanged=1)
    changed = CareHome.objects.get(body__code="1-900001")
    assert (changed.beds, changed.body.name) == (30, "New Name")


def test_a_home_that_is_not_in_a_file_stays_open(tmp_path: Path) -> None:
    take(cqc_file(tmp_path, home(), home(Location_ID="1-900002")))
    take(cqc_file(tmp_path, home()))

    assert in_directory(BodyKind.HOME) == (2, 2)


def pcns(number: int, closed: int = 0, on: str = "20250331") -> list[tuple[str, ...]]:
    return [(f"U9{each:04}", *PCN[1:5], on if each < closed else "", PCN[6]) for each in range(number)]


def test_an_end_that_a_register_gives_is_taken(tmp_path: Path) -> None:
    take(epcn_file(tmp_path, pcns(100)))

    result = take(epcn_file(tmp_path, pcns(100, closed=2)))

    assert result.kinds[RowKind.PCN] == Taken(read=100, unchanged=98, closed=2)
    assert in_directory(BodyKind.PCN) == (100, 98)


def test_too_many_ends_are_proposals(tmp_path: Path) -> None:
    take(epcn_file(tmp_path, pcns(100)))

    for _ in range(2):
        result = take(epcn_file(tmp_path, pcns(100, closed=3)))

        assert result.kinds[RowKind.PCN] == Taken(read=100, unchanged=100)
        assert in_directory(BodyKind.PCN) == (100, 100)
        assert result.proposals == [
            f"PCN U9000{each} (FIRST PCN) is given as closed on 2025-03-31" for each in range(3)
        ]
        assert "3 of 100 open are given as closed (PCN)" in result.notes[0]


def test_too_many_ends_do_not_keep_other_changes_away(tmp_path: Path) -> None:
    take(epcn_file(tmp_path, [PCN]))

    result = take(epcn_file(tmp_path, [("U90001", "RENAMED PCN", *PCN[2:5], "20250331", PCN[6])]))

    assert result.kinds[RowKind.PCN] == Taken(read=1, updated=1)
    body = Body.objects.get(kind=BodyKind.PCN)
    assert (body.name, body.closed_on) == ("RENAMED PCN", None)


def test_a_practice_known_from_a_link_learns_its_end(tmp_path: Path) -> None:
    take(epcn_file(tmp_path))

    result = take(epraccur_file(tmp_path, practice(status="C", closed="20240331")))

    assert result.kinds[RowKind.PRACTICE] == Taken(read=1, updated=1)
    assert Body.objects.get(kind=BodyKind.PRACTICE).closed_on == date(2024, 3, 31)


def test_a_link_ends_on_the_day_of_its_register(tmp_path: Path) -> None:
    take(epcn_file(tmp_path))

    result = take(epcn_file(tmp_path, links=[(*LINK[:5], "20250331"), (*LINK[:4], "20250401", None)]))

    assert result.kinds[RowKind.LINK] == Taken(read=2, created=1, closed=1)
    assert PcnPractice.objects.get(closed_on=None).opened_on == date(2025, 4, 1)


def test_an_older_edition_undoes_nothing(tmp_path: Path) -> None:
    newer = [("U90001", "NEW NAME", *PCN[2:5], "20250331", PCN[6]), ("U90002", *PCN[1:])]
    take(epcn_file(tmp_path, newer, links=[(*LINK[:5], "20250331")]))
    before = everything()

    older = take(epcn_file(tmp_path, [PCN, ("U90002", "OLD NAME", *PCN[2:])]))

    assert everything() == before
    assert older.kinds[RowKind.PCN] == Taken(read=2, unchanged=2)
    assert older.kinds[RowKind.LINK] == Taken(read=1, unchanged=1)
    assert "Older than an edition that was taken in already: 3 rows" in older.notes[0]


def test_an_older_edition_still_brings_what_is_not_known(tmp_path: Path) -> None:
    take(epcn_file(tmp_path, [(*PCN[:5], "20250331", PCN[6])]))

    result = take(epcn_file(tmp_path, [PCN, ("U90002", *PCN[1:])]))

    assert result.kinds[RowKind.PCN] == Taken(read=2, created=1, unchanged=1)


def test_a_newer_edition_may_open_again(tmp_path: Path) -> None:
    take(epcn_file(tmp_path, [(*PCN[:5], "20250331", PCN[6])]))

    take(epcn_file(tmp_path, [PCN, ("U90002", *PCN[1:4], "20250601", *PCN[5:])]))

    assert in_directory(BodyKind.PCN) == (2, 2)


def test_rows_are_written_in_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_in, "PAGE", 2)
    told: list[tuple[RowKind, int, int]] = []
    file = read_file(cqc_file(tmp_path, *(home(Location_ID=f"1-90000{each}") for each in range(5))))

    load(file, by=BY, at=AT, tell=lambda kind, done, of: told.append((kind, done, of)))

    assert [each for each in told if each[0] is RowKind.HOME] == [(RowKind.HOME, done, 5) for done in (0, 2, 4, 5)]
    assert CareHome.objects.count() == 5


def test_rejected_rows_are_counted(tmp_path: Path) -> None:
    result = take(cqc_file(tmp_path, home(), home(Location_ID=""), home(Location_ID="1-900002", Care_home="N")))

    assert result.kinds[RowKind.HOME] == Taken(read=3, created=1, set_aside=1, rejected=1)
