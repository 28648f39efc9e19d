"""`homeround invite`: the first account of a body, in the role that adds the others. Shows and sets no password."""

import getpass

import click

KINDS = ("installation", "icb", "pcn", "practice", "home", "team")


@click.command("invite", epilog='Example: homeround invite maud --name "Maud Keeper" --kind home --body 1-990001010')
@click.argument("username")
@click.option("--name", required=True, help="The name colleagues know them by.")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What kind of body it is.")
@click.option("--body", "code", default="", help="The code of the body; not for the installation itself.")
@click.option("--email", default="", help="Their own address: the code goes there, and is not shown here.")
def command(username: str, name: str, kind: str, code: str, email: str) -> None:
    """Make the first account of a body; its holder adds everybody else.

    They choose their own password with a code that works once, within 7 days, at /way-in. With --email the code is sent
    there; without, it is shown here once, to be handed over in person.
    """
    from django.conf import settings  # noqa: PLC0415 - Django has started
    from django.utils import timezone  # noqa: PLC0415

    from homeround.accounts.actions.commands import invite_first  # noqa: PLC0415
    from homeround.kernel.audit.actor import SystemActor  # noqa: PLC0415
    from homeround.kernel.refusals import NotHere  # noqa: PLC0415

    by = SystemActor("invite", getpass.getuser())
    given = {"username": username, "name": name, "email": email, "body_kind": kind, "body_code": code}
    try:
        made = invite_first(by=by, at=timezone.now(), **given)
    except NotHere:
        raise click.UsageError(f"no {kind} with the code {code!r} is known. Look at the code, or import it.") from None
    if email:
        click.echo(f"{name} gets a code by email, and chooses a password at {settings.BASE_URL}/way-in.")
        return
    click.echo(f"Hand over in person: user name {username}, code {made}; at {settings.BASE_URL}/way-in, within 7 days.")
