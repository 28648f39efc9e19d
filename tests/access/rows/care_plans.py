"""Who may do what to plans: the rows of the access table for the actions of this slice."""

from __future__ import annotations

from homeround.accounts.rights import Role
from homeround.ehch.care_plans import actions as care_plans
from tests.access.acting import LATER, Row, about, membership_of, seen
from tests.access.people import CLINICIANS, PCN, SENIOR, TODAY

ROWS: dict[str, Row] = {
    "care_plans.mark_done": seen(
        lambda world, things, by: care_plans.mark_done(
            by=by,
            at=LATER,
            ref=things["person"],
            obligation="plan",
            done_on=TODAY,
            document="shared folder",
            took_part="Nell Nurse",
            person_took_part="yes, talked it through",
            for_whom=membership_of(world, "clinician") if by.role is Role.COORDINATOR else None,
        ),
        SENIOR,
        CLINICIANS,
        {"care coordinator"},
    ),
    "care_plans.mark_not_done": seen(
        about(care_plans.mark_not_done, obligation="assessment", because="the other Margaret"),
        SENIOR,
        PCN,
    ),
}
