"""The way back from taking a move-in out: the person lives here as before, with everything that was written."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents import rules
from homeround.ehch.residents.actions.correcting import correct
from homeround.ehch.residents.models import Arrival, Correction, Resident, RoomStart, Stay, StayChange
from homeround.ehch.residents.queries.taken_out import taken_out_of
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.record.actions import action
from homeround.kernel.record.corrections import correcting
from homeround.kernel.refusals import Invalid, NotHere

OF_A_MOVE_IN = (Resident, Stay, Arrival, StayChange, RoomStart)
"""What taking a move-in out takes with it."""


@action
def put_back_move_in(*, by: Viewer, at: datetime, token: str | None = None, code: str, ref: str, because: str) -> str:
    """Somebody whose move-in was taken out by mistake lives in this home after all: their stay, its days and their room
    are so again, and what was decided and noticed is seen again.

    For whoever is in no list since; who is expected or has left again is on their page. Returns the person's ref.
    Raises NotHere, NotAllowed, Invalid (because).
    """
    home = see_home(viewer=by, code=code, at=at, kind=Kind.IDENTITY)
    home.must_have(Right.MOVES)
    found = taken_out_of(home, ref)
    if not found:
        raise NotHere
    if problems := rules.problems_of_reason(because):
        raise Invalid(**problems)
    person = found[0]
    taken = list(Correction.objects.filter(resident=person.resident_id, recorded_at=person.at))
    rows_of = {model._meta.db_table: model for model in OF_A_MOVE_IN}  # noqa: SLF001 - Django's own name for it
    with correcting():
        for correction in taken:
            rows_of[correction.table]._base_manager.filter(pk=correction.row).update(stands=True)
    for correction in taken:
        if correction.table == Stay._meta.db_table:  # noqa: SLF001 - the one that says it all on the timeline
            correct(correction, kind=CorrectionKind.IN_ERROR, because=because, by=by, at=at)
    with correcting():
        Correction.objects.filter(pk__in=[correction.pk for correction in taken]).update(stands=False)
    return person.ref
