"""The `homeround` command itself: its list of commands, read only when called, and how it says what is wrong.

Exit 0: done. Exit 1: refused, or something expected went wrong: one line on stderr. Exit 2: wrong arguments or
settings: one line.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NoReturn

import click

from homeround.cli.start import Needs, start
from homeround.kernel.refusals import Refusal
from homeround.kernel.trouble import Trouble, trouble_of


@dataclass(frozen=True)
class Offered:
    """A command on the list: its name, the module that holds it as `command`, a line for the list, what it needs."""

    name: str
    module: str
    words: str
    needs: Needs


_OFFERED: Final[dict[str, Offered]] = {}


def offer(name: str, module: str, words: str, needs: Needs = Needs.READY) -> None:
    """Put a command on the list; the module is imported when the command is called. Wiring adds nonprod's `demo` so."""
    _OFFERED[name] = Offered(name, module, words, needs)


def offered() -> tuple[Offered, ...]:
    """Every command on the list."""
    return tuple(_OFFERED.values())


offer("import", "homeround.cli.imports", "Read official files: homes, PCNs, practices, areas.")
offer("proposals", "homeround.cli.proposals", "Accept or decline what imports propose.")
offer("run", "homeround.cli.run", "Serve the pages, with one worker.")
offer("worker", "homeround.cli.worker", "Run one more worker.")
offer("migrate", "homeround.cli.migrate", "Make or bring up to date the tables.", Needs.SETTINGS)
offer("check", "homeround.cli.check", "Say what is not as it must be before people rely on it.", Needs.DATABASE)
offer(
    "verify-audit",
    "homeround.cli.verify_audit",
    "Look for changed, removed or added audit entries.",
    Needs.DATABASE,
)
offer("accept-audit", "homeround.cli.accept_audit", "Say why what verify-audit finds is so, once it is looked into.")
offer(
    "deadline",
    "homeround.cli.deadline",
    "Work out when assessment and plan are due after an arrival.",
    Needs.NOTHING,
)
offer("invite", "homeround.cli.invite", "Make the first account of a body, which adds the others.")
offer("cut-off", "homeround.cli.cut_off", "End all that somebody may do, everywhere, at once.")
offer("worklist", "homeround.cli.worklist", "Show who needs seeing in a home this week, and why.")


class _Homeround(click.Group):
    """A group that imports a command only when it is called, so that the list needs neither Django nor a database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [offered.name for offered in _OFFERED.values() if find_spec(offered.module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found = _OFFERED[cmd_name]
        command = import_module(found.module).command
        if not isinstance(command, click.Command) or command.callback is None:
            raise TypeError(f"{found.module}.command is not a command.")
        started = copy(command)
        started.callback = _started(command.callback, found.needs)
        return started

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _OFFERED[name].words) for name in self.list_commands(ctx)])


def _started(body: Callable[..., Any], needs: Needs) -> Callable[..., Any]:
    """The body of a command, begun only once what it needs is there."""

    @wraps(body)
    def run(*args: Any, **kwargs: Any) -> Any:
        start(needs)
        return body(*args, **kwargs)

    return run


@click.group(
    cls=_Homeround,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: homeround deadline 2026-12-23",
)
@click.version_option(package_name="homeround", message="%(prog)s %(version)s")
@click.pass_context
def homeround(ctx: click.Context) -> None:
    """Run the Enhanced Health in Care Homes service from a terminal.

    'homeround COMMAND --help' says what a command does, with an example.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


WHAT_TO_DO: Final[Mapping[Trouble | None, str]] = {
    Trouble.SLOW: "Somebody else holds it: end what uses it, or wait, and run this again.",
    Trouble.FULL: "Make room on its disk, and run this again.",
    Trouble.READ_ONLY: "Make its file and folder, or its server, writable again.",
    Trouble.DAMAGED: "Put the last verified backup back.",
}
"""What to do about what keeps the database from working, where it is not its address."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    try:
        code = homeround.main(args=args, prog_name="homeround", standalone_mode=False)
    except click.UsageError as wrong:
        path = wrong.ctx.command_path if wrong.ctx else "homeround"
        _end(f"{path}: {wrong.format_message()} '{path} --help' shows an example.", 2)
    except click.Abort:
        _end("homeround: stopped.", 130)
    except click.ClickException as problem:
        _end(f"homeround: {problem.format_message()}", problem.exit_code)
    except Refusal as refusal:
        _end(f"homeround: {refusal.words}", 1)
    except OSError as problem:
        _end(f"homeround: {problem.filename or 'a file'} cannot be used ({problem.strerror or problem}).", 1)
    except Exception as problem:
        words = _of_the_database(problem)
        if words is None:
            raise
        do = WHAT_TO_DO.get(trouble_of(problem), "Look at HOMEROUND_DATABASE_URL.")
        _end(f"homeround: the database cannot be used ({words.rstrip('.')}). {do}", 1)
    sys.exit(code if isinstance(code, int) else 0)


def _of_the_database(problem: Exception) -> str | None:
    """What the database says of itself, without importing Django to ask; None for what is another fault.

    The words of a database's other errors hold what somebody typed, so only their kind is shown.
    """
    errors = sys.modules.get("django.db.utils")
    if errors is None or not isinstance(problem, errors.DatabaseError):
        return None
    is_its_own = isinstance(problem, errors.OperationalError) or "not a database" in str(problem)
    return str(problem) if is_its_own else type(problem).__name__


def _end(words: str, code: int) -> NoReturn:
    click.echo(" ".join(words.split()), err=True)
    sys.exit(code)
