"""Start Django for a command that needs it: settings, apps, wiring."""

import os

import click


def start() -> None:
    """Set Django up, once. Settings that cannot be used are one line for the person, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeround.config.settings")
    import django  # noqa: PLC0415 - `deadline` and `--help` start without it
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise click.ClickException(str(problem)) from problem
