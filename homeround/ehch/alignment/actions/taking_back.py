"""A start of cover was entered in error: it stands no more, and what was said before it holds again.

Only the organisation that wrote it takes it back. What was read and written meanwhile stays in the log and the record.
"""

from __future__ import annotations

from datetime import date, datetime

from homeround.accounts.models import Written
from homeround.accounts.rights import Right
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.alignment import rules
from homeround.ehch.alignment.access import round_open_in, see_home
from homeround.ehch.alignment.actions.covering import tell_of_cover
from homeround.ehch.alignment.models import AlignmentStart, HoursStart, LeadStart, StartTakenBack
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.ports import Port
from homeround.kernel.record.actions import action
from homeround.kernel.record.corrections import correcting
from homeround.kernel.record.words import what_is_wrong
from homeround.kernel.refusals import Invalid, NotAllowed

pcn_was_wrong: Port[[int, int, datetime, Viewer, datetime], None] = Port("pcn_was_wrong")
"""Told, within the action, that a PCN never served a home, since when that had been said, by whom and when it was taken
back: what the PCN answered there waits for the one that serves it.
"""


@action
def take_back_alignment(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    code: str,
    from_on: date,
    because: str,
    despite_round: bool = False,
) -> str:
    """The alignment that begins on a day was entered in error; the one before it holds again. Returns the home's code.

    Raises NotHere, NotAllowed (another ICB wrote it), Invalid (from_on, because, despite_round).
    """
    home = see_home(viewer=by, code=code, at=at)
    home.must_have(Right.ALIGNMENTS)
    start = AlignmentStart.objects.filter(home=home.home_id, from_on=from_on).first()
    opened = round_open_in(home.home_id) if from_on <= london_date(at) and not despite_round else ""
    if opened:
        raise Invalid(despite_round=rules.round_is_open(opened, day_can_be_chosen=False))
    _take_back(start, by=by, at=at, from_on=from_on, because=because)
    if start is not None and start.pcn_id is not None:
        pcn_was_wrong(home.home_id, start.pcn_id, start.recorded_at, by, at)
    before = AlignmentStart.objects.filter(home=home.home_id, from_on__lt=from_on).order_by("-from_on").first()
    tell_of_cover(home, (start.pcn_id if start else None, before.pcn_id if before else None), at)
    return home.code


@action
def take_back_lead(
    *, by: Viewer, at: datetime, token: str | None = None, code: str, from_on: date, because: str
) -> str:
    """The naming of a lead from a day was entered in error; whoever led before leads again. Returns the home's code.

    Raises NotHere, NotAllowed (another PCN wrote it), Invalid (from_on, because).
    """
    home = see_home(viewer=by, code=code, at=at)
    home.must_have(Right.COVER)
    start = LeadStart.objects.filter(home=home.home_id, from_on=from_on).first()
    _take_back(start, by=by, at=at, from_on=from_on, because=because)
    return home.code


@action
def take_back_hours(
    *, by: Viewer, at: datetime, token: str | None = None, role: str, from_on: date, because: str
) -> str:
    """The hours of the viewer's own organisation from a day were entered in error. Returns its code.

    Raises NotAllowed, Invalid (from_on, because).
    """
    if not by.may(Right.HOURS):
        raise NotAllowed(f"Only a manager of {by.body_name} says when it is at work. Nothing was changed.")
    start = HoursStart.objects.filter(body=by.body_id, role=role, from_on=from_on).first()
    _take_back(start, by=by, at=at, from_on=from_on, because=because)
    return by.body_code


def _take_back(start: Written | None, *, by: Viewer, at: datetime, from_on: date, because: str) -> None:
    if start is None:
        raise Invalid(from_on=f"Nothing begins on {shown_date(from_on)} here. Look at the list again.")
    if start.held_for_id != by.body_id:
        raise NotAllowed("Another organisation wrote this down. Ask it to take it back. Nothing was changed.")
    if problem := what_is_wrong(because, most=300, needed="Say why it was entered in error."):
        raise Invalid(because=problem)
    StartTakenBack.objects.create(
        table=start._meta.db_table,  # noqa: SLF001 - Django's own name for it
        row=start.pk,
        because=because.strip(),
        **written(by=by, at=at, held_for=by.body_id),
    )
    with correcting():
        type(start).with_removed.filter(pk=start.pk).update(stands=False)
