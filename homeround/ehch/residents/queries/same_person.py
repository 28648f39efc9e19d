"""People of a home who may be the one who is being written down: open, expected, left or dead here, and nobody else.

About anybody outside the viewer's reach the answer is that of nobody, with the same statements (trust.md, "No oracle").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight
from homeround.ehch.residents.models import Departure, NotTheSame, Stay, terms
from homeround.ehch.residents.queries.identity import Identity, claims, identities, read_claims
from homeround.ehch.residents.queries.people import room_of
from homeround.ehch.residents.queries.taken_out import rows_of
from homeround.ehch.residents.words import DepartureKind, StayBasis
from homeround.kernel.calendar.times import london_date


@dataclass(frozen=True)
class KnownHere:
    """Somebody of this home who may be the same person: what is known, and in what they are alike.

    `left` is how the newest stay here ended (a `DepartureKind`), empty while it is open; `on` the day it ended, or else
    began (None: not known). `taken_out`: their move-in was taken out as a mistake, and they are in no list.
    """

    resident_id: int
    ref: str
    identity: Identity
    room: str
    basis: str
    left: str
    on: date | None
    likeness: rules.Likeness
    stay_id: int
    taken_out: bool = False

    @property
    def lives_here(self) -> bool:
        """Whether they live here now."""
        return not self.left and not self.taken_out and self.basis != StayBasis.EXPECTED

    @property
    def is_expected(self) -> bool:
        """Whether they are expected here."""
        return not self.left and not self.taken_out and self.basis == StayBasis.EXPECTED

    @property
    def died(self) -> bool:
        """Whether they are recorded as having died."""
        return self.left == DepartureKind.DIED

    @property
    def facts(self) -> rules.Facts:
        """What is compared."""
        return facts_of(self.identity)


def facts_of(identity: Identity) -> rules.Facts:
    """Who somebody is, as the rules compare it."""
    return rules.Facts(identity.names, identity.born_on, identity.number)


def known_here(home: HomeInSight, typed: rules.Facts) -> list[KnownHere]:
    """Everybody of the home who may be the person typed, those with the same number first; also whoever was taken out
    as a mistake. Three statements, whatever they find.
    """
    home.must_read(Kind.IDENTITY)
    stays = list(_stays_of(home.home_id, home.at))
    taken_out = rows_of(home)
    numbers = [*(stay["resident_id"] for stay in stays), *(row.resident_id for row in taken_out)]
    people = read_claims(claims().filter(resident__in=numbers))
    found = [
        _known(stay, identity, like)
        for stay in stays
        for identity in [people.get(stay["resident_id"], Identity())]
        if (like := rules.likeness(typed, facts_of(identity)))
    ] + [
        _taken_out(row, identity, like)
        for row in taken_out
        for identity in [people.get(row.resident_id, Identity())]
        if (like := rules.likeness(typed, facts_of(identity)))
    ]
    return sorted(found, key=lambda known: (not known.likeness.number, not known.likeness.name, known.identity.family))


def kept_apart(person: PersonInSight) -> list[str]:
    """The names of those of the same home of whom somebody has said that they are not this person. Two statements, one
    when there is nobody.
    """
    rows = NotTheSame.objects.filter(Q(resident=person.resident_id) | Q(other=person.resident_id))
    pairs = rows.filter(held_for=person.home_id).values_list("resident", "other")
    others = {number for pair in pairs for number in pair} - {person.resident_id}
    return sorted(identity.called for identity in identities(others).values())


def _stays_of(home: int, at: datetime) -> QuerySet[Any, Any]:
    """The newest stay here of everybody whom the home still sees: open, by death, or ended within its weeks."""
    in_sight = Q(ended_at=None) | Q(ended_how=DepartureKind.DIED.value) | Q(ended_at__gte=at - rules.FORMER_HOME_READS)
    here = Stay.objects.filter(in_sight, home=home)
    newest = here.filter(resident=OuterRef("resident")).order_by(F("ended_at").desc(nulls_first=True), "-pk")
    departure = Departure.objects.filter(stay=OuterRef("pk")).values(day=Cast("left_on", CharField()))
    return (
        here.filter(pk=Subquery(newest.values("pk")[:1]))
        .annotate(terms_now=terms(), room_now=room_of("pk", at), left_on=Subquery(departure[:1]))
        .values("pk", "resident_id", "resident__ref", "basis", "ended_how", "terms_now", "room_now", "left_on")
    )


def _known(stay: dict[str, Any], identity: Identity, like: rules.Likeness) -> KnownHere:
    left_on = date.fromisoformat(stay["left_on"]) if stay["left_on"] else None
    return KnownHere(
        resident_id=stay["resident_id"],
        ref=stay["resident__ref"],
        identity=identity,
        room=(stay["room_now"] or {}).get("room", ""),
        basis=stay["basis"],
        left=stay["ended_how"],
        on=left_on or rules.terms_in(stay["terms_now"]).from_on,
        likeness=like,
        stay_id=stay["pk"],
    )


def _taken_out(row: Any, identity: Identity, like: rules.Likeness) -> KnownHere:
    return KnownHere(
        resident_id=row.resident_id,
        ref=row.resident_ref,
        identity=identity,
        room=row.room or "",
        basis="",
        left="",
        on=london_date(row.recorded_at),
        likeness=like,
        stay_id=row.row,
        taken_out=True,
    )
