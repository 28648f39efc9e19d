"""Where the demo is when it is built on official files: real homes, PCNs and practices of Devon, always the same ones.

The files are loaded as `homeround import` loads them. Nothing about who serves whom is real: there is no public list
of that; alignments, staff and residents are made up.
"""

import getpass
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

import click
from django.db.models import Exists, OuterRef, Q, QuerySet

from homeround.directory.models import Body, CareHome, Icb, Pcn, PcnPractice, Practice
from homeround.gateways.open_data.loading import load
from homeround.gateways.open_data.recognise import read_file
from homeround.kernel.audit.actor import SystemActor
from homeround.kernel.calendar.times import london_date
from homeround.nonprod import building
from homeround.nonprod.demo_world.places import SINCE, Places

Row = TypeVar("Row", Icb, CareHome)

AREA: Final = "Devon"
FILES: Final = (
    ("the ONS lookup of sub-ICB locations, ICBs and regions", ("LOC*ICB*.csv",)),
    ("ePCN", ("ePCN*.xlsx",)),
    ("epraccur", ("epraccur*.zip", "epraccur*.csv")),
    ("CQC's active locations", ("HSCA_Active_Locations*.csv", "HSCA_Active_Locations*.ods")),
)
"""The files that a demo needs, in the order in which they are loaded; of several the last by name, the newest."""

HOMES: Final = (
    # fewest and most beds of each of the demo's homes
    ("large", 60, 90),
    ("small", 6, 8),
    ("split", 22, 30),
    ("middle", 30, 40),
    ("lone", 14, 20),
)


def files_in(folder: Path) -> list[Path]:
    """The official files found anywhere in a folder. ClickException names one that is not there."""
    return [_found(folder, what, patterns) for what, patterns in FILES]


def import_files(folder: Path, *, at: datetime, tell: Callable[[str], None]) -> None:
    """Load the official files of a folder. Raises as `files_in`."""
    for path in files_in(folder):
        tell(f"Loading {path.name} ...")
        load(read_file(path), by=SystemActor("demo", getpass.getuser()), at=at)


def real(at: datetime) -> Places:
    """Choose the places among the bodies that were loaded; the team is made up, since no register names teams."""
    icb = _first(Icb.objects.filter(body__name__icontains=AREA), f"an ICB of {AREA}")
    exe, tor = _pcns(icb, at)
    mill, quay = _practices(exe, at)
    moor, ford = _practices(tor, at)
    homes = {key: _home(key, fewest, most) for key, fewest, most in HOMES}
    large = CareHome.objects.select_related("provider__body").get(pk=homes["large"].pk)
    if large.provider is None:
        raise click.ClickException(f"{large.body.name} has no provider in the file of CQC.")
    with building.building():
        team = building.make_team("TEAM-D1 Speech and Diet Team (made up)")
    return Places(
        icb=icb.body,
        exe=exe.body,
        tor=tor.body,
        mill=mill,
        quay=quay,
        moor=moor,
        ford=ford,
        provider=large.provider.body,
        team=team,
        **homes,
    )


def _found(folder: Path, what: str, patterns: tuple[str, ...]) -> Path:
    for pattern in patterns:
        paths = sorted(folder.rglob(pattern), key=lambda path: path.name)
        if paths:
            return paths[-1]
    raise click.ClickException(f"{folder} holds no file of {what} ({' or '.join(patterns)}).")


def _pcns(icb: Icb, at: datetime) -> tuple[Pcn, Pcn]:
    """The first two open PCNs, by code, with two open practices or more."""
    there = Pcn.objects.filter(sub_icb__icb=icb, body__closed_on=None).select_related("body").order_by("body__code")
    found = [pcn for pcn in there if len(_open_practices(pcn, at)) > 1]
    if len(found) < 2:
        raise click.ClickException(f"The files hold no two PCNs with two practices in {icb.body.name}.")
    return found[0], found[1]


def _practices(pcn: Pcn, at: datetime) -> tuple[Body, Body]:
    first, second, *_ = _open_practices(pcn, at)
    return first.body, second.body


def _open_practices(pcn: Pcn, at: datetime) -> list[Practice]:
    began = london_date(at - SINCE)
    link = PcnPractice.objects.filter(practice=OuterRef("pk"), pcn=pcn, closed_on=None, opened_on__lte=began)
    there = Practice.objects.filter(Exists(link), body__closed_on=None).exclude(sub_icb=None)
    return list(there.select_related("body").order_by("body__code"))


def _home(key: str, fewest: int, most: int) -> Body:
    """The first open home, by code, of a size and kind; only the large one is with nursing."""
    for_learning_disability = Q(serves__icontains="learning disabilit") & ~Q(serves__icontains="older people")
    kinds = {"large": Q(with_nursing=True), "small": for_learning_disability & Q(without_nursing=True)}
    kind = kinds.get(key, Q(with_nursing=False, without_nursing=True, serves__icontains="older people"))
    there = CareHome.objects.filter(
        kind, local_authority=AREA, dormant=False, body__closed_on=None, beds__gte=fewest, beds__lte=most
    )
    return _first(there, f"a home in {AREA} with {fewest} to {most} beds").body


def _first(rows: QuerySet[Row], what: str) -> Row:
    found = rows.select_related("body").order_by("body__code").first()
    if found is None:
        raise click.ClickException(f"The files hold no {what}.")
    return found
