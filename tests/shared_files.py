"""Files beside the checkout (../shared), never committed: a test that needs one says so when it is absent."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_file(name: str) -> Path:
    """The file of that name under ../shared. Absent: the test stands aside and says so; under CI it fails."""
    path = SHARED / name
    if not path.is_file():
        words = f"../shared/{name} is absent: put the shared folder beside this checkout to run this test."
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return path
