"""What can be read about bodies. Public facts: no viewer is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from homeround.directory.models import Body, CareHome, PcnPractice


@dataclass(frozen=True)
class BodyFound:
    """A body by its code."""

    body_id: int
    kind: str
    code: str
    name: str
    closed_on: date | None

    def is_open(self, on: date) -> bool:
        """Whether the body is open on a day."""
        return self.closed_on is None or on < self.closed_on


def body_by_code(kind: str, code: str) -> BodyFound | None:
    """The body of this kind with this code, whatever its capitals and spaces; None when there is none."""
    row = (
        Body.objects.filter(kind=kind, code=code.strip().upper())
        .values_list("pk", "kind", "code", "name", "closed_on")
        .first()
    )
    return BodyFound(*row) if row else None


def home_by_code(code: str) -> BodyFound | None:
    """The care home with this CQC location id, or this ODS code (then the newest registration); None when there is
    none.
    """
    wanted = code.strip().upper()
    row = (
        CareHome.objects.filter(Q(body__code=wanted) | Q(ods_code=wanted) & ~Q(ods_code=""))
        .order_by("body__opened_on")
        .values_list("body__pk", "body__kind", "body__code", "body__name", "body__closed_on")
        .last()
    )
    return BodyFound(*row) if row else None


def practices_of(pcn_id: int, on: date) -> list[BodyFound]:
    """The open practices of a PCN on a day, by name."""
    links = PcnPractice.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), pcn=pcn_id, opened_on__lte=on)
    bodies = Body.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), pk__in=links.values("practice"))
    return [
        BodyFound(*row)
        for row in bodies.order_by("name", "code").values_list("pk", "kind", "code", "name", "closed_on")
    ]
