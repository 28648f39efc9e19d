"""One capacity at a time: two memberships are never added up, and the end of one bites on the next request. H15.

Amina Yusuf is coordinator at Exe PCN, which serves Rose House, and here also carer in Ivy Lodge, which Tor PCN serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.accounts.actions import end_membership
from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.deterioration.models import Concern
from homeround.kernel.refusals import NotHere
from homeround.nonprod import building
from tests.web.signing_in import sign_in
from tests.world import AT, World


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """The world's Monday morning."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def carer(world: World, monday: time_machine.Traveller) -> Viewer:
    """Amina's second capacity."""
    return building.member(
        by=world["ivy_manager"], at=AT - timedelta(hours=1), username="coordinator", role=Role.CARER,
        body=world.bodies["ivy"],
    )  # fmt: skip


def status(viewer: Viewer, name: str, thing: str) -> int:
    return sign_in(viewer, at=AT).get(reverse(name, args=[thing])).status_code


def test_each_capacity_sees_its_own_place_only(world: World, carer: Viewer) -> None:
    coordinator = world["coordinator"]
    rose, ivy = world.residents["margaret"], world.residents["ivan"]
    assert (status(coordinator, "resident", rose), status(coordinator, "resident", ivy)) == (200, 404)
    assert (status(carer, "resident", rose), status(carer, "resident", ivy)) == (404, 200)
    assert status(coordinator, "pcn_week", world.code("exe")) == 200
    assert status(carer, "pcn_week", world.code("exe")) == 404
    assert status(carer, "worklist", world.code("rose")) == 404


def test_each_capacity_does_what_it_may_and_no_more(world: World, carer: Viewer) -> None:
    given = {"at": AT, "words": "Pale", "help_now": False}
    raise_concern(by=carer, ref=world.residents["ivan"], **given)  # type: ignore[arg-type]
    with pytest.raises(NotHere):
        raise_concern(by=world["coordinator"], ref=world.residents["ivan"], **given)  # type: ignore[arg-type]
    with pytest.raises(NotHere):
        raise_concern(by=carer, ref=world.residents["margaret"], **given)  # type: ignore[arg-type]


def test_a_row_names_the_capacity_it_was_written_in(world: World, carer: Viewer) -> None:
    ref = raise_concern(by=carer, at=AT, ref=world.residents["ivan"], words="Pale", help_now=False)
    assert Concern.objects.get(ref=ref).by_id == carer.membership_id


def test_the_end_of_a_membership_bites_on_the_next_request(world: World, monday: time_machine.Traveller) -> None:
    client = sign_in(world["carer"], at=AT)
    resident = reverse("resident", args=[world.residents["margaret"]])
    form = reverse("concern_new", args=[world.residents["margaret"]])
    assert client.get(resident).status_code == 200
    monday.shift(timedelta(seconds=1))
    end_membership(
        by=world["manager"], at=AT + timedelta(seconds=1), membership_id=world["carer"].membership_id, how="left"
    )
    for address in (resident, form, reverse("home_today", args=[world.code("rose")]), reverse("my_rights")):
        response = client.get(address)
        assert response.status_code == 303, address
        assert response["Location"].startswith(reverse("capacity"))


def test_what_was_open_when_a_membership_ended_is_not_saved(world: World, monday: time_machine.Traveller) -> None:
    client = sign_in(world["carer"], at=AT)
    form = reverse("concern_new", args=[world.residents["margaret"]])
    page = client.get(form)
    assert page.status_code == 200
    before = Concern.objects.count()
    end_membership(by=world["manager"], at=AT, membership_id=world["carer"].membership_id, how="left")
    monday.shift(timedelta(seconds=1))
    client.post(form, {"words": "Pale", "help_now": "no"})
    assert Concern.objects.count() == before


def test_a_booking_ends_by_itself(world: World, monday: time_machine.Traveller) -> None:
    client = sign_in(world["agency"], at=AT)
    monday.move_to(world["agency"].until)
    response = sign_in(world["agency"], at=world["agency"].until, client=client).get(
        reverse("resident", args=[world.residents["margaret"]])
    )
    assert response.status_code == 303
