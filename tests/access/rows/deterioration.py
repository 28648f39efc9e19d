"""Who may do what to concerns: the rows of the access table for the actions of this slice."""

from __future__ import annotations

from homeround.ehch.deterioration import actions as deterioration
from tests.access.acting import LATER, Row, about, on, seen
from tests.access.people import CLINICIANS, PCN, RAISE_CONCERNS, SEES, SENIOR

ROWS: dict[str, Row] = {
    "deterioration.raise_concern": Row(
        about(deterioration.raise_concern, words="Very sleepy", help_now=False),
        may=RAISE_CONCERNS,
        refused=SEES - RAISE_CONCERNS,
    ),
    "deterioration.record_call": seen(
        on("urgent", deterioration.record_call, service="NHS 111", spoke_to="Sam", words="coming"), RAISE_CONCERNS
    ),
    "deterioration.mark_read": seen(on("concern", deterioration.mark_read), PCN),
    "deterioration.answer_concern": seen(on("concern", deterioration.answer_concern, words="Seen."), PCN),
    "deterioration.add_words": seen(on("urgent", deterioration.add_words, words="She fell."), RAISE_CONCERNS),
    "deterioration.unmark_read": seen(on("answered", deterioration.unmark_read), PCN),
    "deterioration.reopen_concern": seen(
        on("answered", deterioration.reopen_concern, because="the other Margaret was seen"), PCN
    ),
    "deterioration.remove_concern": seen(
        on("concern", deterioration.remove_concern, because="a slip"), {"carer"}, SENIOR, CLINICIANS
    ),
    "deterioration.put_back_concern": seen(
        on("removed", deterioration.put_back_concern, because="the wrong one"), {"carer"}, SENIOR, CLINICIANS
    ),
    "deterioration.remove_call": seen(
        lambda world, things, by: deterioration.remove_call(
            by=by, at=LATER, ref=things["phoned"], call=things["call"], because="about somebody else"
        ),
        {"carer"},
        SENIOR,
        PCN,
    ),
    "deterioration.move_concern": seen(
        lambda world, things, by: deterioration.move_concern(
            by=by, at=LATER, ref=things["concern"], to_ref=world.residents["margaret_h"], because="the other Margaret"
        ),
        RAISE_CONCERNS,
    ),
}
