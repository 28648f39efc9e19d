"""`homeround import`: its table, its JSON, its rejects, and one line with nothing loaded when a file is unreadable."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from homeround.cli.main import main
from homeround.directory.models import Body
from tests.open_data import AREA, AREA_HEADINGS, CQC_HEADINGS, PCN, as_csv, cqc_file, epcn_file, home, written

COUNTS = ["read", "created", "updated", "unchanged", "closed", "set_aside", "rejected"]

pytestmark = pytest.mark.django_db


def run(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["import", *map(str, args)])
    code = ended.value.code
    assert isinstance(code, int)
    return code


def as_json(capsys: pytest.CaptureFixture[str], *args: str | Path) -> list[dict[str, Any]]:
    assert run(*args, "--json") == 0
    answer: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return answer


def areas(folder: Path) -> Path:
    return written(folder / "areas.csv", as_csv([AREA_HEADINGS, AREA]))


def test_json_is_a_list_with_an_object_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = [areas(tmp_path), epcn_file(tmp_path), cqc_file(tmp_path, home())]

    first = as_json(capsys, *files)

    assert [each["file"] for each in first] == [str(path) for path in files]
    assert [list(each["kinds"]) for each in first] == [
        ["region", "ICB", "sub-ICB"],
        ["sub-ICB", "PCN", "practice", "link"],
        ["provider", "home"],
    ]
    assert all(list(counts) == COUNTS for each in first for counts in each["kinds"].values())
    assert first[2]["kinds"]["home"] == dict.fromkeys(COUNTS, 0) | {"read": 1, "created": 1}


def test_again_all_is_unchanged(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = [areas(tmp_path), epcn_file(tmp_path), cqc_file(tmp_path, home())]
    as_json(capsys, *files)

    for each in as_json(capsys, *files, files[0]):
        for counts in each["kinds"].values():
            assert counts == dict.fromkeys(COUNTS, 0) | {"read": counts["read"], "unchanged": counts["read"]}


def test_the_table_has_a_line_for_each_kind(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(cqc_file(tmp_path, home(), home(Location_ID=""))) == 0

    printed = capsys.readouterr()
    lines = [line.split() for line in printed.out.splitlines()]
    assert ["read", "created", "updated", "unchanged", "closed", "set", "aside", "rejected"] in lines
    assert ["home", "2", "1", "0", "0", "0", "0", "1"] in lines
    assert "rejected, line 3: 'Location ID' is blank." in printed.out
    assert "Give --rejects FILE" in printed.out


def test_progress_goes_to_stderr(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(cqc_file(tmp_path, home()), "--json")

    printed = capsys.readouterr()
    json.loads(printed.out)
    assert "Read cqc.csv: CQC active locations (.ods, .csv), rows: 1" in printed.err
    assert "Loading cqc.csv: home 1 of 1" in printed.err


def test_rejects_are_written_so_that_no_spreadsheet_runs_them(tmp_path: Path) -> None:
    path = cqc_file(
        tmp_path,
        home(Location_Name="", Location_City="=HYPERLINK(0)", Location_County="+1", Location_Address_Line_2="@x"),
        home(Location_ID="", Location_Street_Address="\tx", Location_Telephone_Number="-1"),
    )

    assert run(path, "--rejects", tmp_path / "rejected.csv") == 1

    with (tmp_path / "rejected.csv").open(newline="", encoding="utf-8") as file:
        heading, first, second = csv.reader(file)
    assert heading == ["file", "sheet", "line", "kind", "reason", "row"]
    assert first[:5] == ["cqc.csv", "", "2", "home", "'Location Name' is blank."]
    row = dict(zip(CQC_HEADINGS, first[5:], strict=True))
    assert row["Location City"] == "'=HYPERLINK(0)"
    assert row["Location County"] == "'+1"
    assert row["Location Address Line 2"] == "'@x"
    row = dict(zip(CQC_HEADINGS, second[5:], strict=True))
    assert row["Location Street Address"] == "'\tx"
    assert row["Location Telephone Number"] == "'-1"


def test_proposals_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    as_json(capsys, epcn_file(tmp_path))
    closing = epcn_file(tmp_path, [(*PCN[:5], "20250331", PCN[6])])

    assert as_json(capsys, closing)[0]["proposals"] == ["PCN U90001 (FIRST PCN) is given as closed on 2025-03-31"]
    assert run(closing) == 0
    assert "PCN U90001 (FIRST PCN) is given as closed on 2025-03-31" in capsys.readouterr().out


def test_one_unreadable_file_and_nothing_is_loaded(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cut = written(tmp_path / "cut.csv", as_csv([CQC_HEADINGS, home(), home()])[:-40])

    assert run(areas(tmp_path), cut) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[-1] == (
        "homeround: cut.csv was cut short: line 3, its last, is not whole. Download it again."
    )
    assert not Body.objects.exists()


@pytest.mark.parametrize("args", [(), ("no-such-file.csv",), (".",)])
def test_wrong_arguments_are_one_line(capsys: pytest.CaptureFixture[str], args: tuple[str, ...]) -> None:
    assert run(*args) == 2

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_rejects_that_cannot_be_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(cqc_file(tmp_path, home()), "--rejects", tmp_path / "no" / "folder.csv") == 1

    assert "cannot be written" in capsys.readouterr().err
    assert not Body.objects.exists()


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0

    assert "Example: homeround import" in capsys.readouterr().out


def homes(number: int, **wrong: str) -> list[list[str]]:
    return [home(Location_ID=f"1-9{each:05}", **wrong) for each in range(number)]


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [(0, 1, 1), (0, 40, 1), (1, 1, 0), (98, 2, 0), (96, 4, 1), (100, 0, 0)],
)
def test_all_or_more_than_one_row_in_fifty_rejected_is_no_success(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, good: int, bad: int, code: int
) -> None:
    rows = [*homes(good), *(home(Location_ID=f"1-8{each:05}", Care_homes_beds="many") for each in range(bad))]

    assert run(cqc_file(tmp_path, *rows)) == code

    said = capsys.readouterr().err.splitlines()[-1]
    assert ("rows were rejected" in said) is bool(code)
    assert Body.objects.filter(kind="home").count() == good


def test_numbers_and_days_as_other_programs_save_them(tmp_path: Path) -> None:
    path = cqc_file(
        tmp_path,
        home(Location_ID="1-900001", Care_homes_beds="28.0", Location_HSCA_start_date="2013-11-04T00:00:00.000Z"),
        home(Location_ID="1-900002", Care_homes_beds="1,028", Location_HSCA_start_date="01-Nov-13"),
        home(Location_ID="1-900003", Care_homes_beds="28.00", Location_HSCA_start_date="2013-11-04 00:00:00"),
    )

    assert run(path) == 0

    found = Body.objects.filter(kind="home").order_by("code").values_list("care_home__beds", "opened_on")
    assert [(beds, str(on)) for beds, on in found] == [(28, "2013-11-04"), (1028, "2013-11-01"), (28, "2013-11-04")]


def test_far_fewer_rows_ask_first(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(cqc_file(tmp_path, *homes(150))) == 0
    fewer = cqc_file(tmp_path, *homes(100, Care_homes_beds="30"))

    assert run(fewer) == 1
    assert "may have been cut short" in capsys.readouterr().err.splitlines()[-1]
    assert not Body.objects.filter(care_home__beds=30).exists()

    assert run(fewer, "--fewer-rows") == 0
    assert Body.objects.filter(care_home__beds=30).count() == 100


def proposals(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["proposals", *args])
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_proposals_are_listed_accepted_and_declined(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(epcn_file(tmp_path, [(f"U9000{each}", *PCN[1:]) for each in (1, 2)]))
    run(epcn_file(tmp_path, [(f"U9000{each}", *PCN[1:5], "20250331", PCN[6]) for each in (1, 2)]))
    capsys.readouterr()

    assert proposals("--json") == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first["words"] == "pcn U90001 (FIRST PCN) is given as closed on 2025-03-31"

    assert proposals("--accept", first["ref"]) == 0
    printed = capsys.readouterr().out
    assert "1 accepted." in printed
    assert f"{second['ref']}  pcn U90002 (FIRST PCN)" in printed
    assert [str(body.closed_on) for body in Body.objects.filter(kind="pcn")] == ["2025-03-31", "None"]

    assert proposals("--decline", "all") == 0
    assert "1 declined.\nNo proposal waits." in capsys.readouterr().out
    assert proposals("--accept", "0000000000000000") == 1
    assert "No open proposal is called 0000000000000000" in capsys.readouterr().err
    assert proposals("--accept", "all", "--decline", "all") == 2
