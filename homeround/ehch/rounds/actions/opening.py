"""Opening a home round (REQ-33, REQ-43 to REQ-45)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from homeround.accounts.queries import is_colleague_with
from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.alignment.access import HomeInSight, see_home
from homeround.ehch.rounds import rules
from homeround.ehch.rounds.models import Round
from homeround.kernel.calendar.times import london_date, shown
from homeround.kernel.record.actions import action
from homeround.kernel.record.kept import Retention
from homeround.kernel.refusals import ChangedMeanwhile, Invalid


@action
def open_round(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    code: str,
    mode: str,
    home_representative: str,
    medical_input: str = "",
    no_medical_input_because: str = "",
    leader: int | None = None,
) -> str:
    """Open the round of the home with this `code`, today. The opener leads, unless a coordinator names the `leader`.

    Returns the round's ref. Raises NotHere, NotAllowed, Invalid, or ChangedMeanwhile when today’s round is open there:
    one that was left open on an earlier day is in nobody's way.
    """
    home = see_home(viewer=by, code=code, at=at, kind=Kind.CLINICAL)
    leads = _leader(home, by, at, leader)
    problems = rules.problems_of_opening(mode, home_representative, medical_input, no_medical_input_because)
    if problems:
        raise Invalid(**problems)
    try:
        with transaction.atomic():
            return Round.objects.create(
                home_id=home.home_id,
                on=london_date(at),
                mode=mode,
                leader_id=leads,
                home_representative=home_representative,
                medical_input=medical_input,
                no_medical_input_because=no_medical_input_because,
                retention=Retention.SERVICE_RECORD,
                **written(by=by, at=at, held_for=home.home_id, for_whom=leads if leads != by.membership_id else None),
            ).ref
    except IntegrityError:
        raise _is_open(home, london_date(at)) from None


def _leader(home: HomeInSight, by: Viewer, at: datetime, leader: int | None) -> int:
    if leader is None or leader == by.membership_id:
        home.must_have(Right.CLINICAL_ENTRIES)
        return by.membership_id
    home.must_have(Right.TYPING_FOR)
    if not is_colleague_with(right=Right.LEADING_ROUNDS, membership_id=leader, body_id=by.body_id, at=at):
        raise Invalid(leader="Choose the clinician of your PCN who leads this round.")
    return leader


def _is_open(home: HomeInSight, on: date) -> ChangedMeanwhile:
    row = Round.objects.select_related("by__user").get(home=home.home_id, on=on, ended_at=None)
    return ChangedMeanwhile(
        "The round",
        row.by.user.name,
        row.recorded_at,
        {"round": f"open since {shown(row.recorded_at)}"},
        then="Yours is not opened: go to that round and write in it.",
    )
