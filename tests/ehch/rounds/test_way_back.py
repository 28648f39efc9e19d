"""The way back from a round: cancelled, added to, moved, confirmed; what was built on it is put before a person.
REQ-33, REQ-42; H1, H34, H38, H46.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from homeround.accounts.actions import end_membership
from homeround.ehch.decisions import words
from homeround.ehch.decisions.actions import (
    Asking,
    Deciding,
    correct_decision,
    pass_on_follow_up,
    take_back_withdrawal,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision, FollowUp
from homeround.ehch.deterioration.actions import answer_concern, raise_concern
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import Place, Somebody, move_in, record_departure
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.rounds.access import see_homes, see_round, see_worklist
from homeround.ehch.rounds.actions import (
    Reviewing,
    amend_round,
    cancel_round,
    close_round,
    confirm_review,
    move_review,
    record_review,
    reopen_round,
)
from homeround.ehch.rounds.models import Review, Round
from homeround.ehch.rounds.queries import (
    MadeThing,
    answered_in,
    homes_by_fact,
    made_by_review,
    record_of,
    round_page,
    what_waits,
    worklist,
)
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere
from tests.ehch.rounds.open_things import OPEN_THINGS, held_on
from tests.world import AT, World

CHANGE = Reviewing(
    how="in_person",
    outcome="plan_changed",
    notes="Drinks little.",
    decision=Deciding(
        kind="plan", decided="Offer a drink every hour.", because="Dry mouth.", before="Drinks at meals.",
        in_force_from_on=date(2026, 11, 16), replaces=words.NEW,
    ),
    follow_up=Asking(words="Weigh her", owner="home", due_on=date(2026, 11, 20)),
)  # fmt: skip


@pytest.fixture
def held(world: World) -> str:
    return held_on(world, AT)


@pytest.fixture
def reviewed(world: World, held: str) -> str:
    record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=CHANGE)
    return held


def page_of(world: World, ref: str, who: str = "clinician"):  # type: ignore[no-untyped-def]
    return round_page(see_round(viewer=world[who], ref=ref, at=AT))


class TestCancelling:
    def test_it_counts_for_no_week_and_keeps_what_was_written(self, world: World, reviewed: str, looks: Looks) -> None:
        cancel_round(by=world["clinician"], at=AT, ref=reviewed, because="Opened for the wrong home")
        page = page_of(world, reviewed, "nurse")
        assert (page.is_open, page.cancelled_because) == (False, "Opened for the wrong home")
        assert [line.notes for line in page.reviewed] == ["Drinks little."]
        [rose] = homes_by_fact(see_homes(viewer=world["coordinator"], at=AT))
        assert (rose.held_this_week, rose.open_round, rose.last_round_on) == (None, "", None)
        assert held_on(world, AT), "another can be opened on the same day"

    def test_what_its_reviews_answered_waits_again(self, world: World, held: str) -> None:
        """A round that did not take place is no answer; what somebody answered in words stays answered (H3, H34)."""
        by_review, in_words = (
            raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words=words, help_now=False)
            for words in ("Not eating", "Restless")
        )
        seen = Reviewing(how="in_person", outcome="no_change", answers=(by_review,))
        record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=seen)
        answer_concern(by=world["clinician"], at=AT, ref=in_words, words="A lamp at night.")
        assert [concern.words for concern in answered_in(see_round(viewer=world["nurse"], ref=held, at=AT))] == [
            "Not eating"
        ]
        cancel_round(by=world["clinician"], at=AT, ref=held, because="Opened for the wrong home")
        assert list(Concern.objects.open().values_list("ref", flat=True)) == [by_review]
        reopen_round(by=world["clinician"], at=AT, ref=held, because="It was right")
        assert Concern.objects.open().count() == 1, "who opens it again answers it again"

    @pytest.mark.parametrize("outcome", ["nobody", "not_reached", "no_change"])
    def test_a_round_counts_as_held_when_somebody_was_seen_in_it(
        self, world: World, held: str, outcome: str, looks: Looks
    ) -> None:
        if outcome != "nobody":
            review = Reviewing(how="" if outcome == "not_reached" else "in_person", outcome=outcome)
            record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=review)
        close_round(by=world["clinician"], at=AT, ref=held)
        [rose] = homes_by_fact(see_homes(viewer=world["coordinator"], at=AT))
        assert (rose.held_this_week is not None) is (outcome == "no_change")

    def test_who_was_not_reached_after_all_was_not_seen(self, world: World, held: str, looks: Looks) -> None:
        """An earlier version of a review says nothing any more, neither for the week nor on the round's page."""
        margaret, version = world.residents["margaret"], None
        for how, outcome in (("in_person", "no_change"), ("", "not_reached")):
            review = Reviewing(how=how, outcome=outcome, read_version=version)
            version = record_review(by=world["clinician"], at=AT, ref=held, person=margaret, review=review)
        close_round(by=world["clinician"], at=AT, ref=held)
        [rose] = homes_by_fact(see_homes(viewer=world["coordinator"], at=AT))
        assert rose.held_this_week is None
        assert not page_of(world, held).somebody_was_seen

    def test_somebody_says_why(self, world: World, held: str) -> None:
        for because in ("", "x" * 301):
            with pytest.raises(Invalid) as refused:
                cancel_round(by=world["coordinator"], at=AT, ref=held, because=because)
            assert set(refused.value.problems) == {"because"}

    def test_a_closed_one_is_not_cancelled_nor_a_cancelled_one_closed(self, world: World, held: str) -> None:
        close_round(by=world["clinician"], at=AT, ref=held)
        with pytest.raises(ChangedMeanwhile, match="Priya Shah"):
            cancel_round(by=world["lead"], at=AT, ref=held, because="wrong")
        other = held_on(world, AT)
        cancel_round(by=world["clinician"], at=AT, ref=other, because="wrong")
        with pytest.raises(ChangedMeanwhile):
            close_round(by=world["lead"], at=AT, ref=other)
        assert Round.objects.get(ref=other).ended_how == "cancelled"


