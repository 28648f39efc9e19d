"""`homeround verify-audit`: has anybody tampered with the audit log?"""

from pathlib import Path

import click


@click.command("verify-audit", epilog="Example: homeround verify-audit --anchor /mnt/safe/audit-anchor.json")
@click.option(
    "--anchor",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of audit-anchor.json kept elsewhere: shows a cut-off end, and an older copy put back.",
)
def command(anchor: Path | None) -> None:
    """Look for changed, removed, added or reordered entries.

    Each thing found is one line, and the exit code is 1. Seals show what was changed after it was sealed. The anchor
    beside the data shows an older copy and a cut-off end; one kept elsewhere also shows them where somebody holds the
    machine. What a person has accepted (accept-audit) is listed and is no fault.
    """
    from homeround.cli.readiness import counted, unmigrated, unstamped  # noqa: PLC0415 - Django has started
    from homeround.kernel.audit import seal  # noqa: PLC0415
    from homeround.kernel.audit.verify import verify  # noqa: PLC0415
    from homeround.kernel.calendar.times import shown  # noqa: PLC0415

    for fault in unmigrated() or unstamped():
        raise click.ClickException(str(fault))
    try:
        known = seal.read_anchor(anchor) if anchor else None
    except seal.UnreadableAnchor as problem:
        raise click.ClickException(str(problem)) from problem
    verdict = verify(known)
    for finding in verdict.findings:
        click.echo(f"{finding.what}: {finding.words}")
    for finding in verdict.accepted:
        click.echo(f"accepted before: {finding.what}: {finding.words}")
    click.echo(f"Sealed entries: {verdict.sealed:,}.")
    since = seal.unsealed_since()
    if verdict.unsealed and since is not None:
        click.echo(
            f"Not sealed yet: {verdict.unsealed:,}, the oldest of {shown(since)}. Whoever may write the tables could "
            "still change these unseen; a worker seals every minute."
        )
    if not verdict.is_sound:
        raise click.ClickException(f"the audit log is not sound: {counted(len(verdict.findings), 'finding')}.")
    compared = "the anchor given and the one beside the data" if anchor else "the anchor beside the data only"
    click.echo(f"Nothing was changed, removed, added or reordered. Compared with {compared}.")
