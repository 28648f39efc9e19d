"""A world of any size, from a few homes to England: the same rows as the actions write, inserted set by set.

Refuses a live database and one that holds anybody already. The triggers stand: every row is in the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.hashers import make_password

from bench.living import move_in
from bench.places import Home, make
from bench.weeks import pass_by
from homeround.accounts.models import Membership, User
from homeround.ehch.residents.models import Resident
from homeround.kernel.record.nhs_number import MADE_AT_MOST
from homeround.nonprod import building

BIG_HOME: Final = 60
HOMES_AT_ONCE: Final = 20
SOMEBODY: Final = 3
"""Whose page is asked for: number 3 of the first home has an open concern, reviews, decisions and replies."""


@dataclass(frozen=True)
class World:
    """What the benches ask about: a home of 60 and somebody in it, and who may see them.

    `usernames`: who signs in as coordinator, clinician, gp and nurse of that home; all with one password.
    """

    home_id: int
    home_code: str
    resident_ref: str
    membership_id: int
    username: str
    people: int
    usernames: dict[str, str]
    pcn_code: str


def build(*, homes: int, residents: int, at: datetime, password: str) -> World:
    """Build homes and residents in an empty, migrated and stamped database; the first home has 60 people (or all).

    The coordinator of the first home's PCN signs in with `password`. Raises LiveDatabase, ValueError.
    """
    if not (1 <= homes <= residents <= MADE_AT_MOST):
        raise ValueError(f"At least one home, one resident a home, and at most {MADE_AT_MOST} residents.")
    with building.building():
        if Resident.objects.exists():
            raise ValueError("Somebody lives here already: the bench builds only in an empty database.")
        made = make(homes, at)
    first = 0
    refs: list[str] = []
    for some in _in_parts(made, residents):
        with building.building():
            people = move_in(some, first, at)
            pass_by(people, at)
        first += len(people)
        refs = refs or [person.resident.ref for person in people]
    who = Membership.objects.select_related("user", "body").get(pk=made[0].pcn.coordinator)
    first_pcn = made[0].pcn
    members = {
        "coordinator": first_pcn.coordinator,
        "clinician": first_pcn.clinician,
        "gp": first_pcn.gps[0],
        "nurse": made[0].nurse,
    }
    users = dict(Membership.objects.filter(pk__in=members.values()).values_list("pk", "user__username"))
    with building.building():
        User.objects.filter(username__in=users.values()).update(password=make_password(password))
    return World(
        made[0].body_id,
        made[0].code,
        refs[SOMEBODY % len(refs)],
        who.pk,
        who.user.username,
        first,
        {role: users[number] for role, number in members.items()},
        who.body.code,
    )


def _in_parts(homes: list[Home], residents: int) -> Iterator[list[tuple[Home, int]]]:
    """The homes with how many live in each, some homes at once: each part is one transaction."""
    big = residents if len(homes) == 1 else min(BIG_HOME, residents - len(homes) + 1)
    each, more = divmod(residents - big, max(len(homes) - 1, 1))
    beds = [big, *(each + (number < more) for number in range(len(homes) - 1))]
    filled = list(zip(homes, beds, strict=True))
    for begin in range(0, len(filled), HOMES_AT_ONCE):
        yield filled[begin : begin + HOMES_AT_ONCE]
