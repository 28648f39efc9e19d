"""Enough people for the journeys of the shell: an administrator, a manager and a carer of one home, from now on."""

from datetime import UTC, datetime, timedelta

from homeround.accounts.rights import Role
from homeround.directory.models import Body
from homeround.directory.words import BodyKind
from homeround.nonprod import building

PASSWORD = "a long enough password"


def build() -> None:
    """Build them in an empty database."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    with building.building():
        provider = building.make_provider("1-90000 Example Care")
        home = building.make_home(
            building.NewHome("1-90001", "Alder House", 20, with_nursing=True, without_nursing=False, provider=provider)
        )
        ada = building.make_administrator(username="ada", name="Ada Admin", password=PASSWORD, at=at)
        for username, name in (("maud", "Maud Keeper"), ("cora", "Cora Carer")):
            building.make_user(username=username, name=name, password=PASSWORD)
    home = Body.objects.get(kind=BodyKind.HOME, code=home.code)
    maud = building.member(by=ada, at=at, username="maud", role=Role.HOME_MANAGER, body=home)
    building.member(by=maud, at=at, username="cora", role=Role.CARER, body=home)
