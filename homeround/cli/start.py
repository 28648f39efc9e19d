"""What a command needs before its body runs: nothing, settings, or a database that can be worked with.

Said once, where the command is put on the list (main.py), and done there before the body: a new command is refused on a
database without its triggers unless it says in so many words that it needs less. H57.
"""

import os
from collections.abc import Callable
from enum import Enum
from typing import Final

import click


class Needs(Enum):
    """How much must be there before a command begins."""

    NOTHING = "nothing: neither settings nor a database"
    SETTINGS = "settings; it makes the database itself"
    DATABASE = "settings and a database that is there; it says itself what is wrong with it"
    READY = "a database that is migrated, stamped and fit, with every trigger"


class NotSetUp(click.ClickException):
    """What stands in the environment cannot be used; exit 2, as for wrong arguments."""

    exit_code = 2


_BEFORE_SETTINGS: Final[list[Callable[[], str]]] = []


def look_before_settings(look: Callable[[], str]) -> None:
    """Ask `look` before settings are read, which makes files: what it says is refused. config/command.py adds one."""
    _BEFORE_SETTINGS.append(look)


def start(needs: Needs) -> None:
    """Bring up what a command needs. What cannot be used is one line for the person, not a traceback."""
    if needs is Needs.NOTHING:
        return
    if needs is not Needs.SETTINGS:
        for look in _BEFORE_SETTINGS:
            if wrong := look():
                raise click.ClickException(wrong)
    _set_up()
    if needs is Needs.READY:
        from homeround.cli.readiness import not_ready  # noqa: PLC0415 - Django has started

        faults = not_ready()
        if faults:
            raise click.ClickException(str(faults[0]))


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeround.config.settings")
    import django  # noqa: PLC0415 - `deadline` and `--help` start without it
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise NotSetUp(str(problem)) from problem
