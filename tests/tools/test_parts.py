"""The end of a run says what ran, and what could not run fails under CI."""

import pytest

from tools import parts


@pytest.fixture
def three_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        parts,
        "PARTS",
        {"good": lambda: parts.PASSED, "bad": lambda: parts.FAILED, "absent": lambda: parts.COULD_NOT_RUN},
    )
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("three_parts")
def test_a_failed_part_does_not_stop_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert parts.main(["bad", "good"]) == 1
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[-3:-1]] == [
        ["bad", "failed"],
        ["good", "passed"],
    ]


@pytest.mark.usefixtures("three_parts")
def test_what_could_not_run_fails_under_ci_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parts.main(["good", "absent"]) == 0
    monkeypatch.setenv("CI", "true")
    assert parts.main(["good", "absent"]) == 1


@pytest.mark.usefixtures("three_parts")
def test_an_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert parts.main(["good", "goood"]) == 2
    assert "goood" in capsys.readouterr().err


def test_what_runs_on_both_databases_is_there() -> None:
    both = {f"{parts.OF_PAGES}/{name}" for name in parts.PAGES_ON_BOTH}
    assert all((parts.ROOT / name).is_file() for name in (*both, *parts.ASK_NO_DATABASE) if name.endswith(".py"))
    once = set(parts.pages_once())
    assert once
    assert not once & both
