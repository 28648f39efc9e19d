"""Start Django for a command that needs it: settings, apps, wiring, and a database that can be worked with."""

import os

import click


class NotSetUp(click.ClickException):
    """What stands in the environment cannot be used; exit 2, as for wrong arguments."""

    exit_code = 2


def start() -> None:
    """Set Django up, once. Settings that cannot be used are one line for the person, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeround.config.settings")
    import django  # noqa: PLC0415 - `deadline` and `--help` start without it
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise NotSetUp(str(problem)) from problem


def start_ready() -> None:
    """Set Django up, and refuse a database that is not migrated, not stamped, or lacks a trigger."""
    start()
    from homeround.cli.readiness import not_ready  # noqa: PLC0415 - Django has started

    faults = not_ready()
    if faults:
        raise click.ClickException(str(faults[0]))
