"""A home filled up with people, to see that a page costs the same at any size."""

from datetime import date, timedelta

from django.test import Client

from homeround.ehch.residents.actions import record_living_here
from homeround.ehch.residents.actions.arriving import Place, Somebody
from homeround.ehch.residents.actions.registering import Registering
from homeround.kernel import nhs_number
from tests.statements import statements
from tests.world import AT, World


def fill(world: World, people: int, home: str = "rose") -> None:
    """So many more people live in the home."""
    for number in range(people):
        record_living_here(
            by=world["manager"],
            at=AT - timedelta(days=30),
            code=world.code(home),
            who=Somebody(
                f"Given{number}", f"Family{number}", date(1935, 1, 1), nhs_number=nhs_number.made(5000 + number)
            ),
            stay=Place("permanent", "residential", str(100 + number), unit=f"Unit {number % 4}"),
            registration=Registering("permanent", world.code("mill")),
            living_since=date(2024, 1, 1),
        )


def cost(client: Client, address: str) -> list[str]:
    """What a page asks the database, once its session has been written."""
    assert client.get(address).status_code == 200
    with statements() as asked:
        assert client.get(address).status_code == 200
    return asked
