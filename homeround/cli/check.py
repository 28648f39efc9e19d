"""`homeround check`: what is not as it must be before people rely on this installation, each with what to do."""

import click


@click.command("check", epilog="Example: homeround check")
def command() -> None:
    """Say what is not as it must be, and what to do.

    What a demonstration may do without is shown as a note; on a live database it fails. The exit code is 1 when
    anything fails.
    """
    from homeround.cli.checking import looked_at  # noqa: PLC0415 - Django has started
    from homeround.cli.readiness import counted  # noqa: PLC0415

    found = looked_at()
    for fault in found.failing:
        click.echo(f"fails: {fault}")
    for fault in found.notes:
        click.echo(f"for a demonstration only: {fault}")
    if found.failing:
        raise click.ClickException(f"this {found.what} is not ready: {counted(len(found.failing), 'fault')}.")
    click.echo(f"Nothing fails. This is a {found.what}.")
