"""Raising, phoning, reading, answering and moving concerns: by whom, once, and about the right person. REQ-87; H1, H3,
H35.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from homeround.accounts.rights import Kind
from homeround.accounts.written import written
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import answer_concern, mark_read, move_concern, raise_concern, record_call
from homeround.ehch.deterioration.models import Call, Concern, ConcernAnswer, ReadBy, waiting
from homeround.ehch.deterioration.queries import ConcernPage, Removed, concern_page, concerns_of
from homeround.ehch.deterioration.rules import Phone, State
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import co_opt, expect_resident, record_departure
from homeround.ehch.residents.actions.arriving import Place, Somebody
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.residents.models import Correction, Resident, Stay
from homeround.ehch.rounds.queries import record_of
from homeround.kernel.actions import action
from homeround.kernel.audit.noticed import looking
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere, SaidOtherwise
from tests.statements import statements
from tests.world import AT, World

LATER = AT + timedelta(hours=1)


def raising(world: World, **other: Any) -> dict[str, Any]:
    """What a carer sends."""
    sent = {
        "by": world["carer"],
        "at": AT,
        "ref": world.residents["margaret"],
        "words": "Not herself since breakfast.",
        "help_now": False,
    }
    return sent | other


def page(world: World, ref: str, who: str = "carer", at: Any = LATER) -> ConcernPage:
    with looking():
        return concern_page(see_concern(viewer=world[who], ref=ref, at=at))


def lines(world: World, person: str, who: str = "carer") -> list[Any]:
    with looking():
        return concerns_of(see_resident(viewer=world[who], ref=world.residents[person], at=LATER, kind=Kind.LIVING))


def problems(action: Any, **sent: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        action(**sent)
    return dict(refused.value.problems)


@pytest.fixture
def concern(world: World) -> str:
    return raise_concern(**raising(world))


@pytest.fixture
def urgent(world: World) -> str:
    return raise_concern(**raising(world, help_now=True))


class TestRaise:
    @pytest.mark.parametrize(
        "who", ["carer", "agency", "nurse", "senior", "manager", "coordinator", "clinician", "pharmacist", "lead"]
    )
    def test_everybody_who_cares_for_the_person(self, world: World, who: str) -> None:
        raised = page(world, raise_concern(**raising(world, by=world[who])))
        assert raised.concern.raised.who == world[who].shown
        assert raised.concern.words == "Not herself since breakfast."
        assert (raised.concern.raised.at, raised.concern.recorded_at) == (AT, AT)

    @pytest.mark.parametrize(
        ("who", "refusal"),
        [
            ("ivy_nurse", NotHere),
            ("tor_coordinator", NotHere),
            ("stranger", NotHere),
            ("outside_gp", NotHere),
            ("exe_manager", NotHere),
            ("icb", NotHere),
            ("gp", NotAllowed),
            ("clerk", NotAllowed),
            ("community", NotAllowed),
        ],
    )
    def test_nobody_else(self, world: World, who: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            raise_concern(**raising(world, by=world[who]))
        assert not Concern.objects.exists()

    def test_it_is_held_for_the_home_and_says_who(self, world: World, concern: str) -> None:
        kept = Concern.objects.get(ref=concern)
        assert kept.held_for_id == kept.home_id == world.bodies["rose"].pk
        assert kept.by_id == world["carer"].membership_id

    def test_when_it_happened_is_told_apart_from_when_it_was_written(self, world: World) -> None:
        earlier = AT - timedelta(hours=5)
        raised = page(world, raise_concern(**raising(world, happened_at=earlier)))
        assert (raised.concern.raised.at, raised.concern.recorded_at) == (earlier, AT)

    def test_the_future_is_refused_and_long_ago_asks(self, world: World) -> None:
        assert set(problems(raise_concern, **raising(world, happened_at=AT + timedelta(minutes=6)))) == {"happened_at"}
        long_ago = raising(world, happened_at=AT - timedelta(days=2))
        assert set(problems(raise_concern, **long_ago)) == {"sure"}
        assert raise_concern(**long_ago, sure=True)

    def test_everything_wrong_is_said_at_once_and_nothing_is_kept(self, world: World) -> None:
        sent = raising(world, words=" ", happened_at=AT + timedelta(days=1))
        assert set(problems(raise_concern, **sent)) == {"words", "happened_at"}
        assert not Concern.objects.exists()

    def test_about_somebody_who_has_left_it_would_reach_nobody(self, world: World) -> None:
        record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="left", left_on=AT.date())
        with pytest.raises(NotAllowed, match="do not live here"):
            raise_concern(**raising(world, at=LATER))

    def test_about_somebody_who_is_only_expected_it_would_reach_nobody(self, world: World) -> None:
        expected = expect_resident(
            by=world["nurse"], at=AT, code=world.code("rose"),
            who=Somebody("Ed", "Pected", date(1940, 1, 1), no_number_because="told by phone"),
            stay=Place("permanent", "residential", room="9"), registration=Registering("not_known"),
            expected_on=AT.date() + timedelta(days=3),
        )  # fmt: skip
        told = problems(raise_concern, **raising(world, ref=expected))
        assert "Ring whoever looks after them" in told["words"]

    def test_sent_twice_is_one_concern(self, world: World) -> None:
        sent = raising(world, token="tablet-1")
        assert raise_concern(**sent) == raise_concern(**sent | {"at": LATER})
        assert Concern.objects.count() == 1

    def test_a_second_different_concern_is_not_swallowed(self, world: World) -> None:
        """H35: the first is shown, and the second is kept as soon as it has a token of its own."""
        sent = raising(world, token="tablet-1")
        raise_concern(**sent)
        with pytest.raises(SaidOtherwise) as shown:
            raise_concern(**sent | {"words": "She has fallen.", "help_now": True})
        assert shown.value.first["words"] == "Not herself since breakfast."
        assert shown.value.first["help_now"] == "False"
        raise_concern(**sent | {"words": "She has fallen.", "help_now": True, "token": "tablet-2"})
        assert {line.words for line in lines(world, "margaret")} == {"Not herself since breakfast.", "She has fallen."}

    def test_the_same_token_about_somebody_else_is_another_concern(self, world: World) -> None:
        sent = raising(world, token="tablet-1")
        raise_concern(**sent)
        raise_concern(**sent | {"ref": world.residents["margaret_h"]})
        assert Concern.objects.count() == 2

    def test_a_refused_one_leaves_its_token_free(self, world: World) -> None:
        problems(raise_concern, **raising(world, token="tablet-1", words=""))
        assert raise_concern(**raising(world, token="tablet-1"))


class TestCall:
    def call(self, world: World, ref: str, **other: Any) -> str:
        sent: dict[str, Any] = {"by": world["carer"], "at": LATER, "ref": ref}
        return record_call(
            **sent | {"service": "NHS 111", "spoke_to": "Sam, call handler", "words": "Ambulance on its way."} | other
        )

    def test_it_is_to_be_phoned_until_somebody_was_spoken_to(self, world: World, urgent: str) -> None:
        assert page(world, urgent).concern.phone is Phone.TO_BE_PHONED
        self.call(world, urgent, spoke_to="", words="No answer.")
        assert page(world, urgent).concern.phone is Phone.TO_BE_PHONED
        self.call(world, urgent)
        found = page(world, urgent)
        assert found.concern.phone is Phone.SPOKEN
        assert [(call.service, call.spoke_to, call.made.words) for call in found.calls] == [
            ("NHS 111", "", "No answer."),
            ("NHS 111", "Sam, call handler", "Ambulance on its way."),
        ]
        assert found.calls[0].made.who == world["carer"].shown

    def test_a_call_is_no_answer(self, world: World, urgent: str) -> None:
        self.call(world, urgent)
        assert page(world, urgent).concern.state is State.UNREAD

    def test_a_call_without_a_service_is_refused(self, world: World, urgent: str) -> None:
        with pytest.raises(Invalid) as refused:
            self.call(world, urgent, service=" ", happened_at=LATER + timedelta(hours=1))
        assert set(refused.value.problems) == {"service", "happened_at"}

    @pytest.mark.parametrize(
        ("who", "refusal"), [("ivy_nurse", NotHere), ("gp", NotAllowed), ("community", NotAllowed)]
    )
    def test_only_who_may_raise_one(self, world: World, urgent: str, who: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            self.call(world, urgent, by=world[who])
        assert not Call.objects.exists()

    def test_sent_twice_is_one_call(self, world: World, urgent: str) -> None:
        self.call(world, urgent, token="one")
        self.call(world, urgent, token="one")
        assert Call.objects.count() == 1


class TestRead:
    @pytest.mark.parametrize("who", ["coordinator", "clinician", "pharmacist", "lead"])
    def test_the_pcns_people_are_named_and_it_is_no_answer(self, world: World, concern: str, who: str) -> None:
        mark_read(by=world[who], at=LATER, ref=concern)
        found = page(world, concern)
        assert [read.who for read in found.reads] == [world[who].shown]
        assert found.concern.state is State.READ
        assert found.concern.is_waiting

    @pytest.mark.parametrize("who", ["carer", "nurse", "manager", "gp", "community"])
    def test_reading_it_elsewhere_does_not_count(self, world: World, concern: str, who: str) -> None:
        with pytest.raises(NotAllowed, match="does not count as read"):
            mark_read(by=world[who], at=LATER, ref=concern)
        assert page(world, concern).concern.state is State.UNREAD

    def test_twice_is_once_and_keeps_the_first_time(self, world: World, concern: str) -> None:
        mark_read(by=world["coordinator"], at=AT, ref=concern)
        assert mark_read(by=world["coordinator"], at=LATER, ref=concern) == concern
        assert [read.at for read in page(world, concern).reads] == [AT]

    def test_each_reader_is_named(self, world: World, concern: str) -> None:
        for who in ("coordinator", "clinician"):
            mark_read(by=world[who], at=LATER, ref=concern)
        assert [read.who for read in page(world, concern).reads] == [
            world["coordinator"].shown,
            world["clinician"].shown,
        ]


class TestAnswer:
    def answer(self, world: World, ref: str, **other: Any) -> str:
        sent: dict[str, Any] = {"by": world["clinician"], "at": LATER, "ref": ref, "words": "On Tuesday's round."}
        return answer_concern(**sent | other)

    def test_it_ends_the_concern_and_says_who(self, world: World, concern: str) -> None:
        self.answer(world, concern)
        found = page(world, concern).concern
        assert found.state is State.ANSWERED
        assert found.answer is not None
        assert (found.answer.who, found.answer.at, found.answer.words) == (
            world["clinician"].shown,
            LATER,
            "On Tuesday's round.",
        )
        kept = Concern.objects.get(ref=concern)
        assert (kept.ended_at, kept.ended_by_id, kept.ended_how) == (
            LATER,
            world["clinician"].membership_id,
            "answered",
        )

    @pytest.mark.parametrize("who", ["carer", "nurse", "manager", "gp", "community"])
    def test_nobody_else_answers(self, world: World, concern: str, who: str) -> None:
        with pytest.raises(NotAllowed):
            self.answer(world, concern, by=world[who])
        assert waiting().count() == 1

    def test_without_words_it_is_no_answer(self, world: World, concern: str) -> None:
        assert set(problems(self.answer, world=world, ref=concern, words=" \n")) == {"words"}
        assert waiting().count() == 1

    def test_who_answers_second_is_told_what_stands(self, world: World, concern: str) -> None:
        self.answer(world, concern)
        with pytest.raises(ChangedMeanwhile) as told:
            self.answer(world, concern, by=world["coordinator"], words="I will ring.")
        assert (told.value.by, told.value.at) == (world["clinician"].shown, LATER)
        assert told.value.stands == {"words": "On Tuesday's round."}
        assert ConcernAnswer.objects.count() == 1

    def test_a_coordinator_does_not_calm_what_is_still_to_be_phoned(self, world: World, urgent: str) -> None:
        coordinator = {"by": world["coordinator"]}
        assert "who was spoken to" in problems(self.answer, world=world, ref=urgent, **coordinator)["words"]
        assert page(world, urgent).concern.phone is Phone.TO_BE_PHONED
        TestCall().call(world, urgent)
        assert self.answer(world, urgent, **coordinator) == urgent

    def test_a_clinician_may_be_the_one_who_came(self, world: World, urgent: str) -> None:
        assert self.answer(world, urgent) == urgent

    def test_a_coordinator_types_for_a_clinician_of_the_pcn_only(self, world: World, urgent: str) -> None:
        typing = {"by": world["coordinator"], "for_whom": world["clinician"].membership_id}
        for nobody in ("coordinator", "tor_clinician", "gp"):
            wrong = {**typing, "for_whom": world[nobody].membership_id}
            assert set(problems(self.answer, world=world, ref=urgent, **wrong)) == {"for_whom"}
        self.answer(world, urgent, **typing)
        assert ConcernAnswer.objects.get().for_whom_id == world["clinician"].membership_id

    def test_a_clinician_types_for_nobody(self, world: World, concern: str) -> None:
        wrong = {"for_whom": world["lead"].membership_id}
        assert set(problems(self.answer, world=world, ref=concern, **wrong)) == {"for_whom"}


class TestMove:
    """H1: two Margarets. It landed on the wrong one."""

    def move(self, world: World, ref: str, **other: Any) -> str:
        sent: dict[str, Any] = {
            "by": world["nurse"],
            "at": LATER,
            "ref": ref,
            "to_ref": world.residents["margaret_h"],
            "because": "Two Margarets.",
        }
        return move_concern(**sent | other)

    def test_it_stands_on_the_right_person_with_its_own_words_time_and_author(self, world: World) -> None:
        happened_at = AT - timedelta(hours=3)
        first = raise_concern(**raising(world, happened_at=happened_at, help_now=True))
        moved = page(world, self.move(world, first)).concern
        assert moved.words == "Not herself since breakfast."
        assert (moved.raised.who, moved.raised.at) == (world["carer"].shown, happened_at)
        assert (moved.moved_by, moved.recorded_at) == (world["nurse"].shown, LATER)
        assert moved.help_now
        assert [line.ref for line in lines(world, "margaret_h")] == [moved.ref]

    def test_on_the_wrong_person_only_that_an_entry_was_removed(self, world: World, concern: str) -> None:
        self.move(world, concern)
        (left,) = lines(world, "margaret")
        assert isinstance(left, Removed)
        assert left.removed is not None
        assert (left.removed.who, left.removed.at, left.removed.words) == (world["nurse"].shown, LATER, "")
        with pytest.raises(NotHere):
            page(world, concern)
        with looking():
            timeline = record_of(see_resident(viewer=world["nurse"], ref=world.residents["margaret"], at=LATER))
        (removed,) = timeline.of("removed")
        assert (removed.words, removed.state, removed.ref) == ("", "", "")
        assert not timeline.of("concern")

    def test_both_histories_are_kept(self, world: World, concern: str) -> None:
        moved = self.move(world, concern)
        assert [(row.ref, row.stands, row.words) for row in Concern.objects.order_by("pk")] == [
            (concern, False, "Not herself since breakfast."),
            (moved, True, "Not herself since breakfast."),
        ]
        (correction,) = Correction.objects.all()
        assert (correction.kind, correction.because) == ("wrong_person", "Two Margarets.")
        assert correction.resident.ref == world.residents["margaret"]

    def test_it_starts_anew_and_says_who_was_told_before(self, world: World, urgent: str) -> None:
        mark_read(by=world["coordinator"], at=AT, ref=urgent)
        TestCall().call(world, urgent, at=AT)
        TestCall().call(world, urgent, at=AT, spoke_to="")
        answer_concern(by=world["clinician"], at=AT, ref=urgent, words="Give her a drink.")
        moved = page(world, self.move(world, urgent))
        assert (moved.concern.state, moved.concern.phone) == (State.UNREAD, Phone.TO_BE_PHONED)
        assert (moved.calls, moved.reads, moved.concern.answer) == ((), (), None)
        assert [told.who for told in moved.told_before] == [world["coordinator"].shown, "Sam, call handler, NHS 111"]
        for model in (ReadBy, Call, ConcernAnswer):
            assert not model._default_manager.filter(stands=True).exists()

    def test_it_is_late_since_it_was_first_written_down(self, world: World, concern: str) -> None:
        moved = page(
            world, self.move(world, concern, at=AT + timedelta(hours=5)), at=AT + timedelta(hours=5, minutes=1)
        )
        assert moved.concern.stands_out == "Not read since Mon 16 Nov 2026, 10:00."

    def test_moved_on_it_still_says_who_wrote_it_first(self, world: World, concern: str) -> None:
        back = self.move(world, self.move(world, concern), by=world["senior"], to_ref=world.residents["margaret"])
        assert page(world, back).concern.raised.who == world["carer"].shown
        assert page(world, back).concern.moved_by == world["senior"].shown

    def test_it_is_moved_once(self, world: World, concern: str) -> None:
        self.move(world, concern)
        with pytest.raises(NotHere):
            self.move(world, concern)
        assert Concern.objects.count() == 2

    def test_sent_twice_is_moved_once(self, world: World, concern: str) -> None:
        assert self.move(world, concern, token="one") == self.move(world, concern, token="one")
        assert Concern.objects.count() == 2

    def test_to_the_same_person_or_without_saying_why(self, world: World, concern: str) -> None:
        sent = {"to_ref": world.residents["margaret"], "because": " "}
        assert set(problems(self.move, world=world, ref=concern, **sent)) == {"to_ref", "because"}

    def test_to_somebody_who_has_left(self, world: World, concern: str) -> None:
        record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret_h"], kind="left", left_on=AT.date())
        with pytest.raises(NotAllowed, match="do not live here"):
            self.move(world, concern)

    def test_from_somebody_who_has_left_it_was_never_theirs(self, world: World, concern: str) -> None:
        record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="left", left_on=AT.date())
        assert page(world, concern).may_move
        assert page(world, self.move(world, concern)).concern.state is State.UNREAD

    @pytest.mark.parametrize("to", ["ivan", "joan"])
    def test_never_out_of_sight(self, world: World, concern: str, to: str) -> None:
        with pytest.raises(NotHere):
            self.move(world, concern, to_ref=world.residents[to])
        assert Concern.objects.get().stands

    @pytest.mark.parametrize(
        ("who", "refusal"), [("ivy_nurse", NotHere), ("gp", NotAllowed), ("community", NotAllowed)]
    )
    def test_only_who_may_raise_one(self, world: World, concern: str, who: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            self.move(world, concern, by=world[who])


@action
def carry_over(*, by: Any, at: Any, token: str | None = None, ref: str, home: int) -> None:
    """The same person goes on living in another home. Its action comes later; who sees what has its rules."""
    resident = Resident.objects.get(ref=ref)
    Stay.objects.create(
        resident=resident, home_id=home, kind="permanent", place="residential", basis="living_here",
        **written(by=by, at=at, held_for=home),
    )  # fmt: skip


class TestMovedHome:
    """A former home and its PCN read what was written there, for a while, and nothing that came after."""

    @pytest.fixture
    def there(self, world: World, concern: str) -> str:
        margaret = world.residents["margaret"]
        record_departure(by=world["nurse"], at=AT, ref=margaret, kind="moved_home", left_on=AT.date())
        carry_over(by=world["ivy_manager"], at=AT, ref=margaret, home=world.bodies["ivy"].pk)
        return raise_concern(**raising(world, by=world["ivy_carer"], at=LATER, words="Said in the new home."))

    @pytest.mark.parametrize("who", ["nurse", "coordinator"])
    def test_the_former_home_sees_its_own_only(self, world: World, concern: str, there: str, who: str) -> None:
        assert [line.ref for line in lines(world, "margaret", who)] == [concern]
        with pytest.raises(NotHere):
            page(world, there, who)

    def test_the_new_home_sees_both(self, world: World, concern: str, there: str) -> None:
        assert [line.ref for line in lines(world, "margaret", "ivy_nurse")] == [there, concern]
        assert page(world, concern, "ivy_nurse").concern.state is State.CLOSED
        assert page(world, there, "ivy_nurse").concern.state is State.UNREAD

    def test_a_late_departure_from_the_former_home_closes_nothing_in_the_new_one(self, world: World) -> None:
        margaret = world.residents["margaret"]
        carry_over(by=world["ivy_manager"], at=AT, ref=margaret, home=world.bodies["ivy"].pk)
        there = raise_concern(**raising(world, by=world["ivy_carer"], at=AT))
        record_departure(by=world["nurse"], at=LATER, ref=margaret, kind="moved_home", left_on=AT.date())
        assert page(world, there, "ivy_nurse").concern.state is State.UNREAD

    def test_a_pcn_that_served_them_before_answers_no_more(self, world: World, concern: str, there: str) -> None:
        for act in (mark_read, partial(answer_concern, words="Seen.")):
            with pytest.raises(NotAllowed):
                act(by=world["clinician"], at=LATER, ref=concern)
        mark_read(by=world["tor_coordinator"], at=LATER, ref=there)

    def test_who_is_co_opted_reads_and_does_not_answer(self, world: World, concern: str) -> None:
        co_opt(
            by=world["nurse"], at=AT, ref=world.residents["margaret"],
            member=world["tor_clinician"].membership_id, because="knows her",
        )  # fmt: skip
        assert not page(world, concern, "tor_clinician").may_answer
        with pytest.raises(NotAllowed):
            answer_concern(by=world["tor_clinician"], at=LATER, ref=concern, words="Seen.")


class TestDoor:
    def test_another_homes_concern_costs_and_says_the_same_as_none(self, world: World, concern: str) -> None:
        asked = []
        for ref in (concern, "0" * 16):
            with looking(), statements() as now, pytest.raises(NotHere) as refused:
                see_concern(viewer=world["ivy_nurse"], ref=ref, at=LATER)
            asked.append((len(now), refused.value.words))
        assert asked[0] == asked[1] == (2, "There is nothing here.")

    def test_the_home_they_left_reads_what_it_wrote_and_not_what_came_after(self, world: World, concern: str) -> None:
        record_departure(
            by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="moved_home", left_on=AT.date()
        )
        assert page(world, concern).concern.state is State.CLOSED
        (line,) = lines(world, "margaret")
        assert line.ref == concern

    @pytest.mark.parametrize(
        ("who", "refusal"), [("clerk", NotAllowed), ("exe_manager", NotHere), ("rose_ig", NotHere)]
    )
    def test_who_reads_no_concerns(self, world: World, concern: str, who: str, refusal: type[Exception]) -> None:
        with looking(), pytest.raises(refusal):
            see_concern(viewer=world[who], ref=concern, at=LATER)

    def test_the_registered_gp_and_the_mdt_read_it(self, world: World, concern: str) -> None:
        for who in ("gp", "community"):
            found = page(world, concern, who)
            may = {found.may_answer, found.may_mark_read, found.may_record_call, found.may_move}
            assert may == {False}
