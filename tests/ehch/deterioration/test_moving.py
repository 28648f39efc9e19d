"""Moving a concern to the right person, people who move home with one open, and who reads them. H1, H3."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from homeround.accounts.written import written
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import answer_concern, mark_read, move_concern, raise_concern
from homeround.ehch.deterioration.models import Call, Concern, ConcernAnswer, ReadBy
from homeround.ehch.deterioration.queries import Removed
from homeround.ehch.deterioration.words import Phone, State
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import co_opt, record_departure
from homeround.ehch.residents.models import Correction, Resident, Stay
from homeround.ehch.rounds.queries import record_of
from homeround.kernel.audit.noticed import looking
from homeround.kernel.record.actions import action
from homeround.kernel.refusals import MovedTo, NotAllowed, NotHere
from tests.ehch.deterioration.concerns import LATER, call, lines, page, problems, raising
from tests.statements import statements
from tests.world import AT, World


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
        assert (moved.moved_by, moved.recorded_at) == (world["nurse"].author, LATER)
        assert moved.help_now
        assert [line.ref for line in lines(world, "margaret_h")] == [moved.ref]

    def test_on_the_wrong_person_only_that_an_entry_was_removed(self, world: World, concern: str) -> None:
        self.move(world, concern)
        (left,) = lines(world, "margaret")
        assert isinstance(left, Removed)
        assert left.removed is not None
        assert (left.removed.who, left.removed.at, left.removed.words) == (world["nurse"].shown, LATER, "")
        with pytest.raises(MovedTo):
            page(world, concern)
        with looking():
            timeline = record_of(see_resident(viewer=world["nurse"], ref=world.residents["margaret"], at=LATER))
        (removed,) = timeline.of("removed")
        assert (removed.words, removed.state, removed.ref) == ("", "wrong_person", "")
        assert not timeline.of("concern")

    def test_both_histories_are_kept(self, world: World, concern: str) -> None:
        moved = self.move(world, concern)
        assert [(row.ref, row.stands, row.words) for row in Concern.with_removed.order_by("pk")] == [
            (concern, False, "Not herself since breakfast."),
            (moved, True, "Not herself since breakfast."),
        ]
        (correction,) = Correction.objects.all()
        assert (correction.kind, correction.because) == ("wrong_person", "Two Margarets.")
        assert correction.resident.ref == world.residents["margaret"]

    def test_it_starts_anew_and_says_who_was_told_before(self, world: World, urgent: str) -> None:
        mark_read(by=world["coordinator"], at=AT, ref=urgent)
        call(world, urgent, at=AT)
        call(world, urgent, at=AT, spoke_to="")
        answer_concern(by=world["clinician"], at=AT, ref=urgent, words="Give her a drink.")
        moved = page(world, self.move(world, urgent))
        assert (moved.concern.state, moved.concern.phone) == (State.UNREAD, Phone.TO_BE_PHONED)
        assert (moved.calls, moved.reads, moved.concern.answer) == ((), (), None)
        assert [told.who for told in moved.told_before] == [
            world["coordinator"].shown, world["clinician"].shown, "Sam, call handler, NHS 111"
        ]  # fmt: skip
        for model in (ReadBy, Call, ConcernAnswer):
            assert not model._default_manager.filter(stands=True).exists()

    def test_moved_twice_it_still_says_who_was_told(self, world: World, urgent: str) -> None:
        mark_read(by=world["coordinator"], at=AT, ref=urgent)
        call(world, urgent, at=LATER)
        between = self.move(world, urgent)
        mark_read(by=world["clinician"], at=AT, ref=between)
        back = self.move(world, between, by=world["senior"], to_ref=world.residents["winifred"])
        assert [told.who for told in page(world, back).told_before] == [
            world["coordinator"].shown, world["clinician"].shown, "Sam, call handler, NHS 111"
        ]  # fmt: skip

    def test_it_is_late_since_it_was_first_written_down(self, world: World, concern: str) -> None:
        moved = page(
            world, self.move(world, concern, at=AT + timedelta(hours=5)), at=AT + timedelta(hours=5, minutes=1)
        )
        assert moved.concern.stands_out == "Not read since Mon 16 Nov 2026, 10:00."

    def test_moved_on_it_still_says_who_wrote_it_first(self, world: World, concern: str) -> None:
        on = self.move(world, self.move(world, concern), by=world["senior"], to_ref=world.residents["winifred"])
        assert page(world, on).concern.raised.who == world["carer"].shown
        assert page(world, on).concern.moved_by == world["senior"].author

    def test_it_is_moved_once(self, world: World, concern: str) -> None:
        self.move(world, concern)
        with pytest.raises(MovedTo):
            self.move(world, concern)
        assert Concern.with_removed.count() == 2

    def test_sent_twice_is_moved_once(self, world: World, concern: str) -> None:
        assert self.move(world, concern, token="one") == self.move(world, concern, token="one")
        assert Concern.with_removed.count() == 2

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
        assert Concern.with_removed.get().stands

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
        assert page(world, concern, "ivy_nurse").concern.state is State.OPEN_WHEN_THEY_LEFT
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
        assert page(world, concern).concern.state is State.OPEN_WHEN_THEY_LEFT
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
