"""What a test does whose file beside the checkout is absent: it says so, and under CI it fails."""

from pathlib import Path

import pytest

from tests import shared_files

WORDS = r"\.\./shared/vectors/none\.csv is absent"


def test_absent_it_stands_aside_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shared_files, "SHARED", tmp_path)
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match=WORDS):
        shared_files.shared_file("vectors/none.csv")


def test_absent_under_ci_it_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shared_files, "SHARED", tmp_path)
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match=WORDS):
        shared_files.shared_file("vectors/none.csv")
