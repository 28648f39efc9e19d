"""A few people of one home and one network, enough for pages that belong to no slice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from homeround.accounts.models import Membership, User
from homeround.accounts.queries import as_viewer
from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.directory.models import Body
from homeround.directory.words import BodyKind
from homeround.nonprod import building

AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
PASSWORD = "a long enough password"


@dataclass(frozen=True)
class People:
    """Amina acts as coordinator and as PCN manager; Cora and Maud are of a home; Ada administers."""

    amina: Viewer
    amina_manager: Viewer
    cora: Viewer
    maud: Viewer
    ada: Viewer
    nobody_yet: int


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is Monday 16 November 2026, 10:00 in London, until a test says otherwise."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(db: None, clock: time_machine.Traveller) -> People:
    """The people, with their memberships since yesterday."""
    with building.building():
        home = Body.objects.create(kind=BodyKind.HOME, code="1-900", name="Alder House")
        pcn = Body.objects.create(kind=BodyKind.PCN, code="U99909", name="Exe Example PCN")
        ada = building.make_administrator(
            username="ada", name="Ada Admin", password=PASSWORD, at=AT - timedelta(days=1)
        )
        return People(
            amina=_member("amina", "Amina Yusuf", Role.COORDINATOR, pcn),
            amina_manager=_member("amina", "Amina Yusuf", Role.PCN_MANAGER, pcn),
            cora=_member("cora", "Cora Carer", Role.CARER, home),
            maud=_member("maud", "Maud Keeper", Role.HOME_MANAGER, home),
            ada=ada,
            nobody_yet=building.make_user(username="none", name="Nobody Yet", password=PASSWORD).pk,
        )


def _member(username: str, name: str, role: Role, body: Body) -> Viewer:
    user = User.objects.filter(username=username).first() or building.make_user(
        username=username, name=name, password=PASSWORD
    )
    from_at = AT - timedelta(days=1)
    membership = Membership.objects.create(
        user=user,
        role=role,
        body=body,
        from_at=from_at,
        until_at=AT + timedelta(days=90),
        happened_at=from_at,
        recorded_at=from_at,
    )
    return as_viewer(membership)
