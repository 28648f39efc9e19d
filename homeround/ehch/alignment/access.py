"""Doors to homes: the only way to a home takes the viewer, and what is to be read there.

A home that is not the viewer's is not here (404), whether it exists or not; a home that is, but whose information of
that
kind is not for the viewer's role, is refused in words (403).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from homeround.accounts.models import Membership
from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Kind, Reach, Right
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome, Pcn, SubIcb
from homeround.ehch.alignment.models import MdtPlace, pcn_of
from homeround.ehch.alignment.words import Ground
from homeround.kernel.calendar.times import london_date
from homeround.kernel.ports import Port
from homeround.kernel.prepared import prepared
from homeround.kernel.refusals import NotAllowed, NotHere

leads_open_round: Port[[int, str, date], Exists] = Port("leads_open_round")
"""Whether a member leads a round of a day that is open in the home named by a column; rounds knows."""

round_open_in: Port[[int], str] = Port("round_open_in")
"""The round that is open in a home, in words for whoever would align it elsewhere today; empty for none."""


@dataclass(frozen=True)
class HomeInSight:
    """Proof that `viewer` may see this home now, and why. Only this file makes it."""

    viewer: Viewer
    home_id: int
    code: str
    name: str
    pcn_id: int | None
    ground: Ground
    at: datetime

    def must_read(self, kind: Kind) -> None:
        """Raises NotAllowed when the viewer's role reads nothing of this kind."""
        must_read(self.viewer, kind)

    def must_have(self, right: Right) -> None:
        """Raises NotAllowed when the viewer's role does not have this right."""
        must_have(self.viewer, right)


def must_read(viewer: Viewer, kind: Kind) -> None:
    """Raises NotAllowed when the viewer's role reads nothing of this kind."""
    if not viewer.reads(kind):
        raise NotAllowed(
            f"As {viewer.role_words} you do not read this. Ask somebody whose work it is, or change capacity."
        )


def must_have(viewer: Viewer, right: Right) -> None:
    """Raises NotAllowed when the viewer's role does not have this right."""
    if not viewer.may(right):
        raise NotAllowed(f"As {viewer.role_words} you may not {right}. Nothing was changed.")


def see_home(*, viewer: Viewer, code: str, at: datetime, kind: Kind = Kind.SERVICE) -> HomeInSight:
    """The home with this CQC location id or ODS code, if it is the viewer's, for reading `kind`.

    One statement whatever the answer. Raises NotHere, or NotAllowed when the role does not read `kind`.
    """
    for home in _called(code=code.upper(), viewer=viewer, at=at):
        must_read(viewer, kind)
        return HomeInSight(
            viewer=viewer,
            home_id=home.pk,
            code=home.body.code,
            name=home.body.name,
            pcn_id=home.pcn_now,
            ground=_ground(viewer, home.pcn_now),
            at=at,
        )
    raise NotHere


@prepared
def _called(*, code: str, viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """The newest home of the viewer's with this code: an ODS code may have been another registration's before."""
    wanted = Q(body__code=code) | Q(ods_code=code) & ~Q(ods_code="")
    return homes_of(viewer=viewer, at=at).filter(wanted).select_related("body").order_by("-body__opened_on")[:1]


def homes_of(*, viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """The homes a viewer may see, each with `pcn_now`, the PCN it is aligned to on the day of `at` (None for none)."""
    on = london_date(at)
    homes = CareHome.objects.annotate(pcn_now=pcn_of("pk", on))
    if viewer.reach in {Reach.HOME, Reach.LOG} and viewer.body_kind == "home":
        return homes.filter(pk=viewer.body_id)
    if viewer.reach in {Reach.PCN, Reach.LOG} and viewer.body_kind == "pcn":
        return homes.filter(Q(pcn_now=viewer.body_id) | finishes_round(viewer, "pk", at))
    if viewer.reach is Reach.AREA:
        return homes.filter(_in_area(viewer.body_id))
    if viewer.reach is Reach.TEAM:
        return homes.filter(on_mdt(viewer, "pk", at))
    return homes.none()


def _in_area(icb: int) -> Q:
    """Whether a home with `pcn_now` is an ICB's: through the PCN that serves it or, without one, through the area it
    lies in. A home without a PCN whose area is not known is shown to each ICB, or nobody would see it.
    """
    served = Pcn.objects.filter(pk=OuterRef("pcn_now"), sub_icb__icb=icb)
    areas = SubIcb.objects.exclude(ons_code="").filter(ons_code=OuterRef("area_ons_code"))
    return Q(Exists(served)) | Q(Q(Exists(areas.filter(icb=icb))) | ~Q(Exists(areas)), pcn_now=None)


def on_mdt(viewer: Viewer, home: str, at: datetime) -> Exists:
    """Whether the viewer has a place on the MDT of the home named by the column `home` of the query around it.

    A place that another PCN gave counts no more: the PCN that serves the home now says who is on its MDT.
    """
    places = MdtPlace.objects.open().filter(home=OuterRef(home), member=viewer.membership_id)
    return Exists(places.filter(held_for=pcn_of("home", london_date(at))))


def acting_in(home: str, at: datetime) -> QuerySet[Membership]:
    """The open memberships that act now in the home named by the column `home` of the query around: of the home, of the
    PCN that serves it, or with a place on its MDT that this PCN gave.
    """
    on = london_date(at)
    places = MdtPlace.objects.open().filter(home=OuterRef(OuterRef(home)), member=OuterRef("pk"))
    has_a_place = Exists(places.filter(held_for=pcn_of("home", on)))
    serves = Q(body=pcn_of(OuterRef(home), on))
    return open_memberships(at).filter(Q(body=OuterRef(home)) | serves | has_a_place)


def acts_in(member: int, home_id: int, at: datetime) -> bool:
    """Whether whoever this membership is of acts in a home now, for the same body. One statement."""
    acts = Exists(acting_in("pk", at).filter(pk__in=Membership.objects.same_as(member)))
    return CareHome.objects.filter(acts, pk=home_id).exists()


def is_served(home_id: int, at: datetime) -> bool:
    """Whether a PCN serves a home on the day of an instant. One statement."""
    homes = CareHome.objects.annotate(pcn_now=pcn_of("pk", london_date(at)))
    return homes.filter(pk=home_id, pcn_now__isnull=False).exists()


def finishes_round(viewer: Viewer, home: str, at: datetime) -> Q:
    """Whether the viewer leads a round that is open today in the home named by the column `home`: who does finishes it,
    also when the home is aligned elsewhere from today (C19).
    """
    if not viewer.may(Right.LEADING_ROUNDS):
        return Q(pk__in=())
    return Q(leads_open_round(viewer.membership_id, home, london_date(at)))


def _ground(viewer: Viewer, pcn_id: int | None) -> Ground:
    if viewer.body_kind == "home":
        return Ground.WORKS_HERE
    if viewer.body_kind == "pcn":
        return Ground.SERVES
    if viewer.reach is Reach.TEAM:
        return Ground.MDT
    return Ground.UNALIGNED if pcn_id is None else Ground.AREA