class TestAmending:
    def test_it_is_shown_with_time_and_author_and_what_it_said_stays(
        self, world: World, held: str, looks: Looks
    ) -> None:
        close_round(by=world["clinician"], at=AT, ref=held, summary="Quiet.")
        amend_round(by=world["lead"], at=AT + timedelta(hours=1), ref=held, words="Not quiet: two falls.")
        page = page_of(world, held, "nurse")
        assert page.summary == "Quiet."
        [added] = page.amendments
        assert (added.words, added.by.split(",")[0], added.at) == (
            "Not quiet: two falls.", "Lena Hart", AT + timedelta(hours=1),
        )  # fmt: skip

    def test_an_open_round_is_closed_first(self, world: World, held: str) -> None:
        with pytest.raises(NotAllowed, match="still open"):
            amend_round(by=world["clinician"], at=AT, ref=held, words="More.")


class TestMoving:
    def move(self, world: World, held: str, to: str = "albert", who: str = "clinician", **other: Any) -> str:
        given: dict[str, Any] = {
            "at": AT + timedelta(minutes=5),
            "to_ref": world.residents[to],
            "because": "Chosen by mistake",
        }
        return move_review(by=world[who], ref=held, person=world.residents["margaret"], **given | other)

    def test_it_stands_on_the_right_person_with_its_own_words_and_time(
        self, world: World, reviewed: str, looks: Looks
    ) -> None:
        assert self.move(world, reviewed) == world.residents["albert"]
        [line] = page_of(world, reviewed).reviewed
        assert (line.person_ref, line.notes) == (world.residents["albert"], "Drinks little.")
        row = Review.objects.get(resident__ref=world.residents["albert"])
        assert (row.happened_at, row.reviewer_id) == (AT, world["clinician"].membership_id)
        seen = see_resident(viewer=world["nurse"], ref=world.residents["margaret"], at=AT + timedelta(hours=1))
        assert record_of(seen).of("review") == ()

    def made(self, world: World, held: str, who: str = "margaret") -> list[MadeThing]:
        seen = see_round(viewer=world["clinician"], ref=held, at=AT)
        person = see_resident(viewer=world["clinician"], ref=world.residents[who], at=AT)
        return made_by_review(seen, person, reviewer=world["clinician"].membership_id)

    def waits(self, world: World, who: str = "clinician", at: datetime = AT + timedelta(hours=1)) -> set[str]:
        rows = what_waits(viewer=world[who], at=at).mine
        return {row.wait.person_ref for row in rows if row.wait.kind == "decide_again"}

    def test_nothing_that_it_made_is_left_on_the_wrong_person(self, world: World, reviewed: str, looks: Looks) -> None:
        assert [thing.words for thing in self.made(world, reviewed)] == ["Offer a drink every hour.", "Weigh her"]
        self.move(world, reviewed)
        assert self.made(world, reviewed) == []
        [decision], [follow_up] = Decision.objects.all(), FollowUp.objects.all()
        assert (decision.ended_how, follow_up.ended_how) == ("wrong_person", "not_needed")
        assert Ask.objects.get().ended_how == "wrong_person"

    @pytest.mark.parametrize("kind", ["died", "left", "moved_home"])
    def test_also_once_the_wrong_person_has_died_or_left(
        self, world: World, reviewed: str, looks: Looks, kind: str
    ) -> None:
        """An entry on the wrong person is put right whenever it is found, by who wrote it (H1, H32)."""
        margaret, on = world.residents["margaret"], date(2026, 11, 16)
        record_departure(by=world["nurse"], at=AT, ref=margaret, kind=kind, left_on=on)
        with pytest.raises(NotAllowed):
            self.move(world, reviewed, who="coordinator")
        decision = Decision.objects.get().ref
        self.move(world, reviewed, carried={decision: words.NEW})
        gone = Decision.objects.get(ref=decision)
        assert (gone.ended_how, FollowUp.objects.get().ended_how) == ("wrong_person", "not_needed")
        assert Decision.objects.get(ended_at=None).resident.ref == world.residents["albert"]

    def test_what_was_not_carried_over_waits_to_be_decided_again(
        self, world: World, reviewed: str, looks: Looks
    ) -> None:
        self.move(world, reviewed)
        albert = {world.residents["albert"]}
        assert self.waits(world) == self.waits(world, "lead") == self.waits(world, at=AT + timedelta(days=90)) == albert
        row = Review.objects.get()
        changed = replace(CHANGE, follow_up=None, read_version=row.pk)
        later = AT + timedelta(minutes=9)
        record_review(by=world["clinician"], at=later, ref=reviewed, person=world.residents["albert"], review=changed)
        assert self.waits(world) == set()

    @pytest.mark.parametrize("outcome", ["no_change", "clinical_input"])
    def test_a_later_review_that_saw_them_settles_it(
        self, world: World, reviewed: str, looks: Looks, outcome: str
    ) -> None:
        self.move(world, reviewed)
        seen = Reviewing(how="in_person", outcome=outcome)
        later = AT + timedelta(minutes=9)
        record_review(by=world["lead"], at=later, ref=reviewed, person=world.residents["albert"], review=seen)
        assert self.waits(world) == set()

    def test_a_withdrawn_decision_leaves_its_outcome_open_too(self, world: World, reviewed: str, looks: Looks) -> None:
        withdraw_decision(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, because="Wrong chart.")
        assert self.waits(world) == {world.residents["margaret"]}

    def test_what_is_carried_over_is_made_anew_with_its_own_words(
        self, world: World, reviewed: str, looks: Looks
    ) -> None:
        decision, follow_up = self.made(world, reviewed)
        self.move(world, reviewed, carried={decision.ref: words.NEW, follow_up.ref: "carried"})
        made = self.made(world, reviewed, "albert")
        assert [thing.words for thing in made] == ["Offer a drink every hour.", "Weigh her"]
        assert {thing.ref for thing in made}.isdisjoint({decision.ref, follow_up.ref})
        anew = Decision.objects.get(ended_at=None)
        assert (anew.resident.ref, anew.before) == (world.residents["albert"], "Nothing: it is new.")
        assert FollowUp.objects.get(ended_at=None).decision == anew
        assert self.waits(world) == set()

    def test_what_came_of_it_goes_with_it(self, world: World, reviewed: str, looks: Looks) -> None:
        """A decision that corrects it, a follow-up that the home passed on: neither stays on the wrong person."""
        decision, follow_up = self.made(world, reviewed)
        right = Deciding("plan", "Offer two drinks.", "Dry mouth.", "", date(2026, 11, 16))
        correct_decision(by=world["lead"], at=AT, ref=decision.ref, because="Too little.", decision=right)
        colleague = str(world["manager"].membership_id)
        pass_on_follow_up(by=world["nurse"], at=AT, ref=follow_up.ref, to=colleague, words="Off tomorrow.")
        assert [thing.words for thing in self.made(world, reviewed)] == ["Offer two drinks.", "Weigh her"]
        self.move(world, reviewed)
        assert not Decision.objects.filter(ended_at=None).exists()
        assert not FollowUp.objects.filter(ended_at=None).exists()

    def test_all_is_moved_or_nothing(self, world: World, reviewed: str, looks: Looks) -> None:
        decision, _ = self.made(world, reviewed)
        with pytest.raises(Invalid) as refused:
            self.move(world, reviewed, carried={decision.ref: "NOT0THERE0000000"})
        assert set(refused.value.problems) == {decision.ref}
        assert Review.objects.get().resident.ref == world.residents["margaret"]
        assert Decision.objects.get().ended_at is None

    def test_it_can_be_moved_back(self, world: World, reviewed: str, looks: Looks) -> None:
        decision, _ = self.made(world, reviewed)
        self.move(world, reviewed, carried={decision.ref: words.NEW})
        [anew] = self.made(world, reviewed, "albert")
        move_review(
            by=world["clinician"], at=AT + timedelta(minutes=9), ref=reviewed, person=world.residents["albert"],
            to_ref=world.residents["margaret"], because="It was hers", carried={anew.ref: words.NEW},
        )  # fmt: skip
        assert Decision.objects.get(ended_at=None).resident.ref == world.residents["margaret"]

    def test_the_withdrawal_is_not_taken_back(self, world: World, reviewed: str) -> None:
        self.move(world, reviewed)
        with pytest.raises(Invalid, match="decide it anew"):
            take_back_withdrawal(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, because="It was right")

    @pytest.mark.parametrize(
        ("left_on", "how", "fits"),
        [(15, "died", False), (15, "left", False), (16, "died", True), (16, "left", True), (17, "died", True)],
    )
    def test_only_to_somebody_who_lived_there_on_its_day(
        self, world: World, reviewed: str, left_on: int, how: str, fits: bool
    ) -> None:
        later = AT + timedelta(days=1)
        day = date(2026, 11, left_on)
        record_departure(by=world["nurse"], at=later, ref=world.residents["albert"], kind=how, left_on=day)
        if fits:
            self.move(world, reviewed, at=later)
            assert Review.objects.get().resident.ref == world.residents["albert"]
            return
        with pytest.raises(Invalid, match="gone before this review") as refused:
            self.move(world, reviewed, at=later)
        assert set(refused.value.problems) == {"to_ref"}

    def test_not_to_somebody_who_came_after_it(self, world: World, reviewed: str) -> None:
        later = AT + timedelta(days=1)
        somebody = Somebody("Nora", "Newcomer", date(1941, 2, 3), no_number_because="not told yet")
        place = Place(kind="permanent", place="residential", room="31")
        came = move_in(
            by=world["nurse"], at=later, code=world.code("rose"), who=somebody, stay=place,
            registration=Registering("not_known"), arrived_on=later.date(),
        )  # fmt: skip
        with pytest.raises(Invalid, match="They came after this review"):
            self.move(world, reviewed, to_ref=came, at=later)

    def test_every_version_goes_and_the_list_has_the_wrong_person_again(
        self, world: World, reviewed: str, looks: Looks
    ) -> None:
        first = Review.objects.get()
        again = Reviewing(how="in_person", outcome="plan_changed", notes="And a cough.", read_version=first.pk)
        record_review(by=world["clinician"], at=AT, ref=reviewed, person=world.residents["margaret"], review=again)
        self.move(world, reviewed)
        assert [row.notes for row in Review.objects.all()] == ["And a cough."]
        rows = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=AT + timedelta(hours=1)))
        margaret = next(row for row in (*rows.with_reason, *rows.others) if row.ref == world.residents["margaret"])
        assert margaret.reviewed_at is None

    @pytest.mark.parametrize(("to", "refused"), [("margaret", Invalid), ("joan", NotHere)])
    def test_only_to_somebody_else_of_the_home(
        self, world: World, reviewed: str, to: str, refused: type[Exception]
    ) -> None:
        with pytest.raises(refused):
            self.move(world, reviewed, to)

    def test_a_colleague_moves_only_their_own(self, world: World, reviewed: str) -> None:
        with pytest.raises(NotHere):
            self.move(world, reviewed, who="pharmacist")

    def test_it_is_not_written_over_what_is_there(self, world: World, reviewed: str) -> None:
        seen = Reviewing(how="in_person", outcome="no_change", notes="Well.")
        record_review(by=world["clinician"], at=AT, ref=reviewed, person=world.residents["albert"], review=seen)
        with pytest.raises(ChangedMeanwhile):
            self.move(world, reviewed)


