"""`homeround demo`: on an empty database, once; what it lists, and what a demonstration must have in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from tests.installation import Installation, empty

REGISTERS = ("1-99",)
"""What codes of homes begin with that CQC does not issue."""


@pytest.fixture(scope="module")
def listed(demo: Installation) -> dict[str, list[dict[str, str]]]:
    """What `demo --json` lists of a demo that is built already."""
    done = demo.run("demo", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return found


def test_again_it_only_lists(demo: Installation, listed: dict[str, Any]) -> None:
    before = demo.rows("SELECT count(*) FROM kernel_audit_entry")
    done = demo.run("demo")
    assert done.returncode == 0
    assert done.stdout.startswith("The demonstration was built already; nothing was changed.\n")
    assert demo.rows("SELECT count(*) FROM kernel_audit_entry") == before
    for home in listed["homes"]:
        assert home["name"] in done.stdout


def test_homes_and_people_are_listed(listed: dict[str, Any]) -> None:
    assert list(listed) == ["homes", "people"]
    assert len(listed["homes"]) == 5
    for home in listed["homes"]:
        assert list(home) == ["code", "name", "page"]
        assert home["code"].startswith(REGISTERS)
        assert home["page"] == f"http://127.0.0.1:8000/homes/{home['code']}"
    for person in listed["people"]:
        assert list(person) == ["username", "password", "role", "place"]
    roles = {person["role"] for person in listed["people"]}
    assert len(roles) == 16, "somebody for every role"
    places = [person["place"] for person in listed["people"] if person["username"] == "grace"]
    assert len(places) == 2, "one person in two capacities"


def test_its_audit_is_sealed_and_sound(demo: Installation) -> None:
    done = demo.run("verify-audit", "--anchor", str(demo.folder / "audit-anchor.json"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not sealed yet" not in done.stdout


def test_everybody_signs_in_under_argon2_and_one_hash_was_made(demo: Installation) -> None:
    hashes = demo.rows("SELECT DISTINCT password FROM accounts_user")
    assert len(hashes) == 1
    assert Argon2PasswordHasher().verify("demonstration-only", hashes[0][0])


def test_only_numbers_that_are_never_issued(demo: Installation) -> None:
    numbers = [number for (number,) in demo.rows("SELECT number FROM residents_identityclaim WHERE number <> ''")]
    assert len(numbers) > 100
    assert not [number for number in numbers if not number.startswith("999")]


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("a home with many residents", "SELECT 1 FROM residents_stay GROUP BY home_id HAVING count(*) >= 60"),
        ("a home of no PCN", "SELECT home_id FROM residents_stay EXCEPT SELECT home_id FROM alignment_alignmentstart"),
        ("a practice that nobody knows", "SELECT 1 FROM residents_registrationstart WHERE kind = 'not_known'"),
        ("an open concern", "SELECT 1 FROM deterioration_concern WHERE ended_at IS NULL"),
        ("a concern that was answered", "SELECT 1 FROM deterioration_concern WHERE ended_at IS NOT NULL"),
        ("a call", "SELECT 1 FROM deterioration_call"),
        ("an open round", "SELECT 1 FROM rounds_round WHERE ended_at IS NULL"),
        ("a decision that awaits a reply", "SELECT 1 FROM decisions_ask WHERE ended_at IS NULL"),
        ("a query", "SELECT 1 FROM decisions_reply WHERE kind = 'query'"),
        ("a query that was answered", "SELECT 1 FROM decisions_queryanswer"),
        ("a decision that was read", "SELECT 1 FROM decisions_reply WHERE kind = 'read'"),
        ("a dispute", "SELECT 1 FROM decisions_dispute WHERE ended_at IS NULL"),
        ("a dispute that was settled", "SELECT 1 FROM decisions_settlement"),
        ("a follow-up that is due", "SELECT 1 FROM decisions_followup WHERE ended_at IS NULL"),
        ("a follow-up that was done", "SELECT 1 FROM decisions_followupending WHERE how = 'done'"),
        ("somebody expected", "SELECT 1 FROM residents_stay WHERE basis = 'expected'"),
        ("somebody who died", "SELECT 1 FROM residents_departure WHERE kind = 'died'"),
        ("an assessment that was done", "SELECT 1 FROM care_plans_completion"),
        ("mail that waits", "SELECT 1 FROM kernel_outbox"),
    ],
)  # fmt: skip
def test_there_is(demo: Installation, what: str, sql: str) -> None:
    assert demo.rows(sql), what


def test_the_worklist_of_a_terminal_shows_every_kind_of_reason(copy_of_demo: Installation) -> None:
    done = copy_of_demo.run("worklist", "--home", "1-990001010", "--json")
    assert done.returncode == 0, done.stderr
    codes = {reason["code"] for row in json.loads(done.stdout) for reason in row["reasons"]}
    assert codes >= {"concern", "clock_at_risk", "new_resident", "nothing_recorded"}


def test_a_folder_that_is_not_there_is_one_line(demo: Installation, tmp_path: Path) -> None:
    done = demo.run("demo", "--open-data", str(tmp_path / "not-there"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.sqlite
def test_a_folder_without_the_files_is_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    with empty() as demo:
        done = demo.run("demo", "--open-data", str(tmp_path))
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "holds no file of the ONS lookup" in done.stderr
        assert not demo.rows("SELECT 1 FROM sqlite_master")
