"""The places and the staff of a world: PCNs with two practices each, homes, and who writes what in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.hashers import make_password

from homeround.accounts.models import Membership, User
from homeround.accounts.rights import Role
from homeround.directory.models import Body, CareHome
from homeround.directory.words import BodyKind
from homeround.ehch.alignment.models import AlignmentStart, HoursStart, LeadStart
from homeround.kernel.record.kept import Retention
from homeround.nonprod import building

HOMES_OF_A_PCN: Final = 20
LONG_AGO: Final = timedelta(days=730)
A_YEAR: Final = timedelta(days=365)
OFFICE: Final = [[weekday, "09:00", "17:00"] for weekday in range(5)]


@dataclass(frozen=True)
class Pcn:
    """A PCN: its body and its practices' bodies, and the memberships that write: by number."""

    body_id: int
    practices: tuple[int, ...]
    coordinator: int
    clinician: int
    gps: tuple[int, ...]


@dataclass(frozen=True)
class Home:
    """A home of a PCN, and the nurse who writes there."""

    body_id: int
    code: str
    nurse: int
    pcn: Pcn


def row(by: int, held_for: int, at: datetime) -> dict[str, Any]:
    """The columns of a kept row that a member wrote down when it happened."""
    return {"by_id": by, "held_for_id": held_for, "happened_at": at, "recorded_at": at}


def ended(by: int, at: datetime, how: str) -> dict[str, Any]:
    """The columns of its end."""
    return {"ended_by_id": by, "ended_at": at, "ended_how": how}


def make(homes: int, at: datetime) -> list[Home]:
    """As many homes as asked, with their PCNs. The first PCN's coordinator may sign in."""
    board, area = building.make_area(region="X98 Bench Region", icb="QX8 Bench ICB", sub_icb="98X Bench Area")
    provider = building.make_provider("1-970000001 Bench Care Limited")
    pcns = [_pcn(number, area, at) for number in range(-(-homes // HOMES_OF_A_PCN))]
    bodies = [
        Body(kind=BodyKind.HOME, code=f"1-98{number:07}", name=f"Home {number + 1}") for number in range(1, homes + 1)
    ]
    Body.objects.bulk_create(bodies)
    CareHome.objects.bulk_create(
        CareHome(body=body, provider_id=provider.pk, beds=60, with_nursing=True, without_nursing=True)
        for body in bodies
    )
    nurses = _members([(f"nurse{body.pk}", Role.HOME_NURSE, body) for body in bodies], at)
    made = [
        Home(body.pk, body.code, nurse, pcns[number // HOMES_OF_A_PCN])
        for number, (body, nurse) in enumerate(zip(bodies, nurses, strict=True))
    ]
    _cover(made, board, at)
    return made


def _pcn(number: int, area: Body, at: datetime) -> Pcn:
    body = building.make_pcn(f"UX{number:04} Bench PCN {number + 1}", sub_icb=area)
    practices = [
        building.make_practice(
            f"YX{2 * number + which:04} Bench Practice {2 * number + which + 1}",
            pcn=body, sub_icb=area, phone="01632 960200", from_at=at - LONG_AGO,
        )
        for which in range(2)
    ]  # fmt: skip
    coordinator, clinician, *gps = _members(
        [
            (f"coordinator{body.pk}", Role.COORDINATOR, body),
            (f"clinician{body.pk}", Role.CLINICAL_LEAD, body),
            *((f"gp{practice.pk}", Role.PRACTICE_CLINICIAN, practice) for practice in practices),
        ],
        at,
    )
    return Pcn(body.pk, tuple(practice.pk for practice in practices), coordinator, clinician, tuple(gps))


def _members(whom: list[tuple[str, Role, Body]], at: datetime) -> list[int]:
    """Users and their memberships, by number, in the order given."""
    nobody_knows = make_password(None)
    users = [
        User(username=username, name=username.capitalize(), email=f"{username}@example.invalid", password=nobody_knows)
        for username, _, _ in whom
    ]
    User.objects.bulk_create(users)
    since = at - LONG_AGO
    memberships = [
        Membership(
            user=user,
            role=role,
            body=body,
            from_at=since,
            until_at=at + A_YEAR,
            happened_at=since,
            recorded_at=since,
            profession="GP" if role in {Role.CLINICAL_LEAD, Role.PRACTICE_CLINICIAN} else "",
        )
        for user, (_, role, body) in zip(users, whom, strict=True)
    ]
    return [membership.pk for membership in Membership.objects.bulk_create(memberships)]


def _cover(homes: list[Home], board: Body, at: datetime) -> None:
    """Every home is aligned and led since long ago, and every PCN's coordinator has hours."""
    since = at - LONG_AGO
    on = since.date()
    service = Retention.SERVICE_RECORD
    AlignmentStart.objects.bulk_create(
        AlignmentStart(
            home_id=home.body_id, pcn_id=home.pcn.body_id, from_on=on, agreed_with="home, PCN and ICB",
            retention=service, **row(home.pcn.clinician, board.pk, since),
        )
        for home in homes
    )  # fmt: skip
    LeadStart.objects.bulk_create(
        LeadStart(
            home_id=home.body_id, lead_id=home.pcn.clinician, from_on=on,
            retention=service, **row(home.pcn.clinician, home.pcn.body_id, since),
        )
        for home in homes
    )  # fmt: skip
    HoursStart.objects.bulk_create(
        HoursStart(
            body_id=pcn.body_id, role=Role.COORDINATOR, from_on=on, week=OFFICE, phone="01632 960100",
            otherwise="NHS 111", otherwise_phone="111", retention=service, **row(pcn.clinician, pcn.body_id, since),
        )
        for pcn in dict.fromkeys(home.pcn for home in homes)
    )  # fmt: skip
