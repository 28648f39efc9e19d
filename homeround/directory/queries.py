"""What can be read about bodies. Public facts: no viewer is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Final

from django.db.models import Exists, OuterRef, Q

from homeround.directory.models import Body, CareHome, PcnPractice, Practice, Proposal, SubIcb
from homeround.directory.words import in_words
from homeround.kernel.calendar.times import shown_date

_SHORTEST: Final = 2


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


@dataclass(frozen=True)
class PracticeFound:
    """An open practice as somebody recognises it."""

    code: str
    name: str
    postcode: str


def find_practices(text: str, on: date, *, most: int) -> list[PracticeFound]:
    """Open practices that fit a text, by name: the one with this code alone, else those with this postcode (or the
    beginning of one), else those whose names have every word. Nothing for a text of fewer than two characters.
    """
    squeezed = "".join(text.split()).upper()
    if len(squeezed) < _SHORTEST:
        return []
    open_now = Practice.objects.filter(
        Q(body__closed_on=None) | Q(body__closed_on__gt=on),
        Q(body__opened_on=None) | Q(body__opened_on__lte=on),
        dormant=False,
    )
    for fits in (Q(body__code=squeezed), *_by_postcode(squeezed), _by_name(text)):
        rows = open_now.filter(fits).order_by("body__name", "body__code")[:most]
        if found := [PracticeFound(*row) for row in rows.values_list("body__code", "body__name", "postcode")]:
            return found
    return []


def _by_postcode(squeezed: str) -> list[Q]:
    """How a text that reads as a postcode, or as its first part, finds practices; nothing for other texts."""
    whole = re.fullmatch(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", squeezed)
    if whole:
        return [Q(postcode=f"{whole[1]} {whole[2]}")]
    return [Q(postcode__startswith=f"{squeezed} ")] if re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?", squeezed) else []


def _by_name(text: str) -> Q:
    return reduce(and_, (Q(body__name__icontains=word) for word in text.split()))


@dataclass(frozen=True)
class ProposalWaiting:
    """What an import put before a person, in words."""

    ref: str
    what: str
    code: str
    words: str
    found_at: datetime


def waiting_proposals() -> list[ProposalWaiting]:
    """The proposals that wait for a person, the oldest first."""
    rows = Proposal.objects.filter(decided_at=None).select_related("body", "other")
    return [
        ProposalWaiting(
            row.ref,
            row.what,
            row.body.code,
            in_words(
                row.what,
                f"{row.body.kind} {row.body.code} ({row.body.name})",
                ends_on=row.ends_on,
                other=str(row.other or ""),
            ),
            row.found_at,
        )
        for row in rows
    ]


def where_homes_are(home_ids: Iterable[int]) -> dict[int, str]:
    """Address and registration of homes, in words: what tells two of one name apart."""
    rows = CareHome.objects.filter(body__in=list(home_ids)).values_list(
        "body_id", "body__code", "body__opened_on", "address", "postcode", "succeeded_by__body__code"
    )
    return {
        home_id: ", ".join(filter(None, (address, postcode, _registration(code, opened_on, anew))))
        for home_id, code, opened_on, address, postcode, anew in rows.order_by("succeeded_by__body__code")
    }


def of_no_known_area(home_ids: Iterable[int]) -> frozenset[int]:
    """Those of these homes of which no official file says in whose area they lie: each ICB is shown them."""
    areas = SubIcb.objects.exclude(ons_code="").filter(ons_code=OuterRef("area_ons_code"))
    unknown = CareHome.objects.filter(~Exists(areas), body__in=list(home_ids))
    return frozenset(unknown.values_list("body_id", flat=True))


def _registration(code: str, opened_on: date | None, anew: str | None) -> str:
    since = f" since {shown_date(opened_on)}" if opened_on else ""
    return f"CQC {code}{since}" + (f", registered anew as {anew}" if anew else "")


def practices_of(pcn_id: int, on: date) -> list[BodyFound]:
    """The open practices of a PCN on a day, by name."""
    links = PcnPractice.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), pcn=pcn_id, opened_on__lte=on)
    bodies = Body.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=on), pk__in=links.values("practice"), practice__dormant=False
    )
    return [
        BodyFound(*row)
        for row in bodies.order_by("name", "code").values_list("pk", "kind", "code", "name", "closed_on")
    ]
