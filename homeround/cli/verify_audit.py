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

    Each thing found is one line, and the exit code is 1. Seals show what was changed after it was sealed; only an
    anchor kept outside the database shows that the end was cut off together with its seals.
    """
    from homeround.cli.readiness import counted, unmigrated, unstamped  # noqa: PLC0415 - Django has started
    from homeround.kernel.audit.seal import UnreadableAnchor, read_anchor  # noqa: PLC0415
    from homeround.kernel.audit.verify import verify  # noqa: PLC0415

    for fault in unmigrated() or unstamped():
        raise click.ClickException(str(fault))
    try:
        known = read_anchor(anchor) if anchor else None
    except UnreadableAnchor as problem:
        raise click.ClickException(str(problem)) from problem
    verdict = verify(known)
    for finding in verdict.findings:
        click.echo(f"{finding.what}: {finding.words}")
    unsealed = f"; {verdict.unsealed:,} not sealed yet" if verdict.unsealed else ""
    click.echo(f"Sealed entries: {verdict.sealed:,}{unsealed}.")
    if not verdict.is_sound:
        raise click.ClickException(f"the audit log is not sound: {counted(len(verdict.findings), 'finding')}.")
    click.echo("Nothing was changed, removed, added or reordered." + ("" if anchor else " No anchor was given."))
