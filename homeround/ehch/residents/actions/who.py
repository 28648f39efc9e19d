"""Who somebody is: as typed, checked, compared with the people of the home, and written down as claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from homeround.accounts.viewer import Viewer
from homeround.accounts.written import written
from homeround.ehch.alignment.access import HomeInSight
from homeround.ehch.residents import rules
from homeround.ehch.residents.actions.correcting import correct
from homeround.ehch.residents.models import IdentityClaim, NotTheSame, Resident
from homeround.ehch.residents.queries.identity import Identity
from homeround.ehch.residents.queries.same_person import KnownHere, facts_of, known_here
from homeround.ehch.residents.words import CorrectionKind, IdentityKind, StayBasis
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.record import nhs_number
from homeround.kernel.refusals import Invalid
from homeround.kernel.stamp import check_nhs_number


@dataclass(frozen=True)
class Somebody:
    """Who somebody is, as the home was told. Without an NHS number the reason why is needed."""

    given: str
    family: str
    born_on: date | None
    known_as: str = ""
    nhs_number: str = ""
    no_number_because: str = ""

    @property
    def number(self) -> str:
        """The ten digits; empty when the number is not known or cannot be one."""
        try:
            return nhs_number.parse(self.nhs_number) if self.nhs_number else ""
        except Invalid:
            return ""

    @property
    def facts(self) -> rules.Facts:
        """What is compared."""
        return rules.Facts(rules.Name(self.given, self.family, self.known_as), self.born_on, self.number)


def problems_of_who(who: Somebody, today: date, *, sure: bool) -> dict[str, str]:
    """What stands against keeping who somebody is said to be, field by field."""
    problems = rules.problems_of_identity(
        who.given, who.family, who.born_on, who.nhs_number, who.no_number_because, today, sure=sure
    )
    problems |= rules.problems_of_texts(
        given=who.given, family=who.family, known_as=who.known_as, no_number_because=who.no_number_because
    )
    if who.number and "nhs_number" not in problems:
        try:
            check_nhs_number(who.number)
        except Invalid as refusal:
            problems |= refusal.problems
    return problems


def the_same_person(home: HomeInSight, who: Somebody, answered: rules.Answered, *, basis: str) -> KnownHere | None:
    """The one record that is to be continued; None for somebody new (H10).

    Raises Invalid (same_person) while anybody of the home may be the person typed and nobody has said whether they
    are, and where continuing that record is not possible: they live here, are expected twice, or died.
    """
    known = known_here(home, who.facts)
    if answered.same_as:
        chosen = next((person for person in known if person.ref == answered.same_as), None)
        if chosen is None:
            raise Invalid(same_person="This has changed meanwhile. Look at who is named now, and choose again.")
        if problem := _why_not_continued(chosen, basis):
            raise Invalid(same_person=problem)
        return chosen
    open_questions = [person for person in known if person.ref not in answered.apart_from]
    if open_questions:
        raise Invalid(same_person=_question(open_questions))
    return None


def _question(people: list[KnownHere]) -> str:
    first = people[0]
    others = f", and {len(people) - 1} more," if len(people) > 1 else ""
    return f"{first.identity.called}{others} may be the same person. Nothing is saved yet: say below whether it is."


def _why_not_continued(known: KnownHere, basis: str) -> str:
    called, room = known.identity.called, rules.room_words(known.room)
    if known.taken_out:
        return (
            f"{called} was taken out of the record as a mistake. Nothing was written down: put them back first, then "
            "change what is different now."
        )
    if known.lives_here:
        return f"{called} lives here already, {room}. Nothing was written down: open their page to change anything."
    if known.died:
        when = f" on {shown_date(known.on)}" if known.on else ""
        return (
            f"{called} is recorded as having died{when}. Nothing was written down. If that is wrong, open their page "
            "and say that it was written down by mistake: then they live here again."
        )
    if known.is_expected and basis == StayBasis.EXPECTED:
        return f"{called} is expected already. Nothing was written down: change the day on their page."
    return ""


def new_resident(by: Viewer, at: datetime, home: HomeInSight, who: Somebody, apart_from: tuple[str, ...]) -> Resident:
    """Somebody new, with who they are; and the people of the home who are not the same, marked on both sides."""
    columns = written(by=by, at=at, held_for=home.home_id)
    resident = Resident.objects.create(**columns)
    common = {**columns, "resident": resident, "source": f"told to {home.name}"[:120], "from_on": london_date(at)}
    IdentityClaim.objects.bulk_create(_claims(who, common).values())
    others = Resident.objects.filter(ref__in=apart_from).values_list("pk", flat=True)
    NotTheSame.objects.bulk_create(NotTheSame(resident=resident, other_id=other, **columns) for other in others)
    return resident


def amend_identity(
    resident_id: int, recorded: Identity, who: Somebody, *, held_for: int, because: str, by: Viewer, at: datetime
) -> list[str]:
    """Write anew what is otherwise than recorded: the old claim no longer stands, and why. Returns which kinds.

    Within an action, as `correct`.
    """
    columns = written(by=by, at=at, held_for=held_for)
    source = f"corrected by {by.body_name}"[:120]
    common = {**columns, "resident_id": resident_id, "source": source, "from_on": london_date(at)}
    changed = _changed(recorded, who)
    for kind, claim in _claims(who, common).items():
        if kind in changed:
            for old in IdentityClaim.objects.open().filter(resident=resident_id, kind=kind):
                correct(old, kind=CorrectionKind.IDENTITY, because=because, by=by, at=at)
            claim.save(force_insert=True)
    return changed


def complete_identity(known: KnownHere, who: Somebody, *, held_for: int, by: Viewer, at: datetime) -> None:
    """What was typed and was not recorded yet about somebody who came back: a number, a name they are called by."""
    recorded = known.identity
    completed = Somebody(
        given=recorded.given or who.given,
        family=recorded.family or who.family,
        born_on=recorded.born_on or who.born_on,
        known_as=recorded.known_as or who.known_as,
        nhs_number=recorded.number or who.number,
        no_number_because="" if recorded.number or who.number else recorded.number_absent_because,
    )
    amend_identity(
        known.resident_id, recorded, completed, held_for=held_for, because="known since they came back", by=by, at=at
    )


def _changed(recorded: Identity, who: Somebody) -> list[str]:
    changed = []
    if (recorded.given, recorded.family, recorded.known_as) != (who.given, who.family, who.known_as):
        changed.append(IdentityKind.NAME.value)
    if recorded.born_on != who.born_on:
        changed.append(IdentityKind.BIRTH_DATE.value)
    number = who.number
    if recorded.number != number or (not number and recorded.number_absent_because != who.no_number_because):
        changed.append(IdentityKind.NHS_NUMBER.value)
    return changed


def _claims(who: Somebody, common: dict[str, Any]) -> dict[str, IdentityClaim]:
    """The three claims that say who somebody is, not saved, by kind."""
    name, birth, number = IdentityKind.NAME.value, IdentityKind.BIRTH_DATE.value, IdentityKind.NHS_NUMBER.value
    absent = "" if who.number else who.no_number_because
    return {
        name: IdentityClaim(kind=name, given=who.given, family=who.family, known_as=who.known_as, **common),
        birth: IdentityClaim(kind=birth, born_on=who.born_on, **common),
        number: IdentityClaim(kind=number, number=who.number, absent_because=absent, **common),
    }


__all__ = [
    "Somebody",
    "amend_identity",
    "complete_identity",
    "facts_of",
    "new_resident",
    "problems_of_who",
    "the_same_person",
]
