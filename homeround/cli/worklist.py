"""`homeround worklist`: who needs seeing in a home this week and why, as a member sees it. Written down as a look."""

import json
from typing import TYPE_CHECKING

import click

from homeround.ehch.decisions.words import to_be_checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from homeround.accounts.viewer import Viewer
    from homeround.ehch.decisions.queries import Applies
    from homeround.ehch.rounds.queries import Worklist, WorklistRow

PAGE = "command: worklist"


@click.command("worklist", epilog="Example: homeround worklist --home 1-990001010 --as amina --json")
@click.option("--home", "code", metavar="CODE", required=True, help="The home's CQC location id or its ODS code.")
@click.option(
    "--as",
    "whose",
    metavar="USERNAME[@BODY]",
    help="Whose sight to use; @BODY is the code of the body where they have several roles. "
    "Without it a demonstration takes the first coordinator of the home's PCN.",
)
@click.option("--json", "as_json", is_flag=True, help="Write a list of objects for another program.")
def command(code: str, whose: str | None, as_json: bool) -> None:
    """Show everybody who lives in a home, with the reasons to see them.

    People with a reason come first, the strongest first; then whoever was reviewed longest ago. The look is written
    into the log of looks under the name of the person given.
    """
    from django.utils import timezone  # noqa: PLC0415 - Django has started

    from homeround.ehch.decisions.queries import applies_in  # noqa: PLC0415
    from homeround.ehch.rounds.access import see_worklist  # noqa: PLC0415
    from homeround.ehch.rounds.queries import worklist  # noqa: PLC0415
    from homeround.kernel.audit.noticed import looking, write  # noqa: PLC0415

    at = timezone.now()
    viewer = _viewer(whose, at) if whose else _first_coordinator(code, at)
    with looking() as looks:
        home = see_worklist(viewer=viewer, code=code, at=at)
        found, applies = worklist(home), applies_in(home)
        write(looks, page=PAGE, at=at)
    if as_json:
        click.echo(
            json.dumps(
                [_as_json(row, applies.get(row.resident_id, ())) for row in (*found.with_reason, *found.others)],
                indent=2,
            )
        )
        return
    click.echo("\n".join(_as_lines(viewer, found, applies)))


def _viewer(whose: str, at: "datetime") -> "Viewer":
    """The one membership meant by USERNAME[@BODY]."""
    from homeround.accounts.queries import memberships_named  # noqa: PLC0415 - Django has started

    username, _, body = whose.partition("@")
    found = memberships_named(username, body_code=body, at=at)
    if len(found) == 1:
        return found[0]
    if not found:
        where = f" at {body}" if body else ""
        raise click.UsageError(f"nobody called {username!r} may act{where} now.")
    places = ", ".join(f"{username}@{capacity.body_code} ({capacity.role_words})" for capacity in found)
    raise click.UsageError(f"{username!r} has several roles: say which with --as, one of {places}.")


def _first_coordinator(code: str, at: "datetime") -> "Viewer":
    """In a demonstration: the first coordinator of the PCN that the home is aligned to."""
    from homeround.accounts.queries import members_of  # noqa: PLC0415 - Django has started
    from homeround.accounts.rights import SPEAKS_FOR  # noqa: PLC0415
    from homeround.directory.queries import home_by_code  # noqa: PLC0415
    from homeround.ehch.alignment.queries import pcn_id_of  # noqa: PLC0415
    from homeround.kernel import stamp  # noqa: PLC0415
    from homeround.kernel.refusals import NotHere  # noqa: PLC0415

    if stamp.is_live():
        raise click.UsageError("on a live database say whose sight to use: --as USERNAME[@BODY].")
    home = home_by_code(code)
    if home is None:
        raise NotHere
    pcn = pcn_id_of(home.body_id, at)
    coordinators = members_of(body_id=pcn, role=SPEAKS_FOR["pcn"], at=at) if pcn is not None else []
    if not coordinators:
        raise click.ClickException(f"{home.name} has no PCN with a coordinator: say whose sight to use with --as.")
    return coordinators[0]


def _as_json(row: "WorklistRow", applies: "Iterable[Applies]") -> dict[str, object]:
    return {
        "ref": row.ref,
        "name": row.identity.name,
        "weeks_since_review": row.weeks_since_review,
        "reasons": [
            {
                "code": reason.code,
                "kind": reason.kind.value,
                "strength": reason.strength.value,
                "evidence": reason.evidence,
                "age_days": reason.age_days,
            }
            for reason in row.reasons
        ],
        "applies_now": [
            {
                "does": line.does,
                "since_on": line.since_on.isoformat(),
                "until_on": line.until_on.isoformat() if line.until_on else None,
                "is_in_dispute": line.is_in_dispute,
                "is_coming": line.is_coming,
                "is_stopped": line.is_stopped,
                "is_taken_back": line.is_taken_back,
                "to_be_checked": bool(line.rests_on),
            }
            for line in applies
        ],
    }


def _as_lines(viewer: "Viewer", found: "Worklist", applies: "Mapping[int, Iterable[Applies]]") -> list[str]:
    lines = [f"As {viewer.shown} sees it.", found.order_in_words, ""]
    for row in (*found.with_reason, *found.others):
        lines.append(f"{row.identity.called}, room {row.room} ({_reviewed(row.weeks_since_review)})")
        lines.extend(f"    applies: {_applying(line)}" for line in applies.get(row.resident_id, ()))
        lines.extend(f"    {reason.strength}: {reason.words}. {reason.evidence}" for reason in row.reasons)
    return lines


def _applying(line: "Applies") -> str:
    return f"{_does(line)} ({to_be_checked(line.rests_on)})" if line.rests_on else _does(line)


def _does(line: "Applies") -> str:
    if line.is_in_dispute:
        return f"in dispute, until it is settled: {line.does}"
    if line.is_stopped:
        return f"stops from {line.since_on.isoformat()}: {line.does}" if line.is_coming else f"stopped: {line.does}"
    return f"{line.does} (from {line.since_on.isoformat()})" if line.is_coming else line.does


def _reviewed(weeks: int | None) -> str:
    if weeks is None:
        return "not reviewed here yet"
    if weeks == 0:
        return "reviewed within a week"
    return f"reviewed {weeks} week{'' if weeks == 1 else 's'} ago"
