"""The one way in which an entry stops standing: with a row that says why (trust.md, "Corrections
are of four kinds").
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from homeround.accounts.models import Written
from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.residents.models import AboutResident, Correction, IdentityClaim, RegistrationStart, Resident, Stay
from homeround.ehch.residents.words import CorrectionKind
from homeround.kernel.record.corrections import correcting
from homeround.kernel.record.words import problems_in, what_is_wrong
from homeround.kernel.refusals import Invalid

MOST: Final = 300
"""Characters of a reason."""


def _must_be_kept(because: str) -> None:
    if problems := problems_in(because=what_is_wrong(because, most=MOST)):
        raise Invalid(**problems)


def correct(row: AboutResident, *, kind: str, because: str, by: Viewer, at: datetime) -> None:
    """`row` no longer stands, and why. Within an action whose door was opened by whoever may correct.

    Raises Invalid for a reason that is too long to keep.
    """
    _must_be_kept(because)
    Correction.objects.create(
        resident_id=row.resident_id,
        kind=kind,
        table=row._meta.db_table,  # noqa: SLF001 - Django's own name for it
        row=row.pk,
        because=because,
        **written(by=by, at=at, held_for=row.held_for_id),
    )
    with correcting():
        type(row)._base_manager.filter(pk=row.pk).update(stands=False)


def correct_resident(resident: Resident, *, because: str, by: Viewer, at: datetime) -> None:
    """The person was never here: the record of them no longer stands, and why. Within an action, as `correct`."""
    _must_be_kept(because)
    Correction.objects.create(
        resident=resident,
        kind=CorrectionKind.IN_ERROR.value,
        table=resident._meta.db_table,  # noqa: SLF001 - Django's own name for it
        row=resident.pk,
        because=because,
        **written(by=by, at=at, held_for=resident.held_for_id),
    )
    with correcting():
        Resident._base_manager.filter(pk=resident.pk).update(stands=False)


def reopen(row: Written) -> None:
    """Nothing ended `row` after all. Within an action that corrects the event which had ended it."""
    with correcting():
        type(row)._base_manager.filter(pk=row.pk).update(ended_at=None, ended_by=None, ended_how="")


def put_back(row: AboutResident, *, kind: str) -> None:
    """`row` stands again where a correction of this kind had taken it off; the correction is done away with. Within an
    action that takes back the act which had corrected it.
    """
    table = row._meta.db_table  # noqa: SLF001 - Django's own name for it
    taken_off = Correction.objects.filter(table=table, row=row.pk, kind=kind)
    with correcting():
        if taken_off.update(stands=False):
            type(row)._base_manager.filter(pk=row.pk).update(stands=True)


SAID_ON_COMING: Final[tuple[tuple[type[AboutResident], tuple[str, ...]], ...]] = (
    (RegistrationStart, ()),
    (IdentityClaim, ("kind",)),
)
"""What the act that writes a stay also says about the person, and what one saying of it is told apart by."""


def undo_what_was_said_with(stay: Stay, *, because: str, by: Viewer, at: datetime) -> None:
    """Whatever the act that wrote `stay` said about the person no longer holds either: who they are, their practice.

    What it had put aside stands again. A saying that somebody has changed since is theirs and is left as it is. Within
    an action that takes the stay back.
    """
    for table, told_apart_by in SAID_ON_COMING:
        of_the_act = {"resident": stay.resident_id, "by": stay.by_id, "recorded_at": stay.recorded_at}
        for said in table._default_manager.filter(ended_at=None, **of_the_act):
            correct(said, kind=CorrectionKind.IDENTITY, because=because, by=by, at=at)
            put_aside = Correction.objects.filter(table=table._meta.db_table, **of_the_act).values("row")  # noqa: SLF001
            alike = {name: getattr(said, name) for name in told_apart_by}
            with correcting():
                table._base_manager.filter(pk__in=put_aside, stands=False, **alike).update(stands=True)
