"""Doors to decisions, to what is asked of a practice, and to follow-ups: through the person they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from homeround.accounts.rights import Extent, Kind, Reach, Right, Role, roles_with
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import acts_in
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.models import Ask, Decision, FollowUp
from homeround.ehch.decisions.words import TAKEN_BACK, Confirms
from homeround.ehch.residents.access import PersonInSight, living_stays, see_resident
from homeround.ehch.residents.rules import FORMER, Relationship
from homeround.kernel.ports import Port
from homeround.kernel.refusals import NotAllowed, NotHere

in_question: Port[[], QuerySet[Any]] = Port("in_question")
"""What was decided in answer to a concern that stands on the person no more, by its column `decision`, and why not
(`off_as`), until a clinician says that it holds; rounds knows.
"""


def why_in_question() -> Any:
    """Why the concern stands on the person no more that the decision of the query around it answered, or the one that
    it corrects: a key of `words.ANSWERED_WHAT`; empty for what is not in question (H1, H34).
    """
    found = in_question().filter(Q(decision=OuterRef("pk")) | Q(decision=OuterRef("corrects")))
    return Coalesce(Subquery(found.order_by("-pk").values("off_as")[:1]), Value(""))


@dataclass(frozen=True)
class DecisionInSight:
    """Proof that the viewer may read this decision about this person. Only this file makes it."""

    person: PersonInSight
    decision_id: int
    ref: str


@dataclass(frozen=True)
class AskInSight:
    """Proof that the viewer belongs to the practice that is asked now, or to those who wait. Only
    this file makes it.
    """

    person: PersonInSight
    ask_id: int
    decision_id: int
    ref: str

    @property
    def is_own(self) -> bool:
        """Whether the viewer decided it (`is_own`). One statement."""
        decision = Decision.objects.select_related("by", "for_whom").get(pk=self.decision_id)
        return is_own(decision, self.person.viewer)

    def must_be_asked(self, writing: Right) -> None:
        """Raises NotAllowed unless the viewer answers for the practice the person is registered with now."""
        if self.person.relationship is not Relationship.REGISTERED:
            raise NotAllowed("Only the practice this person is registered with replies to this.")
        self.person.must_have(writing)


@dataclass(frozen=True)
class FollowUpInSight:
    """Proof that the viewer may read this follow-up about this person. Only this file makes it."""

    person: PersonInSight
    follow_up_id: int
    ref: str


def is_finished_here(person: PersonInSight) -> bool:
    """Whether the viewer's side finishes what is owed about somebody who left: nobody else has them (the dead stay with
    those who had them). What a practice owes and what is in dispute no departure closes, so somebody can always end it.
    One statement, none for somebody who is there.
    """
    if person.relationship not in FORMER:
        return True
    return not living_stays().filter(resident=person.resident_id).exists()


def may_finish(person: PersonInSight, right: Right) -> bool:
    """Whether `must_finish` lets the viewer do it: what a page offers. One statement at most."""
    return person.capacity.may(right) and is_finished_here(person)


def must_finish(person: PersonInSight, right: Right) -> None:
    """As `person.must_have`, and for those who had the person also after a departure, while nobody else has them."""
    if not is_finished_here(person):
        raise NotAllowed("They live in another home now: its PCN sees to this. Nothing was changed.")
    person.must_be_allowed(right)


def owed_as_of(person: PersonInSight) -> datetime:
    """Until when the viewer sees what was asked and said about decisions: now, where their side still finishes it."""
    return person.at if is_finished_here(person) else person.as_of


def see_decision(*, viewer: Viewer, ref: str, at: datetime) -> DecisionInSight:
    """The decision with this ref, if the viewer may see its person and read decisions. Two statements whatever the
    answer.

    Raises NotHere, or NotAllowed when the viewer reads no decisions (a carer, a clerk).
    """
    row = Decision.objects.filter(ref=ref.upper()).values_list("pk", "home", "resident__ref").first()
    decision_id, home, resident = row or (0, 0, "")
    person = see_resident(viewer=viewer, ref=resident, at=at, kind=Kind.CLINICAL, thing_id=decision_id)
    _must_be_of_the_stay(person, home)
    if person.capacity.extent(Kind.CLINICAL) not in {Extent.ALL, Extent.DECISIONS}:
        raise NotAllowed(f"As {viewer.role_words} you do not read decisions. Ask a colleague whose work it is.")
    return DecisionInSight(person, decision_id, ref.upper())


def see_ask(*, viewer: Viewer, ref: str, at: datetime) -> AskInSight:
    """What is asked of the registered practice, for those of it and for those who wait for its reply.

    Two statements whatever the answer. Raises NotHere, or NotAllowed.
    """
    asks = Ask.objects.filter(ref=ref.upper())
    row = asks.values_list("pk", "decision_id", "decision__home", "resident__ref").first()
    ask_id, decision_id, home, resident = row or (0, 0, 0, "")
    person = see_resident(viewer=viewer, ref=resident, at=at, kind=Kind.CLINICAL, thing_id=decision_id)
    _must_be_of_the_stay(person, home)
    if viewer.reach is not Reach.PRACTICE and person.capacity.extent(Kind.CLINICAL) is Extent.HOME_PART:
        raise NotAllowed(f"As {viewer.role_words} you do not read decisions. Ask a colleague whose work it is.")
    return AskInSight(person, ask_id, decision_id, ref.upper())


def see_follow_up(*, viewer: Viewer, ref: str, at: datetime) -> FollowUpInSight:
    """A follow-up, for whoever may see its person. Two statements whatever the answer. Raises
    NotHere, or NotAllowed.
    """
    row = FollowUp.objects.filter(ref=ref.upper()).values_list("pk", "home", "resident__ref").first()
    follow_up_id, home, resident = row or (0, 0, "")
    person = see_resident(viewer=viewer, ref=resident, at=at, kind=Kind.CLINICAL)
    _must_be_of_the_stay(person, home)
    if person.capacity.extent(Kind.CLINICAL) is Extent.AWAITING:
        raise NotHere
    return FollowUpInSight(person, follow_up_id, ref.upper())


def _must_be_of_the_stay(person: PersonInSight, home: int) -> None:
    """A former home sees what was decided in it, and nothing that came after."""
    if person.relationship in FORMER and person.home_id != home:
        raise NotHere


def may_confirm(seen: DecisionInSight) -> Confirms:
    """What the viewer may say of a decision that was typed for a clinician. Two statements at most."""
    row = Decision.objects.filter(pk=seen.decision_id).values_list("for_whom", "for_whom__user_id").get()
    return confirms(seen.person, *row)


def confirms(person: PersonInSight, for_whom: int | None, user_id: int | None) -> Confirms:
    """What the viewer may say of what was typed about a person for the member `for_whom`, who is the user `user_id`:
    nobody is left with what nobody can confirm (H38). One statement at most.
    """
    if for_whom is None:
        return Confirms.NOTHING
    if user_id == person.viewer.user_id:
        return Confirms.THEIRS
    if person.home_id is None or acts_in(for_whom, person.home_id, person.at):
        return Confirms.NOTHING
    is_clinician = Right.DECIDING in person.capacity.rights and person.viewer.reach is not Reach.PRACTICE
    return Confirms.IN_THEIR_PLACE if is_clinician and is_finished_here(person) else Confirms.A_COLLEAGUE


def may_take_back(seen: DecisionInSight) -> bool:
    """Whether the viewer may withdraw or correct this decision now: whoever decided or typed it, or a clinician of the
    PCN that serves the home. One statement.
    """
    person = seen.person
    row = Decision.objects.filter(pk=seen.decision_id).values_list("by__user_id", "for_whom__user_id").get()
    writes = {Right.DECIDING, Right.TYPING_FOR} & person.capacity.rights
    is_now = person.relationship in {Relationship.SERVED, Relationship.REGISTERED}
    return rules.may_take_back(
        is_author=person.viewer.user_id in row and is_now and bool(writes),
        is_clinician_of_pcn=person.relationship is Relationship.SERVED and Right.DECIDING in writes,
    )


def must_take_back(seen: DecisionInSight) -> int:
    """The decision's number, for whoever may take it back. Raises NotAllowed for anybody else."""
    if not may_take_back(seen):
        seen.person.must_be_here_now()
        raise NotAllowed(
            "Whoever decided this, or a clinician of the PCN that serves the home, takes it back. Nothing was changed."
        )
    return seen.decision_id