class TestReopening:
    def test_it_is_open_again_on_its_own_day_with_what_was_written_in_it(
        self, world: World, looks: Looks, reviewed: str
    ) -> None:
        cancel_round(by=world["clinician"], at=AT, ref=reviewed, because="Wrong home")
        for _ in range(2):
            reopen_round(by=world["coordinator"], at=AT + timedelta(hours=1), ref=reviewed, because="It was right.")
        page = round_page(see_round(viewer=world["clinician"], ref=reviewed, at=AT + timedelta(hours=2)))
        assert (page.is_open, page.cancelled_because, len(page.reviewed)) == (True, "", 1)
        [again] = page.opened_again
        assert (again.cancelled_because, again.because) == ("Wrong home", "It was right.")
        cancel_round(by=world["clinician"], at=AT + timedelta(hours=3), ref=reviewed, because="Norovirus after all")

    def test_not_beside_another_of_that_day_nor_once_it_is_closed(self, world: World, held: str) -> None:
        cancel_round(by=world["clinician"], at=AT, ref=held, because="Wrong home")
        other = held_on(world, AT + timedelta(hours=1))
        with pytest.raises(Invalid, match="Another round of that day is open"):
            reopen_round(by=world["clinician"], at=AT + timedelta(hours=1), ref=held, because="It was right.")
        cancel_round(by=world["clinician"], at=AT + timedelta(hours=2), ref=other, because="Twice")
        for because in ("", "x" * 301):
            with pytest.raises(Invalid):
                reopen_round(by=world["clinician"], at=AT + timedelta(hours=3), ref=held, because=because)


