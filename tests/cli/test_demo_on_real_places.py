"""`homeround demo --open-data`: real homes, PCNs and practices of Devon; residents and staff stay made up."""

import json
from pathlib import Path

import pytest

from tests.installation import empty
from tests.shared_files import shared_file

NEEDED = (
    "data/ods/LOC22_ICB22_NHSER22_EN_LU.csv",
    "data/ods/ePCN_2025-01.xlsx",
    "data/ods/epraccur_2025-09.zip",
    "data/cqc/HSCA_Active_Locations_devon_somerset.csv",
)


@pytest.mark.slow
@pytest.mark.sqlite
def test_the_demo_stands_on_real_places_of_devon() -> None:
    first, *_ = [shared_file(name) for name in NEEDED]
    folder = first.parents[1]
    with empty() as demo:
        done = demo.run("demo", "--open-data", str(folder), "--json")
        assert done.returncode == 0, done.stderr
        listed = json.loads(done.stdout)
        assert len(listed["homes"]) == 5
        assert not [home for home in listed["homes"] if home["code"].startswith("1-99000")]
        places = {person["role"]: person["place"] for person in listed["people"]}
        assert places["ICB officer"] == "NHS Devon Integrated Care Board"
        assert places["care coordinator"].endswith("PCN")
        lived_in = "SELECT DISTINCT local_authority FROM directory_carehome JOIN residents_stay ON body_id = home_id"
        assert demo.rows(lived_in) == [("Devon",)]
        numbers = demo.rows(
            "SELECT count(*) FROM residents_identityclaim WHERE number <> '' AND number NOT LIKE '999%'"
        )
        assert numbers == [(0,)]
        assert demo.run("verify-audit").returncode == 0


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_folder_without_the_files_is_one_line(tmp_path: Path) -> None:
    with empty() as demo:
        done = demo.run("demo", "--open-data", str(tmp_path))
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "holds no file of the ONS lookup" in done.stderr
        assert not demo.rows("SELECT 1 FROM sqlite_master")
