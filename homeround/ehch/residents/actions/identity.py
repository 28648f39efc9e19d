"""Putting right who somebody is: name, date of birth, NHS number; a number that is known now, or that was another's."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import Viewer
from homeround.ehch.residents import rules
from homeround.ehch.residents.access import PersonInSight, see_resident
from homeround.ehch.residents.actions.who import Somebody, amend_identity, problems_of_who
from homeround.ehch.residents.models import IdentityClaim
from homeround.ehch.residents.queries.identity import Identity, identities
from homeround.ehch.residents.queries.people import living_with
from homeround.ehch.residents.words import IdentityKind
from homeround.kernel.calendar.times import london_date
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import Invalid


@action
def correct_identity(
    *,
    by: Viewer,
    at: datetime,
    token: str | None = None,
    ref: str,
    who: Somebody,
    because: str,
    sure: bool = False,
) -> str:
    """Who the person is, put right: what is otherwise than recorded is written anew, and the old no longer stands.

    A number that was somebody else's is taken off by giving the reason why none is known. The home they live in may,
    and the home they left or died in, while it sees them. Returns their ref. Raises NotHere, NotAllowed, Invalid by
    field; `nhs_number` when somebody else of the home has it.
    """
    person = see_resident(viewer=by, ref=ref, at=at, kind=Kind.IDENTITY)
    person.must_correct(Right.MOVES)
    problems = rules.together(
        problems_of_who(who, london_date(at), sure=sure),
        rules.problems_of_reason(because),
        _held_by_another(person, who.number),
    )
    if problems:
        raise Invalid(**problems)
    recorded = identities([person.resident_id]).get(person.resident_id, Identity())
    held_for = person.home_id or by.body_id
    if not amend_identity(person.resident_id, recorded, who, held_for=held_for, because=because, by=by, at=at):
        raise Invalid(given="This is what is recorded already. Change what is wrong.")
    return person.ref


def _held_by_another(person: PersonInSight, number: str) -> dict[str, str]:
    """Within the home only: about anybody elsewhere nothing is said."""
    if not number:
        return {}
    holders = IdentityClaim.objects.open().filter(kind=IdentityKind.NHS_NUMBER.value, number=number)
    others = holders.exclude(resident=person.resident_id).filter(resident__in=living_with(person))
    other = others.values_list("resident", flat=True).first()
    if other is None:
        return {}
    called = identities([other])[other].called
    whose = f"{called}, who lives here, has this NHS number."
    return {"nhs_number": f"{whose} If it is not theirs, take it off their page first."}
