"""How a world of the demo, the tests or the benches is built: bodies and sign-ins made here, everything else by
actions.

Refuses a live database. Codes are such as no register issues, names are made up.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import get_hasher, make_password

from homeround.accounts.actions import grant_membership
from homeround.accounts.models import Membership, User
from homeround.accounts.queries import DEMO_MAIL, as_viewer
from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.directory.models import (
    Body,
    CareHome,
    Icb,
    Installation,
    Pcn,
    PcnPractice,
    Practice,
    Provider,
    Region,
    SubIcb,
    Team,
)
from homeround.directory.words import BodyKind
from homeround.kernel import stamp
from homeround.kernel.audit.actor import SystemActor, acting

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class NewHome:
    """A care home to be made: CQC-like code, name, beds, whether with nursing, and where it stands."""

    code: str
    name: str
    beds: int
    with_nursing: bool
    without_nursing: bool
    provider: Body
    address: str = ""
    local_authority: str = ""
    phone: str = ""
    area_ons_code: str = ""


@contextmanager
def building() -> Iterator[None]:
    """Inside, bodies and sign-ins are made by the command that builds. Refuses a live database."""
    stamp.refuse_live("A made-up world")
    with acting(SystemActor("demo", getpass.getuser())):
        yield


def make_area(*, region: str, icb: str, sub_icb: str) -> tuple[Body, Body]:
    """A region with an ICB with a sub-ICB location, each given as "CODE Name"; returns ICB and sub-ICB."""
    top = _body(BodyKind.REGION, region)
    Region.objects.create(body=top)
    board = _body(BodyKind.ICB, icb)
    Icb.objects.create(body=board, region_id=top.pk)
    place = _body(BodyKind.SUB_ICB, sub_icb)
    SubIcb.objects.create(body=place, icb_id=board.pk, ons_code=ons_code_of(place.code))
    return board, place


def ons_code_of(sub_icb: str) -> str:
    """The ONS code of an invented sub-ICB location: `E99` is used for none that exists."""
    return f"E99{sub_icb:0>6}"


def make_pcn(what: str, *, sub_icb: Body) -> Body:
    """A PCN, given as "CODE Name"."""
    body = _body(BodyKind.PCN, what)
    Pcn.objects.create(body=body, sub_icb_id=sub_icb.pk)
    return body


def make_practice(what: str, *, pcn: Body, sub_icb: Body, phone: str, from_at: datetime) -> Body:
    """A practice of a PCN, given as "CODE Name"."""
    body = _body(BodyKind.PRACTICE, what)
    Practice.objects.create(body=body, sub_icb_id=sub_icb.pk, phone=phone)
    PcnPractice.objects.create(pcn_id=pcn.pk, practice_id=body.pk, opened_on=from_at.date())
    return body


def make_provider(what: str) -> Body:
    """Who runs homes, given as "CODE Name"."""
    body = _body(BodyKind.PROVIDER, what)
    Provider.objects.create(body=body)
    return body


def make_team(what: str) -> Body:
    """A team, given as "CODE Name"."""
    body = _body(BodyKind.TEAM, what)
    Team.objects.create(body=body)
    return body


def make_home(home: NewHome) -> Body:
    """A care home."""
    body = Body.objects.create(kind=BodyKind.HOME, code=home.code, name=home.name)
    CareHome.objects.create(
        body=body,
        provider_id=home.provider.pk,
        address=home.address,
        local_authority=home.local_authority,
        area_ons_code=home.area_ons_code,
        phone=home.phone,
        beds=home.beds,
        with_nursing=home.with_nursing,
        without_nursing=home.without_nursing,
    )
    return body


def make_administrator(*, username: str, name: str, password: str, at: datetime) -> Viewer:
    """The installation's first administrator, who invites everybody else's first manager."""
    body = _body(BodyKind.INSTALLATION, "INSTALLATION This installation")
    Installation.objects.create(body=body)
    membership = Membership.objects.create(
        user=make_user(username=username, name=name, password=password),
        role=Role.ADMINISTRATOR,
        body=body,
        from_at=at,
        until_at=at + A_YEAR,
        happened_at=at,
        recorded_at=at,
    )
    return as_viewer(membership)


def make_user(*, username: str, name: str, password: str) -> User:
    """Somebody who signs in; a demo's mail goes to an address that cannot exist."""
    return User.objects.create(
        username=username, name=name, email=f"{username}{DEMO_MAIL}", password=_hashed(password, get_hasher().algorithm)
    )


def member(
    *,
    by: Viewer,
    at: datetime,
    username: str,
    role: Role,
    body: Body,
    profession: str = "",
    until_at: datetime | None = None,
) -> Viewer:
    """The membership that `by` grants somebody at a body, as a viewer."""
    granted = grant_membership(
        by=by,
        at=at,
        username=username,
        role=role,
        body_kind=body.kind,
        body_code=body.code,
        from_at=at,
        until_at=until_at or at + A_YEAR,
        profession=profession,
    )
    return as_viewer(Membership.objects.select_related("user", "body").get(pk=granted))


@cache
def _hashed(password: str, _algorithm: str) -> str:
    """A password hash that sign-ins of a made-up world share: a good one takes a fifth of a second to make."""
    return make_password(password)


def _body(kind: BodyKind, what: str) -> Body:
    code, name = what.split(" ", 1)
    return Body.objects.create(kind=kind, code=code, name=name)
