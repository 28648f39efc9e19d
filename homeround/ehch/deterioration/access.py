"""Doors to concerns: through the person they are about, and the stay that gives the viewer sight of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from homeround.accounts.queries import open_memberships
from homeround.accounts.rights import Kind, Right, roles_with
from homeround.accounts.viewer import Viewer
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.residents.access import PersonInSight, living_stays, see_resident
from homeround.ehch.residents.rules import FORMER, Relationship
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere


@dataclass(frozen=True)
class ConcernInSight:
    """Proof that the viewer may read this concern about this person. Only this file makes it."""

    person: PersonInSight
    concern_id: int
    ref: str

    def must_answer_for_the_pcn(self, for_whom: int | None = None) -> None:
        """Raises NotAllowed unless the viewer is a coordinator or clinician of the PCN that serves the home now.

        Raises Invalid (for_whom) unless a coordinator types for a clinician of that PCN.
        """
        if not answers_for_the_pcn(self.person):
            raise NotAllowed(
                "Only the coordinators and clinicians of the PCN that serves this home mark a concern as read or "
                "answer it. Reading it in the home does not count as read."
            )
        if for_whom is not None and not self._types_for(for_whom):
            raise Invalid(for_whom="Choose the clinician of your PCN for whom you write this.")

    def must_move(self) -> None:
        """Raises NotAllowed unless the viewer may raise concerns. Also where the person has left: never theirs."""
        if not may_move(self.person):
            raise NotAllowed(f"As {self.person.viewer.role_words} you do not move a concern. Ask whoever wrote it.")

    def _types_for(self, member: int) -> bool:
        roles = roles_with(Right.CLINICAL_ENTRIES)
        clinicians = open_memberships(self.person.at).filter(body=self.person.viewer.body_id, role__in=roles)
        return Right.TYPING_FOR in self.person.capacity.rights and clinicians.filter(pk=member).exists()


def see_concern(*, viewer: Viewer, ref: str, at: datetime) -> ConcernInSight:
    """The concern with this ref, if the viewer may see its person and read how they live. Two statements, always.

    Raises NotHere, also for one that was moved to another person; NotAllowed when the role reads no concerns.
    """
    row = Concern.objects.filter(ref=ref.upper(), stands=True).values_list("pk", "home", "resident__ref").first()
    concern_id, home_id, resident = row or (0, 0, "")
    person = see_resident(viewer=viewer, ref=resident, at=at, kind=Kind.LIVING, thing_id=concern_id)
    if person.relationship in FORMER and person.home_id != home_id:
        raise NotHere
    return ConcernInSight(person, concern_id, ref.upper())


def answers_for_the_pcn(person: PersonInSight) -> bool:
    """Whether the viewer reads and answers concerns about this person for the PCN that serves the home."""
    return person.relationship is Relationship.SERVED and person.capacity.may(Right.ANSWERING)


def answers_before_the_call(person: PersonInSight) -> bool:
    """Whether the viewer answers a concern that is still to be phoned: a clinician is whom somebody would have rung."""
    return answers_for_the_pcn(person) and person.capacity.may(Right.CLINICAL_ENTRIES)


def may_move(person: PersonInSight) -> bool:
    """Whether the viewer moves a concern that stands on this person to the person it is about."""
    return Right.CONCERN in person.capacity.rights


def may_write(person: PersonInSight) -> bool:
    """Whether the viewer writes about concerns of this person: not where they have left."""
    return person.relationship not in FORMER and Right.CONCERN in person.capacity.rights


def lives_here_now(person: PersonInSight) -> bool:
    """Whether the stay by which the viewer sees the person goes on; one statement."""
    return person.stay_id is not None and living_stays().filter(pk=person.stay_id).exists()
