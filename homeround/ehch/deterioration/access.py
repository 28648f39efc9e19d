"""Doors to concerns: through the person they are about, and the stay that gives the viewer sight of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from homeround.accounts.rights import Kind, Right
from homeround.accounts.viewer import ActsFor, Viewer
from homeround.ehch.alignment.access import is_served
from homeround.ehch.deterioration.models import CONCERNS, Call, Concern, moved_about
from homeround.ehch.deterioration.words import IN_ERROR
from homeround.ehch.residents.access import PersonInSight, living_stays, see_resident
from homeround.ehch.residents.models import Correction
from homeround.ehch.residents.rules import FORMER, Relationship
from homeround.kernel.prepared import prepared
from homeround.kernel.refusals import MovedTo, NotAllowed, NotHere

WAS_REMOVED = (
    "This concern was removed as raised in error. Nothing was changed. If it is needed, put it back on its own page."
)


@dataclass(frozen=True)
class Wrote:
    """Who wrote something, and for which body."""

    user_id: int
    body_id: int


@dataclass(frozen=True)
class ConcernInSight:
    """Proof that the viewer may read this concern about this person. Only this file makes it.

    `authors` are those who wrote it: the first, and whoever moved it here. `is_removed`: raised in error; it
    can still be read, and nothing more is written to it.
    """

    person: PersonInSight
    concern_id: int
    ref: str
    authors: tuple[Wrote, ...]
    is_removed: bool = False

    def must_answer_for_the_pcn(self, for_whom: int | None = None) -> None:
        """Raises NotAllowed unless the viewer is a coordinator or clinician of the PCN that serves the home now.

        With `for_whom` raises as `PersonInSight.must_type_for`.
        """
        must_answer_for_the_pcn(self.person, for_whom)

    def must_answer(self) -> None:
        """Raises NotAllowed unless the viewer answers concerns for the PCN, or in its place where none serves the
        home.
        """
        if not answers_in_place_of_the_pcn(self.person):
            self.must_answer_for_the_pcn()

    def must_move(self) -> None:
        """Raises NotAllowed unless the viewer may raise concerns. Also where the person has left: never theirs."""
        if not may_move(self.person):
            self.person.must_be_here_now()
            raise NotAllowed(f"As {self.person.viewer.role_words} you do not move a concern. Ask whoever wrote it.")

    def must_remove(self) -> None:
        """Raises NotAllowed unless the viewer wrote it, or is a senior of the home or a clinician of its PCN."""
        if not self.may_remove:
            self.person.must_be_here_now()
            raise NotAllowed(
                "A concern that was raised in error is removed by its author, by a nurse, senior or manager of the "
                "home, or by a clinician of the PCN."
            )

    @property
    def may_remove(self) -> bool:
        """Whether the viewer says that it was raised in error."""
        may_remove = self.person.capacity.may(Right.REMOVING)
        return may_write(self.person) and (may_remove or any(map(self.person.viewer.acts_as, self.authors)))

    def must_stand(self) -> None:
        """Raises NotAllowed when it was removed as raised in error."""
        if self.is_removed:
            raise NotAllowed(WAS_REMOVED)


@dataclass(frozen=True)
class CallInSight:
    """Proof that the viewer may read this call about this concern. Only this file makes it."""

    concern: ConcernInSight
    call_id: int
    ref: str
    author: Wrote

    @property
    def may_remove(self) -> bool:
        """Whether the viewer says that it was recorded in error: its author, a senior of the home, or the PCN."""
        person = self.concern.person
        return may_remove_call(person, self.author)

    def must_remove(self) -> None:
        """Raises NotAllowed unless the viewer may say that it was recorded in error."""
        if not self.may_remove:
            self.concern.person.must_be_here_now()
            raise NotAllowed(
                "A call that was recorded in error is removed by whoever recorded it, by a nurse, senior or manager of "
                "the home, or by the PCN."
            )


def see_concern(*, viewer: Viewer, ref: str, at: datetime) -> ConcernInSight:
    """The concern with this ref, if the viewer may see its person and read how they live. Two statements; for
    one that was moved four more, and one for each move.

    Raises NotHere, MovedTo for one that was moved to another person of the viewer's; NotAllowed when the role reads no
    concerns.
    """
    found = _called(ref=ref.upper())
    concern_id, home_id, resident, stands, is_shown, *authors = found[0] if found else (0, 0, "", True, 1)
    person = see_resident(viewer=viewer, ref=resident, at=at, kind=Kind.LIVING, thing_id=concern_id)
    if person.relationship in FORMER and person.home_id != home_id:
        raise NotHere
    if not is_shown:
        raise _moved(concern_id, viewer, at)
    pairs = zip(authors[::2], authors[1::2], strict=True)
    wrote = tuple(Wrote(user, body) for user, body in pairs if user)
    return ConcernInSight(person, concern_id, ref.upper(), wrote, is_removed=not stands)


_AUTHORS: Final = ("by__user", "by__body", "for_whom__user", "for_whom__body")


@prepared
def _called(*, ref: str) -> QuerySet[Any, Any]:
    """The concern with a ref; `is_shown` is 0 for one that was moved to somebody else."""
    in_error = Correction.objects.filter(table=CONCERNS, row=OuterRef("pk"), kind=IN_ERROR)
    is_shown = Case(When(stands=True, then=Value(1)), When(Exists(in_error), then=Value(1)), default=Value(0))
    concerns = Concern.with_removed.filter(ref=ref).annotate(is_shown=is_shown)
    return concerns.values_list("pk", "home", "resident__ref", "stands", "is_shown", *_AUTHORS)


def _moved(concern_id: int, viewer: Viewer, at: datetime) -> MovedTo:
    """Where it is now, however often it was moved, for whoever may see that person too; raises NotHere for everybody
    else.
    """
    rows = moved_about(concern_id)
    removed = Correction.objects.filter(table=CONCERNS, row__in=[row.pk for row in rows], kind=IN_ERROR)
    shown = set(removed.values_list("row", flat=True))
    found = next((row for row in rows if row.stands), None) or next((row for row in rows if row.pk in shown), None)
    if found is None:
        raise NotHere
    see_resident(viewer=viewer, ref=found.resident.ref, at=at, kind=Kind.LIVING, thing_id=found.pk)
    return MovedTo("concern", found.ref)


def see_call(*, viewer: Viewer, ref: str, call: str, at: datetime) -> CallInSight:
    """The call with this ref about the concern `ref`; three statements. Raises NotHere, NotAllowed as `see_concern`."""
    concern = see_concern(viewer=viewer, ref=ref, at=at)
    found = Call.objects.filter(ref=call.upper(), concern=concern.concern_id).values_list("pk", "by__user", "by__body")
    row = found.first()
    if row is None:
        raise NotHere
    return CallInSight(concern, row[0], call.upper(), Wrote(row[1], row[2]))


def concerns_in_sight(person: PersonInSight, refs: Sequence[str]) -> list[Concern]:
    """The concerns with these refs about a person in sight, held until the action ends; one statement.

    For an action that has opened the person's door already. Raises NotHere unless each is about that person, in that
    home.
    """
    person.must_read(Kind.LIVING)
    wanted = {ref.upper() for ref in refs}
    about = Concern.objects.filter(ref__in=wanted, resident=person.resident_id, home=person.home_id)
    rows = list(about.select_for_update().order_by("pk"))
    if len(rows) != len(wanted):
        raise NotHere
    return rows


def must_answer_for_the_pcn(person: PersonInSight, for_whom: int | None = None) -> None:
    """Raises NotAllowed unless the viewer is a coordinator or clinician of the PCN that serves the person's home now.

    With `for_whom` raises as `PersonInSight.must_type_for`.
    """
    if not answers_for_the_pcn(person):
        person.must_be_here_now()
        raise NotAllowed(
            "Only the coordinators and clinicians of the PCN that serves this home mark a concern as read or "
            "answer it. Reading it in the home does not count as read."
        )
    if for_whom is not None:
        person.must_type_for(for_whom)


def may_remove_call(person: PersonInSight, author: ActsFor) -> bool:
    """Whether the viewer says that a call was recorded in error: its author, a senior of the home, or the PCN."""
    is_senior = person.capacity.may(Right.REMOVING) or answers_for_the_pcn(person)
    return may_write(person) and (is_senior or person.viewer.acts_as(author))


def answers_for_the_pcn(person: PersonInSight) -> bool:
    """Whether the viewer reads and answers concerns about this person for the PCN that serves the home."""
    return person.relationship is Relationship.SERVED and person.capacity.may(Right.ANSWERING)


def answers_in_place_of_the_pcn(person: PersonInSight) -> bool:
    """Whether the viewer writes down what came of a concern because no PCN serves the home: its nurse, senior or
    manager. Otherwise it would wait there for ever. One statement for them, none for anybody else.
    """
    return is_senior_here(person) and not is_served(person.where, person.at)


def is_senior_here(person: PersonInSight) -> bool:
    """Whether the viewer is a nurse, senior or manager of the home where the person lives."""
    return person.relationship is Relationship.LIVES_HERE and person.capacity.may(Right.REMOVING)


def answers_before_the_call(person: PersonInSight) -> bool:
    """Whether the viewer answers a concern that is still to be phoned: a clinician is who would have been called."""
    return answers_for_the_pcn(person) and person.capacity.may(Right.CLINICAL_ENTRIES)


def may_move(person: PersonInSight) -> bool:
    """Whether the viewer moves a concern that stands on this person to the person it is about."""
    return person.capacity.may(Right.CONCERN)


def may_write(person: PersonInSight) -> bool:
    """Whether the viewer writes about concerns of this person: not where they have left."""
    return person.relationship not in FORMER and person.capacity.may(Right.CONCERN)


def lives_here_now(person: PersonInSight) -> bool:
    """Whether the stay by which the viewer sees the person goes on; one statement."""
    return person.stay_id is not None and living_stays().filter(pk=person.stay_id).exists()
