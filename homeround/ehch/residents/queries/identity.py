"""Who people are: the newest standing claims about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, JSONObject

from homeround.ehch.residents import rules
from homeround.ehch.residents.access import living_stays
from homeround.ehch.residents.models import Departure, HospitalStay, IdentityClaim
from homeround.ehch.residents.words import ClaimStatus, DepartureKind, IdentityKind
from homeround.kernel.prepared import prepared
from homeround.kernel.record import nhs_number


@dataclass(frozen=True)
class Away:
    """That somebody who lives in a home is in hospital: since which day, and which hospital where it is known."""

    since: date
    hospital: str


@dataclass(frozen=True)
class Went:
    """That somebody went: how (a `DepartureKind`), on which day, and out of which home; None: not known here."""

    how: str
    on: date | None
    home: int | None


@dataclass(frozen=True)
class Identity:
    """Who somebody is, from the newest standing claims. Empty text and None mean: not recorded here.

    Where it was asked with who they are (`identities`): `away`, that they are in hospital; `went`, how they went last;
    `lives_in`, the home where they live now.
    """

    given: str = ""
    family: str = ""
    known_as: str = ""
    born_on: date | None = None
    number: str = ""
    number_absent_because: str = ""
    number_is_checked: bool = False
    away: Away | None = None
    went: Went | None = None
    lives_in: int | None = None

    def gone_from(self, home: int | None) -> Went | None:
        """How they went who live in that home no more, or (None) in no home: for every list that names them there.

        Of another home than the one they went from last it is only said that they left: what came after is not theirs.
        """
        lives_there = self.lives_in is not None and home in (None, self.lives_in)
        if self.went is None or lives_there:
            return None
        if home is None or home == self.went.home:
            return self.went
        return Went(DepartureKind.LEFT.value, None, home)

    @cached_property
    def names(self) -> rules.Name:
        """The name in its parts, to be compared (H1)."""
        return rules.Name(self.given, self.family, self.known_as, self.number)

    @property
    def name(self) -> str:
        """First and family name, or the only one there is."""
        return self.names.formal or "Name not recorded here"

    @property
    def called(self) -> str:
        """What they are called, with the family name in full: never initials alone (H1)."""
        return self.names.called or self.name

    @property
    def formal(self) -> str:
        """The formal name where they are called something else, to stand beside it; else nothing."""
        return self.name if self.called != self.name else ""

    @property
    def nhs_number(self) -> str:
        """The NHS number in groups of 3 3 4, or why it is not known."""
        if self.number:
            return nhs_number.shown(self.number)
        return f"not known: {self.number_absent_because}" if self.number_absent_because else "not recorded here"

    def age(self, on: date) -> int | None:
        """Whole years on a day; None when the date of birth is not recorded here."""
        return None if self.born_on is None else rules.age_on(self.born_on, on)


def numbers_for_tests() -> int:
    """How many NHS numbers of the range for tests are in the record: none may be in a live one (H24)."""
    return IdentityClaim.objects.filter(number__startswith=nhs_number.TEST_PREFIX).count()


def identities(resident_ids: Iterable[int]) -> dict[int, Identity]:
    """Who these people are, whether they are in hospital, and whether they went, in one statement; none for nobody."""
    asked = list(resident_ids)
    return read_claims(_claims_of(residents=asked)) if asked else {}


@prepared
def _claims_of(*, residents: list[int]) -> QuerySet[IdentityClaim, Any]:
    there = HospitalStay.objects.open().filter(resident=OuterRef("resident"))
    went = Departure.objects.filter(resident=OuterRef("resident")).exclude(kind=DepartureKind.NOT_COMING.value)
    how = JSONObject(how="kind", on=Cast("left_on", CharField()), home="stay__home_id")
    lives = living_stays().filter(resident=OuterRef("resident")).order_by("-pk")
    return (
        claims()
        .filter(resident__in=residents)
        .annotate(
            away_now=_beside_the_name(there.values(found=away_json())[:1]),
            went_last=_beside_the_name(went.order_by("-left_on", "-pk").values(found=how)[:1]),
            lives_in=_beside_the_name(lives.values("home")[:1]),
        )
    )


def _beside_the_name(found: QuerySet[Any, Any]) -> Case:
    """What is so about a person, once for them: on the rows of their name."""
    return Case(When(kind=IdentityKind.NAME.value, then=Subquery(found)))


def away_json() -> JSONObject:
    """Since when somebody is in hospital and in which, of a stay there."""
    return JSONObject(since=Cast("went_on", CharField()), hospital="hospital")


def away_in(found: Mapping[str, str] | None) -> Away | None:
    """What `away_json` found."""
    return Away(date.fromisoformat(found["since"]), found["hospital"]) if found else None


def _so_now(away: Any = None, went: Any = None, lives_in: int | None = None) -> dict[str, Any]:
    """What `identities` asks beside the name."""
    last = Went(went["how"], date.fromisoformat(went["on"]), went["home"]) if went else None
    return {"away": away_in(away), "went": last, "lives_in": lives_in}


def claims() -> QuerySet[IdentityClaim, Any]:
    """The standing claims, for `read_claims`."""
    return (
        IdentityClaim.objects.filter(ended_at=None)
        .order_by()
        .values_list(
            "resident_id",
            "kind",
            "from_on",
            "pk",
            "given",
            "family",
            "known_as",
            "born_on",
            "number",
            "absent_because",
            "status",
        )
    )


def read_claims(rows: Iterable[tuple[Any, ...]]) -> dict[int, Identity]:
    """The newest claim of each kind wins; the order is that of the day stated, then of writing down."""
    found: dict[int, dict[str, Any]] = {}
    for claim in sorted(rows, key=lambda row: (row[2], row[3])):
        resident_id, kind, _, _, given, family, known_as, born_on, number, absent, status, *so_now = claim
        facts = found.setdefault(resident_id, {})
        if kind == IdentityKind.NAME:
            facts |= {"given": given, "family": family, "known_as": known_as, **_so_now(*so_now)}
        elif kind == IdentityKind.BIRTH_DATE:
            facts |= {"born_on": born_on}
        else:
            facts |= {
                "number": number,
                "number_absent_because": absent,
                "number_is_checked": status == ClaimStatus.VERIFIED,
            }
    return {resident_id: Identity(**facts) for resident_id, facts in found.items()}