class TestConfirming:
    def test_it_waits_no_more_once_it_is_confirmed(self, world: World, looks: Looks) -> None:
        OPEN_THINGS["to_confirm"].open(world)
        held = Round.objects.get().ref
        winifred = world.residents["winifred"]
        for _ in range(2):
            confirm_review(by=world["clinician"], at=AT, ref=held, person=winifred)
        assert "to_confirm" not in {row.wait.kind for row in what_waits(viewer=world["clinician"], at=AT).mine}

    def test_nobody_confirms_for_another_who_is_there(self, world: World) -> None:
        OPEN_THINGS["to_confirm"].open(world)
        held, winifred = Round.objects.get().ref, world.residents["winifred"]
        for who in ("lead", "coordinator", "nurse"):
            with pytest.raises(NotAllowed):
                confirm_review(by=world[who], at=AT, ref=held, person=winifred)
        with pytest.raises(NotHere):
            confirm_review(by=world["clinician"], at=AT, ref=held, person=world.residents["albert"])

    def test_a_colleague_says_whether_it_holds_once_they_have_left(self, world: World, looks: Looks) -> None:
        OPEN_THINGS["to_confirm"].open(world)
        held, winifred = Round.objects.get().ref, world.residents["winifred"]
        later = AT + timedelta(days=1)
        end_membership(by=world["exe_manager"], at=later, membership_id=world["clinician"].membership_id, how="left")
        with pytest.raises(NotAllowed):
            confirm_review(by=world["coordinator"], at=later, ref=held, person=winifred)
        confirm_review(by=world["lead"], at=later, ref=held, person=winifred)
        assert "to_confirm" not in {row.wait.kind for row in what_waits(viewer=world["lead"], at=later).mine}


def test_an_outcome_that_contradicts_what_the_review_decided_is_refused(world: World, reviewed: str) -> None:
    first = Review.objects.get()
    for outcome in ("no_change", "plan_kept", "not_reached"):
        changed = Reviewing(how="" if outcome == "not_reached" else "in_person", outcome=outcome, read_version=first.pk)
        with pytest.raises(Invalid, match="Offer a drink every hour"):
            record_review(
                by=world["clinician"], at=AT, ref=reviewed, person=world.residents["margaret"], review=changed
            )


def test_whoever_types_does_not_close_alone(world: World, held: str) -> None:
    with pytest.raises(NotAllowed):
        close_round(by=world["coordinator"], at=AT, ref=held)
