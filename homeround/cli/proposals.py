"""`homeround proposals`: what imports put before a person; accept or decline it."""

import getpass
import json
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from homeround.directory.queries import ProposalWaiting

ALL: Final = "all"
_SHOWN: Final = 50


@click.command("proposals", epilog="Example: homeround proposals --accept 7K2M9QXVBN4TDH3C")
@click.option("--accept", "accepted", metavar="REF", multiple=True, help="Do what this proposal says; 'all' for each.")
@click.option("--decline", "declined", metavar="REF", multiple=True, help="Leave it as it is; 'all' for each.")
@click.option(
    "--undo", "undone", metavar="REF", multiple=True, help="Take back what was accepted or declined by mistake."
)
@click.option("--json", "as_json", is_flag=True, help="Write those that wait as a list of objects.")
def command(accepted: tuple[str, ...], declined: tuple[str, ...], undone: tuple[str, ...], as_json: bool) -> None:
    """List what imports have not done by themselves, and decide it.

    An import closes no more than 2 % of the open bodies of a kind, and joins no two registrations of a home: it
    proposes. Accepting is written into the log under your name of the operating system. What is declined is not
    proposed again.
    """
    from django.utils import timezone  # noqa: PLC0415 - Django has started

    from homeround.directory.actions import accept_proposals, decline_proposals, reopen_proposals  # noqa: PLC0415
    from homeround.directory.queries import waiting_proposals  # noqa: PLC0415
    from homeround.kernel.audit.actor import SystemActor  # noqa: PLC0415

    if ALL in accepted and ALL in declined:
        raise click.UsageError("Either accept all or decline all.")
    by, at = SystemActor("proposals", getpass.getuser()), timezone.now()
    for decide, refs, done in (
        (accept_proposals, accepted, "accepted"),
        (decline_proposals, declined, "declined"),
        (reopen_proposals, undone, "taken back"),
    ):
        if refs:
            wanted = [proposal.ref for proposal in waiting_proposals()] if ALL in refs else list(refs)
            click.echo(f"{decide(by=by, at=at, refs=wanted)} {done}.", err=as_json)
    waiting = waiting_proposals()
    if as_json:
        click.echo(json.dumps([_as_json(proposal) for proposal in waiting], indent=2))
    else:
        click.echo("\n".join(_as_lines(waiting)))


def _as_lines(waiting: "list[ProposalWaiting]") -> list[str]:
    if not waiting:
        return ["No proposal waits."]
    lines = [f"{proposal.ref}  {proposal.words}" for proposal in waiting[:_SHOWN]]
    if len(waiting) > _SHOWN:
        lines.append(f"and {len(waiting) - _SHOWN} more: --json lists them all.")
    return [*lines, f"{len(waiting)} wait: --accept REF or --decline REF, or 'all'."]


def _as_json(proposal: "ProposalWaiting") -> dict[str, str]:
    return {
        "ref": proposal.ref,
        "what": proposal.what,
        "body": proposal.code,
        "words": proposal.words,
        "found_at": proposal.found_at.isoformat(),
    }
