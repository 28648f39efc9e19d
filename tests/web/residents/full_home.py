"""A home filled up with people, to see that a page costs the same at any size."""

from datetime import date, timedelta

from django.test import Client

from homeround.accounts.written import written
from homeround.ehch.residents.models import IdentityClaim, RegistrationStart, Resident, RoomStart, Stay
from homeround.kernel.audit.actor import acting
from homeround.kernel.record import nhs_number
from tests.statements import statements
from tests.world import AT, World


def fill(world: World, people: int, home: str = "rose") -> None:
    """So many more people live in the home; written at once, because the actions take one at a time."""
    house = world.bodies[home].pk
    columns = written(by=world["manager"], at=AT - timedelta(days=30), held_for=house)
    claim = {**columns, "source": "test", "from_on": date(2026, 1, 1)}
    with acting(world["manager"]):
        residents = Resident.objects.bulk_create([Resident(**columns) for _ in range(people)])
        stays = Stay.objects.bulk_create(
            [
                Stay(
                    resident=resident,
                    home_id=house,
                    kind="permanent",
                    place="residential",
                    basis="living_here",
                    **columns,
                )
                for resident in residents
            ]
        )
        RoomStart.objects.bulk_create(
            [
                RoomStart(
                    resident=stay.resident,
                    stay=stay,
                    room=str(100 + number),
                    unit=f"Unit {number % 4}",
                    from_at=columns["recorded_at"],
                    **columns,
                )
                for number, stay in enumerate(stays)
            ]
        )
        IdentityClaim.objects.bulk_create(
            [
                made
                for number, resident in enumerate(residents)
                for made in (
                    IdentityClaim(
                        resident=resident, kind="name", given=f"Given{number}", family=f"Family{number}", **claim
                    ),
                    IdentityClaim(resident=resident, kind="birth_date", born_on=date(1935, 1, 1), **claim),
                    IdentityClaim(resident=resident, kind="nhs_number", number=nhs_number.made(5000 + number), **claim),
                )
            ]
        )
        RegistrationStart.objects.bulk_create(
            [
                RegistrationStart(
                    resident=resident,
                    kind="permanent",
                    practice_id=world.bodies["mill"].pk,
                    from_on=date(2026, 1, 1),
                    source="test",
                    **columns,
                )
                for resident in residents
            ]
        )


def cost(client: Client, address: str) -> list[str]:
    """What a page asks the database, once its session has been written."""
    assert client.get(address).status_code == 200
    with statements() as asked:
        assert client.get(address).status_code == 200
    return asked
