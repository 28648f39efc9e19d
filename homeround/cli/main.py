"""The `homeround` command itself: its list of commands, read only when called, and how it says what is wrong.

Exit 0: done. Exit 1: refused, or something expected went wrong: one line on stderr. Exit 2: wrong arguments or
settings: one line.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Final, NoReturn

import click

from homeround.kernel.refusals import Refusal


@dataclass(frozen=True)
class Offered:
    """A command on the list: its name, the module that holds it as `command`, and a line for the list."""

    name: str
    module: str
    words: str


_OFFERED: Final[dict[str, Offered]] = {}


def offer(name: str, module: str, words: str) -> None:
    """Put a command on the list; the module is imported when the command is called. Wiring adds nonprod's `demo` so."""
    _OFFERED[name] = Offered(name, module, words)


offer("import", "homeround.cli.imports", "Read official files: homes, PCNs, practices, areas.")
offer("run", "homeround.cli.run", "Serve the pages, with one worker.")
offer("worker", "homeround.cli.worker", "Run one more worker.")
offer("migrate", "homeround.cli.migrate", "Make or bring up to date the tables.")
offer("check", "homeround.cli.check", "Say what is not as it must be before people rely on it.")
offer("verify-audit", "homeround.cli.verify_audit", "Look for changed, removed or added audit entries.")
offer("deadline", "homeround.cli.deadline", "Work out when assessment and plan are due after an arrival.")
offer("worklist", "homeround.cli.worklist", "Show who needs seeing in a home this week, and why.")


class _Homeround(click.Group):
    """A group that imports a command only when it is called, so that the list needs neither Django nor a database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [offered.name for offered in _OFFERED.values() if find_spec(offered.module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(_OFFERED[cmd_name].module).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{_OFFERED[cmd_name].module}.command is not a command.")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _OFFERED[name].words) for name in self.list_commands(ctx)])


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
    except Exception as problem:
        if not _is_the_database(problem):
            raise
        _end(f"homeround: the database cannot be used ({problem}). Look at HOMEROUND_DATABASE_URL.", 1)
    sys.exit(code if isinstance(code, int) else 0)


def _is_the_database(problem: Exception) -> bool:
    """Whether Django says that the database cannot be used, without importing Django to ask."""
    errors = sys.modules.get("django.db.utils")
    return errors is not None and isinstance(problem, errors.OperationalError)


def _end(words: str, code: int) -> NoReturn:
    click.echo(" ".join(words.split()), err=True)
    sys.exit(code)
