"""`homeround cut-off`: end all that somebody may do, everywhere, at once; and the way back."""

import getpass

import click


@click.command("cut-off", epilog="Example: homeround cut-off cora")
@click.argument("username")
@click.option("--undo", is_flag=True, help="Let them back: their roles count again, and they choose a new password.")
@click.option("--second-step-lost", is_flag=True, help="With --undo: their authenticator app is taken off as well.")
def command(username: str, undo: bool, second_step_lost: bool) -> None:
    """Switch somebody's account off, with the password and every sign-in.

    It bites on their next request. What they wrote stays. A manager of one body does the same for that body on the page
    Colleagues. The log names the operating system's user who ran this.
    """
    from django.conf import settings  # noqa: PLC0415 - Django has started
    from django.utils import timezone  # noqa: PLC0415

    from homeround.accounts.actions.commands import cut_off_everywhere, let_back  # noqa: PLC0415
    from homeround.cli.readiness import counted  # noqa: PLC0415
    from homeround.kernel.audit.actor import SystemActor  # noqa: PLC0415
    from homeround.kernel.refusals import NotHere  # noqa: PLC0415

    if second_step_lost and not undo:
        raise click.UsageError("--second-step-lost goes with --undo.")
    by, at = SystemActor("cut-off", getpass.getuser()), timezone.now()
    try:
        if undo:
            code = let_back(by=by, at=at, username=username, second_step_lost=second_step_lost)
            click.echo(f"{username} is let back. Hand over in person: code {code}; at {settings.BASE_URL}/way-in.")
            return
        roles = cut_off_everywhere(by=by, at=at, username=username)
    except NotHere:
        raise click.UsageError(f"nobody signs in as {username!r}. Look how the name is written.") from None
    click.echo(f"{username} is cut off: {counted(roles, 'role')}, the password and every sign-in.")
