"""Who says who acts for a body: its own manager, never for oneself; administrators only the first of a body."""

from datetime import datetime, timedelta

import pytest

from homeround.accounts.actions import (
    end_membership,
    grant_membership,
    say_something_is_wrong,
    see_what_is_wrong,
)
from homeround.accounts.complaints import A_PAGE, what_is_wrong
from homeround.accounts.models import Membership
from homeround.accounts.queries import capacities_of, viewer_of
from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere
from tests.world import AT, World

A_MONTH = timedelta(days=30)


def grant(
    by: Viewer, username: str, role: Role, code: str, *, kind: str = "home", until: datetime | None = None
) -> int:
    return grant_membership(
        by=by,
        at=AT,
        username=username,
        role=role,
        body_kind=kind,
        body_code=code,
        from_at=AT,
        until_at=until or AT + A_MONTH,
    )


def test_a_manager_grants_at_their_own_body_only(world: World) -> None:
    granted = grant(world["manager"], "agency", Role.CARER, world.code("rose"))
    assert Membership.objects.get(pk=granted).granted_by_id == world["manager"].membership_id
    with pytest.raises(NotHere):
        grant(world["manager"], "agency", Role.CARER, world.code("ivy"))
    with pytest.raises(NotHere):
        grant(world["manager"], "agency", Role.CARER, "1-0")


def test_nobody_else_of_the_body_grants(world: World) -> None:
    with pytest.raises(NotAllowed, match="Only a manager"):
        grant(world["nurse"], "agency", Role.CARER, world.code("rose"))


def test_an_administrator_makes_only_the_first_of_a_body(world: World) -> None:
    with pytest.raises(NotAllowed, match="people already who say"):
        grant(world["admin"], "nurse", Role.HOME_MANAGER, world.code("rose"))


@pytest.mark.parametrize(
    ("username", "role", "until", "field"),
    [
        ("nobody-at-all", Role.CARER, AT + A_MONTH, "username"),
        ("agency", Role.COORDINATOR, AT + A_MONTH, "role"),
        ("agency", Role.AGENCY_CARER, AT + A_MONTH, "role"),
        ("agency", Role.CARER, AT, "until_at"),
        ("agency", Role.CARER, AT + timedelta(days=400), "until_at"),
    ],
)
def test_what_cannot_be_granted(world: World, username: str, role: Role, until: datetime, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        grant(world["manager"], username, role, world.code("rose"), until=until)
    assert set(refused.value.problems) == {field}


def test_an_end_bites_at_its_instant(world: World) -> None:
    carer = world["carer"]
    end_membership(by=world["manager"], at=AT, membership_id=carer.membership_id, how="left the home")
    before, after = AT - timedelta(seconds=1), AT
    assert viewer_of(membership_id=carer.membership_id, user_id=carer.user_id, at=before) is not None
    assert viewer_of(membership_id=carer.membership_id, user_id=carer.user_id, at=after) is None
    assert capacities_of(user_id=carer.user_id, at=after) == []


def test_who_ends_what(world: World) -> None:
    carer = world["carer"]
    with pytest.raises(NotAllowed):
        end_membership(by=world["nurse"], at=AT, membership_id=carer.membership_id, how="no")
    with pytest.raises(NotHere):
        end_membership(by=world["ivy_manager"], at=AT, membership_id=carer.membership_id, how="no")
    with pytest.raises(Invalid):
        end_membership(by=carer, at=AT, membership_id=carer.membership_id, how=" ")
    end_membership(by=carer, at=AT, membership_id=carer.membership_id, how="I leave")
    end_membership(by=world["manager"], at=AT + A_MONTH, membership_id=carer.membership_id, how="again")
    assert Membership.objects.get(pk=carer.membership_id).ended_at == AT


def test_a_membership_belongs_to_its_person(world: World) -> None:
    assert viewer_of(membership_id=world["carer"].membership_id, user_id=world["nurse"].user_id, at=AT) is None


def test_what_is_wrong_is_seen_by_administrators_and_kept_as_first_seen(world: World) -> None:
    ref = say_something_is_wrong(by=world["carer"], at=AT, words="The list is empty.", page="home_today")
    with pytest.raises(NotAllowed):
        see_what_is_wrong(by=world["manager"], at=AT, ref=ref)
    with pytest.raises(NotHere):
        see_what_is_wrong(by=world["admin"], at=AT, ref="0" * 16)
    see_what_is_wrong(by=world["admin"], at=AT, ref=ref)
    see_what_is_wrong(by=world["admin"], at=AT + A_MONTH, ref=ref)
    (said,) = what_is_wrong(by=world["admin"]).said
    assert (said.words, said.seen_at) == ("The list is empty.", AT)
    assert "Cora Carer" in said.said_by


def test_who_signs_out_may_say_so_too_but_not_nothing(world: World) -> None:
    with pytest.raises(Invalid):
        say_something_is_wrong(by=None, at=AT, words="  ")
    say_something_is_wrong(by=None, at=AT, words="I cannot sign in.")
    (group,) = what_is_wrong(by=world["admin"]).groups
    assert group.newest.said_by == "somebody signed out"


def test_a_flood_without_names_hides_nothing(world: World) -> None:
    """110 entries without a name pushed the one that matters off the page."""
    say_something_is_wrong(by=world["carer"], at=AT, words="The wrong person stands here.", page="resident")
    for number in range(110):
        at = AT + timedelta(minutes=number + 1)
        say_something_is_wrong(by=None, at=at, words=f"Spam {number}", page="account_login")
    say_something_is_wrong(by=None, at=AT, words="I cannot read the sign-in page.", page="way_in")
    found = what_is_wrong(by=world["admin"])
    assert [line.words for line in found.said] == ["The wrong person stands here."]
    assert [(group.page, group.count) for group in found.groups] == [("account_login", 110), ("way_in", 1)]
    newest = found.groups[0].newest
    say_something_is_wrong(by=None, at=newest.said_at + A_MONTH, words="Later", page="account_login")
    see_what_is_wrong(by=world["admin"], at=AT + A_MONTH, ref=newest.ref, with_alike=True)
    assert [(group.page, group.count) for group in what_is_wrong(by=world["admin"]).groups] == [
        ("account_login", 1),
        ("way_in", 1),
    ]


def test_what_people_say_is_paged(world: World) -> None:
    for number in range(A_PAGE + 1):
        say_something_is_wrong(by=world["carer"], at=AT + timedelta(minutes=number), words=f"Wrong {number}")
    first, second = (what_is_wrong(by=world["admin"], number=number) for number in (1, 2))
    assert (len(first.said), first.has_more) == (A_PAGE, True)
    assert ([line.words for line in second.said], second.has_more) == (["Wrong 0"], False)
    with pytest.raises(NotAllowed):
        what_is_wrong(by=world["manager"])
