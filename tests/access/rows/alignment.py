"""Who may do what to cover, leads and hours: the rows of the access table for the actions of this slice."""

from __future__ import annotations

from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment import actions as alignment
from tests.access.acting import LATER, Row, cover, membership_of
from tests.access.people import EVERYBODY, MANAGE_A_BODY, TODAY
from tests.world import BEFORE, OFFICE, World


def _take_back_own_hours(world: World, things: dict[str, str], by: Viewer) -> object:
    """The hours of the actor's own organisation are taken back; whoever may and has none writes them down first."""
    role, from_on = "coordinator", BEFORE.date()
    if by.body_kind != "pcn" and by.may(Right.HOURS):
        role, from_on = "", TODAY
        ROWS["alignment.set_hours"].do(world, things, by)
    return alignment.take_back_hours(by=by, at=LATER, role=role, from_on=from_on, because="The wrong week.")


ROWS: dict[str, Row] = {
    "alignment.align_home": cover(
        lambda world, things, by: alignment.align_home(
            by=by, at=LATER, code=world.code("rose"), pcn_code=None, from_on=TODAY, agreed_with="all three"
        ),
        "ICB officer",
    ),
    "alignment.name_lead": cover(
        lambda world, things, by: alignment.name_lead(
            by=by, at=LATER, code=world.code("rose"), lead=None, from_on=TODAY
        ),
        "PCN manager",
    ),
    "alignment.take_back_alignment": cover(
        lambda world, things, by: alignment.take_back_alignment(
            by=by,
            at=LATER,
            code=world.code("rose"),
            from_on=BEFORE.date(),
            because="The wrong PCN.",
            despite_round=True,
        ),
        "ICB officer",
    ),
    "alignment.take_back_lead": cover(
        lambda world, things, by: alignment.take_back_lead(
            by=by, at=LATER, code=world.code("rose"), from_on=BEFORE.date(), because="The wrong person."
        ),
        "PCN manager",
    ),
    "alignment.take_back_hours": Row(
        _take_back_own_hours,
        may=MANAGE_A_BODY,
        refused=EVERYBODY - MANAGE_A_BODY,
        alone=True,
    ),
    "alignment.place_on_mdt": cover(
        lambda world, things, by: alignment.place_on_mdt(
            by=by, at=LATER, code=world.code("rose"), member=membership_of(world, "nurse")
        ),
        "PCN manager",
    ),
    "alignment.take_off_mdt": cover(
        lambda world, things, by: alignment.take_off_mdt(
            by=by, at=LATER, code=world.code("rose"), member=membership_of(world, "community")
        ),
        "PCN manager",
    ),
    "alignment.set_hours": Row(
        lambda world, things, by: alignment.set_hours(
            by=by,
            at=LATER,
            role="",
            week=OFFICE,
            works_bank_holidays=False,
            phone="01632 960111",
            otherwise="NHS 111",
            otherwise_phone="111",
            from_on=TODAY,
        ),
        may=MANAGE_A_BODY,
        refused=EVERYBODY - MANAGE_A_BODY,
        alone=True,
    ),
}
