"""`homeround deadline`: the shape of its answer, its refusals, and that it needs no database. REQ-67."""

import csv
import json
import os
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from homeround.cli.main import main
from tests.shared_files import shared_file


def deadline(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["deadline", *args])
    code = ended.value.code
    assert isinstance(code, int)
    return code


def as_json(capsys: pytest.CaptureFixture[str], *args: str) -> list[dict[str, Any]]:
    assert deadline(*args, "--json") == 0
    answer: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return answer


def test_json_has_these_keys_in_the_order_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "2026-12-23", "2026-06-05", "2026-12-23") == [
        {
            "arrived_on": arrived_on,
            "due_working_on": due_working_on,
            "due_calendar_on": due_calendar_on,
            "provisional": False,
        }
        for arrived_on, due_working_on, due_calendar_on in [
            ("2026-12-23", "2027-01-06", "2026-12-30"),
            ("2026-06-05", "2026-06-16", "2026-06-12"),
            ("2026-12-23", "2027-01-06", "2026-12-30"),
        ]
    ]


def test_the_vectors_hold_through_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with shared_file("vectors/working_days.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))

    answers = as_json(capsys, *(row["admitted"] for row in rows))

    assert [(answer["due_working_on"], answer["due_calendar_on"]) for answer in answers] == [
        (row["due_working"], row["due_calendar_7"]) for row in rows
    ]


@pytest.mark.parametrize(
    ("arrived_on", "due_on", "provisional"),
    [
        ("2024-02-29", "2024-03-11", False),
        ("2028-02-29", "2028-03-09", False),
        ("2028-12-18", "2028-12-29", False),
        ("2028-12-19", "2029-01-01", True),
    ],
)
def test_29_february_and_the_horizon(
    capsys: pytest.CaptureFixture[str], arrived_on: str, due_on: str, provisional: bool
) -> None:
    (answer,) = as_json(capsys, arrived_on)

    assert (answer["due_working_on"], answer["provisional"]) == (due_on, provisional)


def test_in_words_it_says_how_it_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert deadline("2028-12-22") == 0

    words = capsys.readouterr().out
    assert "Arrived Fri 22 Dec 2028: due by the end of Thu 4 Jan 2029 (provisional)" in words
    assert "Mon 25 Dec 2028 (Christmas Day)" in words


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "Missing argument 'DATE...'"),
        (["23/12/2026"], "'23/12/2026' is not a date. Write it as year-month-day, for example 2026-12-23."),
        (["20261223"], "is not a date"),
        (["2026-W52-3"], "is not a date"),
        (["２０２６-12-23"], "is not a date"),
        (["2026-02-29"], "there is no day 2026-02-29"),
        (["9999-12-30"], "too far ahead"),
        (["2026-12-23", ""], "is not a date"),
        (["2026-12-23\nx"], "is not a date"),
        (["2026-12-23", "--xml"], "No such option"),
    ],
)
def test_wrong_arguments_are_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    assert deadline(*args) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert words in err
    assert "'homeround deadline --help' shows an example." in err


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert deadline("--help") == 0
    assert "Example: homeround deadline 2026-12-23" in capsys.readouterr().out


@pytest.mark.parametrize("args", [["deadline", "2026-12-23"], ["--help"], ["deadline", "--help"]])
def test_it_starts_without_django_or_a_database(args: list[str]) -> None:
    program = (
        "import sys\n"
        "from homeround.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    assert 'django' not in sys.modules\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEROUND", "DJANGO"))}

    ended = subprocess.run(
        [sys.executable, "-c", program, *args],
        env=environment | {"HOMEROUND_DATABASE_URL": "nonsense"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout


def test_today_is_no_part_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "2012-02-29")[0]["due_calendar_on"] == date(2012, 3, 7).isoformat()
