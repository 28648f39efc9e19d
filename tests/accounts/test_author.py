"""An author is a value: the same whichever way it was read, compared by membership and never by name."""

import pytest
from django.db.models import F

from homeround.accounts.author import Author, author_columns
from homeround.accounts.models import Membership
from homeround.accounts.rights import Role
from tests.world import World


def test_it_is_the_same_from_a_row_a_column_and_a_viewer(world: World) -> None:
    nurse = world["nurse"]
    row = Membership.objects.select_related("user", "body").get(pk=nurse.membership_id)
    (column,) = Membership.objects.filter(pk=nurse.membership_id).values_list(
        author_columns("user__memberships"), flat=True
    )
    assert Author.of(row) == Author.of_viewer(nurse) == Author.of_columns(column)
    assert Author.of(row).shown == nurse.shown == "Nell Nurse, home nurse, Rose House"
    assert Author.of(row).is_viewer(nurse)
    assert not Author.of(row).is_viewer(world["manager"])


def test_nobody_is_nobody(world: World) -> None:
    first = Membership.objects.filter(granted_by=None)
    column = first.annotate(found=author_columns("granted_by", of=F("pk"))).values_list("found", flat=True)[0]
    assert column["of"] == first.first().pk  # type: ignore[union-attr]
    assert Author.of_columns(column) is None
    assert Author.of_columns(None) is None


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Nell Nurse", "Nell"),
        ("Dr Anna Marsh", "Dr Marsh"),
        ("Dr. A. Marsh", "Dr. Marsh"),
        ("Dr", "Dr"),
        ("Nell", "Nell"),
    ],
)
def test_how_a_colleague_speaks_of_them(name: str, spoken: str) -> None:
    assert Author(1, name, Role.HOME_NURSE, "Rose House").first_name == spoken
