"""`homeround accept-audit`: say why what verify-audit finds is so, after which it is no fault any more."""

import getpass

import click


@click.command(
    "accept-audit", epilog='Example: homeround accept-audit --because "Backup of 24 Nov put back, disk broken"'
)
@click.option("--because", required=True, help="Why it is so: what happened, who decided, when.")
def command(because: str) -> None:
    """Accept what verify-audit finds now.

    For an older copy that was put back on purpose, a lost key, or a seal made without the key: what cannot be undone.
    Each finding is listed, stays in the log with the reason and the operating system's user, and is no fault any more.
    An anchor that does not fit is kept beside the new one. Look first whether somebody meant harm.
    """
    from django.utils import timezone  # noqa: PLC0415 - Django has started

    from homeround.cli.readiness import counted  # noqa: PLC0415
    from homeround.kernel.audit.accept import accept  # noqa: PLC0415
    from homeround.kernel.audit.actor import SystemActor  # noqa: PLC0415
    from homeround.kernel.audit.verify import verify  # noqa: PLC0415
    from homeround.kernel.delivery import heartbeat  # noqa: PLC0415

    if not because.strip():
        raise click.UsageError("--because is empty: say what happened.")
    verdict = verify()
    if verdict.is_sound:
        heartbeat.is_over(heartbeat.FORGED)
        click.echo("Nothing is found, so there is nothing to accept.")
        return
    for finding in verdict.findings:
        click.echo(f"accepted: {finding.what}: {finding.words}")
    at = timezone.now()
    by = SystemActor("accept-audit", getpass.getuser())
    aside = accept({finding.key for finding in verdict.findings}, because=because.strip(), at=at, by=by)
    heartbeat.is_over(heartbeat.FORGED)
    click.echo(f"{counted(len(verdict.findings), 'finding')} accepted; the reason is in the log.")
    if aside is not None:
        click.echo(f"The anchor of before is kept as {aside}.")
