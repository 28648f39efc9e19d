"""`homeround worklist`: who needs seeing in a home this week and why, as a member sees it. Written down as a look.

It says what the page says in the same minute (H27): the lines come from the page's own presenter, through a port, for
a command imports no page.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import click

from homeround.kernel.ports import Port

if TYPE_CHECKING:
    from datetime import datetime

    from homeround.accounts.viewer import Viewer
    from homeround.ehch.alignment.access import HomeInSight
    from homeround.ehch.rounds.queries import Worklist, WorklistRow

PAGE = "command: worklist"


class Words(Protocol):
    """A state in words."""

    @property
    def words(self) -> str: ...


class Done(Protocol):
    """One thing that the home does about a person now, or is not to do, as the page says it."""

    @property
    def does(self) -> str: ...

    @property
    def mark(self) -> Words | None: ...

    @property
    def since(self) -> str: ...

    @property
    def by(self) -> str: ...

    @property
    def not_this(self) -> str: ...

    @property
    def note(self) -> str: ...

    @property
    def is_in_dispute(self) -> bool: ...

    @property
    def is_not_to_be_done(self) -> bool: ...


class Person(Protocol):
    """Who it is about: called, formally where that differs, where they live, and that they are in hospital."""

    @property
    def called(self) -> str: ...

    @property
    def formal(self) -> str: ...

    @property
    def room(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def is_alike(self) -> bool: ...

    @property
    def born(self) -> str: ...

    @property
    def away(self) -> str: ...


class Tag(Protocol):
    """One reason as the page says it."""

    @property
    def words(self) -> str: ...

    @property
    def strength(self) -> str: ...

    @property
    def evidence(self) -> str: ...

    @property
    def says(self) -> str: ...

    @property
    def age(self) -> str: ...


class Line(Protocol):
    """One person of the page's list."""

    @property
    def person(self) -> Person: ...

    @property
    def tags(self) -> Iterable[Tag]: ...

    @property
    def last_review(self) -> str: ...

    @property
    def applies(self) -> Iterable[Done]: ...


lines_of_page: "Port[[HomeInSight, Worklist], Iterable[Line]]" = Port("lines_of_page")
"""What the page of the worklist says of everybody on it, in its order."""


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

    from homeround.ehch.rounds.access import see_worklist  # noqa: PLC0415
    from homeround.ehch.rounds.queries import worklist  # noqa: PLC0415
    from homeround.kernel.audit.noticed import looking, write  # noqa: PLC0415

    at = timezone.now()
    viewer = _viewer(whose, at) if whose else _first_coordinator(code, at)
    with looking() as looks:
        home = see_worklist(viewer=viewer, code=code, at=at)
        found = worklist(home)
        lines = list(lines_of_page(home, found))
        write(looks, page=PAGE, at=at)
    if as_json:
        rows = zip((*found.with_reason, *found.others), lines, strict=True)
        click.echo(json.dumps([_as_json(row, line) for row, line in rows], indent=2))
        return
    click.echo("\n".join([f"As {viewer.shown} sees it.", found.order_in_words, "", *_as_text(lines)]))


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


def _as_json(row: "WorklistRow", line: Line) -> dict[str, object]:
    return {
        "ref": row.ref,
        "name": row.identity.name,
        "room": line.person.room,
        "away": line.person.away,
        "weeks_since_review": row.weeks_since_review,
        "last_review": line.last_review,
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
                "does": done.does,
                "mark": done.mark.words if done.mark else "",
                "since": done.since,
                "by": done.by,
                "not_this": done.not_this,
                "note": done.note,
                "is_in_dispute": done.is_in_dispute,
                "is_not_to_be_done": done.is_not_to_be_done,
            }
            for done in line.applies
        ],
    }


def _as_text(lines: Iterable[Line]) -> Iterable[str]:
    for line in lines:
        yield f"{', '.join(_who(line.person))} (last review: {line.last_review})"
        for done in line.applies:
            yield f"    now: {_doing(done)}"
        for tag in line.tags:
            evidence = f": {tag.evidence}" if tag.evidence else ""
            yield f"    {tag.strength}: {tag.words}{evidence} ({tag.says}, {tag.age})"


def _who(person: Person) -> Iterable[str]:
    yield f"{person.called} ({person.formal})" if person.formal else person.called
    yield from filter(None, (person.room, person.unit))
    if person.is_alike:
        yield f"could be mixed up: check{f', {person.born}' if person.born else ''}"
    if person.away:
        yield person.away


def _doing(done: Done) -> str:
    """What is unusual about it first, so that what is not to be done is never read as an order."""
    marked = f"{done.mark.words}: {done.does}" if done.mark else done.does
    not_this = f" Not this, it is disputed: {done.not_this}" if done.not_this else ""
    note = f" {done.note}" if done.note else ""
    return f"{marked} ({done.since}, {done.by}){not_this}{note}"