def is_own(decision: Decision, viewer: Viewer) -> bool:
    """Whether the viewer decided this, in whatever capacity, also when somebody typed it for them. No statement where
    the row has its writers.
    """
    deciders = {membership.user_id for membership in (decision.by, decision.for_whom) if membership}
    return viewer.user_id in deciders


def must_read_news(seen: DecisionInSight) -> None:
    """Raises NotAllowed unless what others made of it is for the viewer: a clinician of the practice that was asked, or
    of the PCN for those who decided, also when the person has left.
    """
    if seen.person.viewer.reach is Reach.PRACTICE:
        seen.person.must_have(Right.REPLIES)
    else:
        must_finish(seen.person, Right.DECIDING)


def must_apply_still(decision_id: int) -> None:
    """Raises NotAllowed for a decision that was taken back: it asks nothing of anybody, and no act opens again what the
    withdrawal closed. Its way back is to take the withdrawal back.
    """
    if Decision.objects.filter(pk=decision_id, ended_how__in=TAKEN_BACK).exists():
        raise NotAllowed("This decision was taken back meanwhile: nothing follows from it. Nothing was changed.")


def is_competent(role: Role) -> bool:
    """Whether somebody in this role makes decisions that take effect."""
    return role in roles_with(Right.DECIDING)
