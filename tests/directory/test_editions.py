"""Editions of official files in any order give one directory; proposals of an import wait for a person. H50, ADR 9."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from django.db import transaction

from homeround.directory.actions import accept_proposals, decline_proposals, reopen_proposals
from homeround.directory.models import Body, CareHome, FileTaken, Practice, Proposal
from homeround.directory.queries import find_practices
from homeround.directory.rows import PracticeRow, RowKind, Taken
from homeround.directory.words import BodyKind
from homeround.gateways.open_data.loading import load
from homeround.gateways.open_data.recognise import read_file
from homeround.kernel.refusals import Invalid, Refusal
from tests.directory.test_take_in import AT, BY, epraccur_file, everything, pcns, take
from tests.open_data import (
    EPCN_2023,
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

pytestmark = pytest.mark.django_db


def test_the_official_editions_in_any_order_give_one_directory() -> None:
    found = []
    for order in permutations((EPCN_2023, EPCN_2025)):
        start = transaction.savepoint()
        for name in order:
            load(official_read(name), by=BY, at=AT)
        found.append(everything())
        transaction.savepoint_rollback(start)
    assert found[0] == found[1]


def test_a_practice_is_named_as_the_newest_list_names_it_until_its_own_register_does(tmp_path: Path) -> None:
    def named(name: str, day: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        return epcn_file(folder, [(*PCN[:4], day, *PCN[5:])], links=[("L90001", name, *LINK[2:])])

    older, newer = named("FLEET MEDICAL CENTRE", "20220101"), named("HART HEALTH PARTNERSHIP", "20240101")
    own = epraccur_file(tmp_path, practice(name="HART HEALTH, AS REGISTERED"))
    names = set()
    for order in permutations((older, newer)):
        start = transaction.savepoint()
        for path in order:
            take(path)
        names.add(Body.objects.get(code="L90001").name)
        take(own)
        assert Body.objects.get(code="L90001").name == "HART HEALTH, AS REGISTERED"
        transaction.savepoint_rollback(start)
    assert names == {"HART HEALTH PARTNERSHIP"}


def edition(folder: Path, name: str, *rows: list[str], opened: str) -> Path:
    """An edition of epraccur that is as new as a practice that opened on a day."""
    first = practice("L99999")
    first[10] = opened
    return written(folder / f"{name}.csv", as_csv([first, *rows]))


def test_three_editions_in_any_order(tmp_path: Path) -> None:
    files = [
        edition(tmp_path, "a", practice(name="OLD"), practice("L90002"), opened="20220101"),
        edition(tmp_path, "b", practice(name="MIDDLE"), practice("L90002", sub_icb="9Z2"), opened="20230101"),
        edition(
            tmp_path, "c", practice(name="NEW"), practice("L90002", status="C", closed="20230601"), opened="20240101"
        ),
    ]
    found = []
    for order in permutations(files):
        start = transaction.savepoint()
        for path in order:
            take(path)
        refs = [proposal.ref for proposal in Proposal.objects.filter(decided_at=None)]
        accept_proposals(by=BY, at=AT, refs=refs)
        bodies = Body.objects.filter(kind=BodyKind.PRACTICE).order_by("code")
        found.append(list(bodies.values_list("code", "name", "closed_on", "practice__sub_icb__body__code")))
        transaction.savepoint_rollback(start)
    assert len({str(each) for each in found}) == 1
    assert found[0][:2] == [("L90001", "NEW", None, "9Z1"), ("L90002", "FIRST SURGERY", date(2023, 6, 1), None)]


def test_an_older_edition_of_cqc_changes_nothing_newer_whatever_has_closed(tmp_path: Path) -> None:
    take(
        cqc_file(
            tmp_path, home(Care_homes_beds="30"), home(Location_ID="1-900002", Location_HSCA_start_date="01/06/2025")
        )
    )
    before = everything()
    older = take(cqc_file(tmp_path, home(Care_homes_beds="20")))
    assert everything() == before
    assert older.kinds[RowKind.HOME] == Taken(read=1, unchanged=1)
    assert "Older than an edition" in older.notes[0]


def test_a_newer_edition_of_cqc_counts_although_a_home_has_closed_since(tmp_path: Path) -> None:
    take(cqc_file(tmp_path, home(Care_homes_beds="30")))
    with transaction.atomic():
        take(epcn_file(tmp_path, [(*PCN[:5], "20261101", PCN[6])]))  # something else ended later
    take(cqc_file(tmp_path, home(Care_homes_beds="20")))
    assert CareHome.objects.get().beds == 20


def test_a_practice_that_turned_dormant_is_offered_no_longer(tmp_path: Path) -> None:
    rows = [practice(f"L9{number:04}", name=f"SURGERY {number}") for number in range(100)]
    take(epraccur_file(tmp_path, *rows))
    assert len(find_practices("surgery 7", AT.date(), most=99)) > 1
    rows[7] = practice("L90007", name="SURGERY 7", status="D")
    result = take(epraccur_file(tmp_path, *rows, practice("L99998", status="P", name="SURGERY PROPOSED")))
    assert result.kinds[RowKind.PRACTICE] == Taken(read=101, updated=1, unchanged=99, set_aside=1)
    assert Practice.objects.get(body__code="L90007").dormant
    assert "L90007" not in {found.code for found in find_practices("surgery 7", AT.date(), most=99)}
    assert not Body.objects.filter(code="L99998").exists()
    rows[7] = practice("L90007", name="SURGERY 7")
    take(epraccur_file(tmp_path, *rows))
    assert not Practice.objects.get(body__code="L90007").dormant


def too_many_ends(folder: Path) -> Path:
    take(epcn_file(folder, pcns(100)))
    path = epcn_file(folder, pcns(100, closed=3))
    take(path)
    return path


def test_what_is_accepted_is_done_and_said_by_whom(tmp_path: Path) -> None:
    path = too_many_ends(tmp_path)
    refs = list(Proposal.objects.values_list("ref", flat=True))
    assert len(refs) == 3
    assert accept_proposals(by=BY, at=AT, refs=refs[:2]) == 2
    assert Body.objects.filter(kind=BodyKind.PCN, closed_on=date(2025, 3, 31)).count() == 2
    decided = Proposal.objects.filter(accepted=True)
    assert set(decided.values_list("decided_by", "decided_at")) == {("tester", AT)}
    with pytest.raises(Invalid, match="No open proposal"):
        accept_proposals(by=BY, at=AT, refs=refs[:1])
    again = take(path)
    assert again.kinds[RowKind.PCN] == Taken(read=100, unchanged=99, closed=1)  # one is few enough


def test_what_is_declined_is_not_proposed_or_done_again(tmp_path: Path) -> None:
    path = too_many_ends(tmp_path)
    refs = list(Proposal.objects.values_list("ref", flat=True))
    assert decline_proposals(by=BY, at=AT, refs=refs) == 3
    again = take(path)
    assert again.proposals == []
    assert again.kinds[RowKind.PCN] == Taken(read=100, unchanged=100)
    assert not Body.objects.filter(kind=BodyKind.PCN).exclude(closed_on=None).exists()


def test_what_was_decided_by_mistake_waits_again(tmp_path: Path) -> None:
    too_many_ends(tmp_path)
    refs = list(Proposal.objects.values_list("ref", flat=True))
    accept_proposals(by=BY, at=AT, refs=refs[:2])
    decline_proposals(by=BY, at=AT, refs=refs[2:])
    assert reopen_proposals(by=BY, at=AT, refs=refs) == 3
    assert not Body.objects.filter(kind=BodyKind.PCN).exclude(closed_on=None).exists()
    assert Proposal.objects.filter(decided_at=None, decided_by="", accepted=None).count() == 3
    with pytest.raises(Invalid, match="No decided proposal"):
        reopen_proposals(by=BY, at=AT, refs=refs)


def test_a_proposal_that_a_newer_edition_does_not_repeat_is_taken_back(tmp_path: Path) -> None:
    too_many_ends(tmp_path)
    waiting = Proposal.objects.filter(decided_at=None)
    new = ("U99999", *PCN[1:4], "20250601", "", PCN[6])
    take(epcn_file(tmp_path, [*pcns(100), new]))
    assert not waiting.exists()
    assert Proposal.objects.filter(accepted=None).exclude(decided_at=None).count() == 3
    newest = ("U99998", *PCN[1:4], "20250701", "", PCN[6])
    result = take(epcn_file(tmp_path, [*pcns(100, closed=3), new, newest]))
    assert len(result.proposals) == 3
    assert set(waiting.values_list("ends_on", flat=True)) == {date(2025, 3, 31)}


def test_a_home_registered_anew_succeeds_the_one_before_once_somebody_says_so(tmp_path: Path) -> None:
    opened = {"Location_HSCA_start_date": "01/06/2025"}
    path = cqc_file(tmp_path, home(), home(Location_ID="1-900002", **opened))
    assert take(path).proposals == [
        "home 1-900002 (First Home) looks like a new registration of 1-900001 (First Home, EX1 1AA)"
    ]
    accept_proposals(by=BY, at=AT, refs=[Proposal.objects.get().ref])
    assert CareHome.objects.get(body__code="1-900002").succeeds == CareHome.objects.get(body__code="1-900001")
    assert take(path).proposals == []


def test_a_file_with_far_fewer_rows_than_the_last_asks(tmp_path: Path) -> None:
    take(epcn_file(tmp_path, pcns(200)))
    fewer = read_file(epcn_file(tmp_path, pcns(150)))
    before = everything()
    with pytest.raises(Refusal, match=r"151 rows; the last of its kind .* had 201.* --fewer-rows"):
        load(fewer, by=BY, at=AT)
    assert everything() == before
    assert FileTaken.objects.count() == 1
    load(fewer, by=BY, at=AT, is_whole=True)
    assert FileTaken.objects.count() == 2


def test_the_official_practices_after_an_edition_of_years_ago(tmp_path: Path) -> None:
    """Every practice was open then: more ends than one file brings are proposals, and accepting makes them true."""
    file = official_read(EPRACCUR)
    known = [row for row in file.edition.rows[RowKind.PRACTICE] if isinstance(row, PracticeRow)]
    rows = [practice(row.code, name=row.name) for row in known if row.opened_on.year < 2015]
    load(read_file(written(tmp_path / "then.csv", as_csv(rows))), by=BY, at=AT - timedelta(days=1))
    result = load(file, by=BY, at=AT)
    waiting = Proposal.objects.filter(decided_at=None)
    assert len(result.proposals) == waiting.count() > 1_000
    accept_proposals(by=BY, at=AT, refs=list(waiting.values_list("ref", flat=True)))
    open_now = Practice.objects.filter(body__closed_on=None, dormant=False)
    assert open_now.count() == 6_618
