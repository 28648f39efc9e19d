"""Where the demo is: an invented part of the country, with codes that no register issues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from homeround.directory.models import Body
from homeround.nonprod import building
from homeround.nonprod.building import NewHome

SINCE = timedelta(days=120)
"""How long before now everything began; nobody may do anything for longer than a year."""


@dataclass(frozen=True)
class Places:
    """The bodies of a demo. PCNs: `exe` and `tor`; practices: `mill` and `quay` of the first, `moor` and `ford` of the
    second. Homes: `large` (nursing, two units), `small` (learning disability), `split` (over many practices), `middle`
    (of the second PCN), `lone` (aligned to none).
    """

    icb: Body
    exe: Body
    tor: Body
    mill: Body
    quay: Body
    moor: Body
    ford: Body
    provider: Body
    team: Body
    large: Body
    small: Body
    split: Body
    middle: Body
    lone: Body

    def named(self, key: str) -> Body:
        """The body of a name above."""
        body = getattr(self, key)
        if not isinstance(body, Body):
            raise TypeError(f"{key} is no body")
        return body


def invented(at: datetime) -> Places:
    """Make the invented places."""
    from_at = at - SINCE
    with building.building():
        icb, place = building.make_area(
            region="Y9D South Western Peninsula (demonstration)",
            icb="QD9 NHS Tamarshire Integrated Care Board",
            sub_icb="99D NHS Tamarshire",
        )
        exe = building.make_pcn("U99D01 Combe Valley PCN", sub_icb=place)
        tor = building.make_pcn("U99D02 High Moor PCN", sub_icb=place)
        practices = {
            key: building.make_practice(what, pcn=pcn, sub_icb=place, phone=phone, from_at=from_at)
            for key, what, pcn, phone in (
                ("mill", "Y99D01 Mill Lane Surgery", exe, "01632 960201"),
                ("quay", "Y99D02 Quayside Medical Centre", exe, "01632 960202"),
                ("moor", "Y99D03 Moorgate Practice", tor, "01632 960203"),
                ("ford", "Y99D04 Ford House Surgery", tor, "01632 960204"),
            )
        }
        provider = building.make_provider("1-990001001 Tamarshire Homes Limited")
        other = building.make_provider("1-990001002 Three Hares Care CIC")
        team = building.make_team("TEAM-D1 Tamarshire Speech and Diet Team")
        homes = {key: building.make_home(home) for key, home in _homes(provider, other).items()}
    return Places(icb=icb, exe=exe, tor=tor, provider=provider, team=team, **practices, **homes)


def _homes(provider: Body, other: Body) -> Mapping[str, NewHome]:
    phone, town, area = "01632 9603", "Tamarshire", building.ons_code_of("99D")

    def home(code: str, name: str, beds: int, *, nursing: bool, by: Body, street: str, line: str) -> NewHome:
        return NewHome(code, name, beds, nursing, True, by, street, town, f"{phone}{line}", area)

    return {
        "large": home(
            "1-990001010", "Rosemoor Court", 64, nursing=True, by=provider, street="1 Court Drive", line="01"
        ),
        "small": home("1-990001020", "Heron Cottage", 6, nursing=False, by=other, street="4 Weir Lane", line="02"),
        "split": home("1-990001030", "Seaview House", 24, nursing=False, by=provider, street="9 The Strand", line="03"),
        "middle": home("1-990001040", "Alder Grange", 30, nursing=False, by=provider, street="2 Alder Way", line="04"),
        "lone": home("1-990001050", "Blackthorn Lodge", 14, nursing=False, by=other, street="Tor Road", line="05"),
    }
