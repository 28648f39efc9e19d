"""The command line itself: the list, what is wrong in one line, and the hook for other layers."""

import re
import sqlite3
import sys
from collections.abc import Callable
from types import ModuleType

import click
import pytest

from homeround.cli import main as command_line
from homeround.cli.start import Needs
from homeround.kernel.refusals import Invalid, NotHere

Offer = Callable[[Callable[[], object]], None]


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch) -> Offer:
    """Offer a command `trial` whose body is the function given."""
    monkeypatch.setattr(command_line, "_OFFERED", dict(command_line._OFFERED))

    def offer_trial(body: Callable[[], object]) -> None:
        module = ModuleType("trial_command")
        module.__spec__ = pytest.__spec__
        module.command = click.command("trial")(body)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "trial_command", module)
        command_line.offer("trial", "trial_command", "Try something.", Needs.NOTHING)

    return offer_trial


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        command_line.main(list(args))
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_a_command_offered_by_another_layer_is_listed_and_runs(
    offer: Offer, capsys: pytest.CaptureFixture[str]
) -> None:
    offer(lambda: click.echo("tried"))

    assert run("--help") == 0
    assert re.search(r"^  trial +Try something\.$", capsys.readouterr().out, re.MULTILINE)
    assert run("trial") == 0
    assert capsys.readouterr().out == "tried\n"


def test_alone_it_shows_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert "deadline" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "words"),
    [(["deadlin"], "No such command 'deadlin'"), (["--jsno"], "No such option"), (["trial", "x"], "unexpected extra")],
)
def test_wrong_arguments_are_one_line_and_exit_2(
    offer: Offer, capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    offer(lambda: None)

    assert run(*args) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert words in err
    assert "--help' shows an example." in err


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (NotHere(), "homeround: There is nothing here."),
        (Invalid(home="No home has this code.\nLook it up."), "homeround: No home has this code. Look it up."),
        (click.ClickException("The file is cut short."), "homeround: The file is cut short."),
    ],
)
def test_what_is_refused_or_expected_is_one_line_and_exit_1(
    offer: Offer, capsys: pytest.CaptureFixture[str], problem: Exception, line: str
) -> None:
    def refuses() -> None:
        raise problem

    offer(refuses)

    assert run("trial") == 1
    assert capsys.readouterr() == ("", f"{line}\n")


def test_a_database_that_cannot_be_used_is_one_line(offer: Offer, capsys: pytest.CaptureFixture[str]) -> None:
    from django.db.utils import OperationalError  # noqa: PLC0415 - the command line must not need it before

    def refuses() -> None:
        raise OperationalError("unable to open database file")

    offer(refuses)

    assert run("trial") == 1
    err = capsys.readouterr().err
    assert "the database cannot be used (unable to open database file). Look at HOMEROUND_DATABASE_URL." in err


@pytest.mark.parametrize(
    ("name", "do"),
    [
        ("SQLITE_BUSY", "Somebody else holds it"),
        ("SQLITE_FULL", "Make room on its disk"),
        ("SQLITE_READONLY", "writable again"),
        ("SQLITE_CORRUPT", "Put the last verified backup back"),
        ("SQLITE_CANTOPEN", "Look at HOMEROUND_DATABASE_URL"),
    ],
)
def test_what_keeps_a_database_from_working_is_said_with_what_to_do(
    offer: Offer, capsys: pytest.CaptureFixture[str], name: str, do: str
) -> None:
    from django.db.utils import OperationalError  # noqa: PLC0415 - the command line must not need it before

    def refuses() -> None:
        cause = sqlite3.OperationalError("x")
        cause.sqlite_errorname = name
        raise OperationalError("x") from cause

    offer(refuses)

    assert run("trial") == 1
    err = capsys.readouterr().err
    assert do in err
    assert err.count("\n") == 1


def test_what_nobody_expected_is_not_hidden(offer: Offer) -> None:
    def breaks() -> None:
        raise ZeroDivisionError

    offer(breaks)

    with pytest.raises(ZeroDivisionError):
        command_line.main(["trial"])


def test_a_command_ends_with_the_code_it_names(offer: Offer) -> None:
    def ends() -> None:
        click.get_current_context().exit(3)

    offer(ends)

    assert run("trial") == 3


def test_stopping_it_is_no_error_of_the_program(offer: Offer, capsys: pytest.CaptureFixture[str]) -> None:
    def stops() -> None:
        raise KeyboardInterrupt

    offer(stops)

    assert run("trial") == 130
    assert capsys.readouterr().err.strip() == "homeround: stopped."
