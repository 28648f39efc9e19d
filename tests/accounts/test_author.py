"""An author is a value: the same whichever way it was read, compared by membership and never by name."""

import pytest
from django.db.models.functions import JSONObject

from homeround.accounts.author import Author, author_columns, author_in, author_of
from homeround.accounts.models import Membership
from homeround.accounts.rights import Role
from tests.world import World


def test_it_is_the_same_from_a_row_a_column_and_a_viewer(world: World) -> None:
    nurse = world["nurse"]
    row = Membership.objects.select_related("user", "body").get(pk=nurse.membership_id)
    column = JSONObject(**author_columns("user__memberships"))
    (found,) = Membership.objects.filter(pk=nurse.membership_id).values_list(column, flat=True)
    assert author_of(row) == author_in(found) == nurse.author
    assert nurse.author.shown == nurse.shown == "Nell Nurse, home nurse, Rose House"


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
    assert Author(1, name, Role.HOME_NURSE, "Rose House", 1, 1).first_name == spoken
