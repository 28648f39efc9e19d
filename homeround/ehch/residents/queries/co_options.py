"""Which named clinicians see one person for a while, and who let them in (trust.md, "No break-glass")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from homeround.accounts.author import Author, author_of
from homeround.accounts.queries import as_viewer, open_memberships
from homeround.accounts.rights import Right, roles_with
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import CoOption


@dataclass(frozen=True)
class CoOpted:
    """A clinician who sees the person until `until_at` (UTC): the membership, who they are, who let them in and why."""

    member: int
    who: Author
    until_at: datetime
    because: str
    by: Author


def co_opted_now(person: PersonInSight) -> list[CoOpted]:
    """Who is let in now, the first to end on top; one statement. For those who may let somebody in."""
    person.must_have(Right.CO_OPTION)
    running = CoOption.objects.open().filter(resident=person.resident_id, until_at__gt=person.at)
    rows = running.select_related("member__user", "member__body", "by__user", "by__body").order_by("until_at", "pk")
    return [CoOpted(row.member_id, author_of(row.member), row.until_at, row.because, author_of(row.by)) for row in rows]


def clinicians_called(person: PersonInSight, username: str) -> list[tuple[int, str]]:
    """The memberships, with their words, that may be let in of whoever signs in with this name; one statement."""
    person.must_have(Right.CO_OPTION)
    found = open_memberships(person.at).filter(user__username=username, role__in=roles_with(Right.JOINING))
    return [(row.pk, as_viewer(row).shown) for row in found.select_related("user", "body").order_by("from_at", "pk")]
