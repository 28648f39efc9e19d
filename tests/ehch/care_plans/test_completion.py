"""Marking an obligation done, and reading clocks and signs. REQ-67, REQ-69; H8."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from homeround.accounts.written import written
from homeround.ehch.alignment.access import see_home
from homeround.ehch.care_plans.actions import mark_done, mark_not_done
from homeround.ehch.care_plans.models import Completion
from homeround.ehch.care_plans.queries import Clock, clocks_in, clocks_of, entries, signs
from homeround.ehch.care_plans.waits import waits
from homeround.ehch.care_plans.words import State
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import Place, Somebody, move_in, record_departure
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.residents.models import Arrival, Resident
from homeround.ehch.residents.rules import Entry, Sign, Wait, due_dates
from homeround.ehch.residents.words import ArrivalKind
from homeround.kernel.audit.noticed import looking
from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.record.actions import action
from homeround.kernel.record.nhs_number import made
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere, SaidOtherwise
from tests.statements import statements
from tests.world import AT, World

ARRIVED = date(2026, 11, 11)
DUE = date(2026, 11, 20)
"""Margaret Hill moved in on Wednesday 11 November 2026; seven working days later is Friday 20."""
SOON = AT + timedelta(minutes=1)
LATE = AT + timedelta(days=7)


def marking(world: World, **other: Any) -> dict[str, Any]:
    """What a home's nurse sends."""
    sent = {
        "by": world["nurse"],
        "at": AT,
        "ref": world.residents["margaret"],
        "obligation": "assessment",
        "done_on": date(2026, 11, 13),
        "document": "care file, section 2",
        "took_part": "Nell Nurse; Priya Shah",
        "person_took_part": "She told us what she can do herself.",
    }
    return sent | other


def clocks(world: World, who: str = "nurse", person: str = "margaret", at: Any = AT) -> dict[str, Clock]:
    with looking():
        seen = see_resident(viewer=world[who], ref=world.residents[person], at=at)
        return {clock.obligation: clock for clock in clocks_of(seen)}


def problems(**sent: Any) -> set[str]:
    with pytest.raises(Invalid) as refused:
        mark_done(**sent)
    return set(refused.value.problems)


def signed(world: World, at: Any = AT, homes: tuple[str, ...] = ("rose",)) -> list[Sign]:
    first, *rest = signs(homes=[world.bodies[home].pk for home in homes], at=at)
    return [Sign(*row) for row in first.union(*rest, all=True)]


def waiting(world: World, *homes: str) -> list[Wait]:
    first, *rest = waits(homes=[world.bodies[home].pk for home in homes or ("rose",)], due_by=date(2026, 12, 31))
    return [Wait(*row) for row in first.union(*rest, all=True)]


def number_of(world: World, person: str) -> int:
    return Resident.objects.get(ref=world.residents[person]).pk


@action
def come_back_from_hospital(*, by: Any, at: Any, token: str | None = None, ref: str, on: date) -> None:
    """Back from hospital has no page so far; the clock it starts has its rules."""
    first = Arrival.objects.get(resident__ref=ref)
    due = due_dates(on, ENGLAND)
    Arrival.objects.create(
        resident_id=first.resident_id, stay_id=first.stay_id, kind=ArrivalKind.BACK_FROM_HOSPITAL, arrived_on=on,
        rule_set=due.rule_set, due_on=due.due_on, due_calendar_on=due.due_calendar_on, provisional=due.provisional,
        reasoning=due.reasoning, **written(by=by, at=at, held_for=first.held_for_id),
    )  # fmt: skip


class TestMarkMet:
    def test_both_obligations_one_after_the_other(self, world: World) -> None:
        assert {name: clock.state for name, clock in clocks(world).items()} == {
            "assessment": State.OPEN,
            "plan": State.OPEN,
        }
        mark_done(**marking(world))
        found = clocks(world)
        assert (found["assessment"].state, found["plan"].state) == (State.DONE, State.OPEN)
        mark_done(**marking(world, obligation="plan", document="care file, section 3"))
        assert {clock.state for clock in clocks(world).values()} == {State.DONE}

    def test_who_how_and_with_whom_is_kept(self, world: World) -> None:
        mark_done(**marking(world))
        done = clocks(world)["assessment"].done
        assert done is not None
        assert (done.author, done.typed_by, done.done_on) == (world["nurse"].author, None, date(2026, 11, 13))
        assert (done.document, done.took_part) == ("care file, section 2", "Nell Nurse; Priya Shah")
        assert done.person_took_part == "She told us what she can do herself."

    @pytest.mark.parametrize("who", ["nurse", "senior", "manager", "clinician", "pharmacist", "lead"])
    def test_home_staff_who_record_moves_and_clinicians(self, world: World, who: str) -> None:
        mark_done(**marking(world, by=world[who]))
        assert Completion.objects.get().by_id == world[who].membership_id

    @pytest.mark.parametrize(
        ("who", "refusal"),
        [
            ("carer", NotAllowed),
            ("agency", NotAllowed),
            ("gp", NotAllowed),
            ("community", NotAllowed),
            ("clerk", NotAllowed),
            ("ivy_nurse", NotHere),
            ("tor_clinician", NotHere),
            ("exe_manager", NotHere),
            ("icb", NotHere),
        ],
    )
    def test_nobody_else(self, world: World, who: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            mark_done(**marking(world, by=world[who]))
        assert not Completion.objects.exists()

    def test_a_coordinator_types_for_a_named_clinician_only(self, world: World) -> None:
        typing = marking(world, by=world["coordinator"])
        assert problems(**typing) == {"for_whom"}
        for nobody in ("coordinator", "tor_clinician", "nurse", "gp"):
            assert problems(**typing, for_whom=world[nobody].membership_id) == {"for_whom"}
        mark_done(**typing, for_whom=world["clinician"].membership_id)
        done = clocks(world)["assessment"].done
        assert done is not None
        assert (done.author, done.typed_by) == (world["clinician"].author, world["coordinator"].author)

    def test_nobody_but_a_coordinator_types_for_somebody(self, world: World) -> None:
        assert problems(**marking(world, for_whom=world["clinician"].membership_id)) == {"for_whom"}

    @pytest.mark.parametrize("done_on", [ARRIVED - timedelta(days=1), AT.date() + timedelta(days=1)])
    def test_not_before_they_came_and_not_before_it_happened(self, world: World, done_on: date) -> None:
        assert problems(**marking(world, done_on=done_on)) == {"done_on"}

    @pytest.mark.parametrize("done_on", [ARRIVED, AT.date()])
    def test_from_the_day_of_arrival_to_today(self, world: World, done_on: date) -> None:
        assert mark_done(**marking(world, done_on=done_on)) == world.residents["margaret"]

    def test_late_needs_the_reason(self, world: World) -> None:
        late = marking(world, at=LATE, done_on=DUE + timedelta(days=3))
        assert problems(**late) == {"late_because"}
        mark_done(**late, late_because="The nurse was ill.")
        clock = clocks(world, at=LATE)["assessment"]
        assert clock.state is State.DONE_LATE
        assert clock.done is not None
        assert clock.done.late_because == "The nurse was ill."

    def test_written_down_late_is_not_late(self, world: World) -> None:
        mark_done(**marking(world, at=LATE, done_on=DUE))
        assert clocks(world, at=LATE)["assessment"].state is State.DONE

    def test_everything_wrong_is_said_at_once(self, world: World) -> None:
        sent = marking(
            world, obligation="party", done_on=date(2030, 1, 1), document="", took_part="", person_took_part=" "
        )
        assert problems(**sent) == {"obligation", "done_on", "document", "took_part", "person_took_part"}

    def test_no_clock_no_obligation(self, world: World) -> None:
        assert clocks(world, person="albert") == {}
        assert problems(**marking(world, ref=world.residents["albert"])) == {"obligation"}

    def test_a_second_one_is_told_what_stands(self, world: World) -> None:
        mark_done(**marking(world))
        with pytest.raises(ChangedMeanwhile) as told:
            mark_done(**marking(world, by=world["clinician"], document="another file"))
        assert (told.value.what, told.value.by) == ("The holistic assessment", world["nurse"].shown)
        assert told.value.stands["document"] == "care file, section 2"
        assert Completion.objects.count() == 1

    def test_sent_twice_is_done_once_and_other_content_is_shown(self, world: World) -> None:
        sent = marking(world, token="one")
        assert mark_done(**sent) == mark_done(**sent)
        with pytest.raises(SaidOtherwise) as shown:
            mark_done(**sent | {"document": "another file"})
        assert shown.value.first["document"] == "care file, section 2"


class TestUndone:
    def undo(self, world: World, **other: Any) -> str:
        sent: dict[str, Any] = {
            "by": world["nurse"],
            "at": SOON,
            "ref": world.residents["margaret"],
            "obligation": "assessment",
            "because": "That was the other Margaret.",
        }
        return mark_not_done(**sent | other)

    def test_its_clock_runs_on_and_what_was_written_stays(self, world: World) -> None:
        mark_done(**marking(world))
        self.undo(world)
        clock = clocks(world, at=SOON)["assessment"]
        assert (clock.state, clock.done) == (State.OPEN, None)
        assert Completion.with_removed.count() == 1
        first, *rest = entries(Resident.objects.get(ref=world.residents["margaret"]).pk)
        told = {entry.kind: entry.words for entry in (Entry(*row) for row in first.union(*rest, all=True))}
        assert told == {
            "obligation_done_taken_back": "care file, section 2",
            "obligation_undone": "That was the other Margaret.",
        }
        mark_done(**marking(world))
        assert clocks(world, at=SOON)["assessment"].state is State.DONE

    def test_what_is_not_done_is_not_taken_back(self, world: World) -> None:
        with pytest.raises(ChangedMeanwhile):
            self.undo(world)

    def test_why_is_needed(self, world: World) -> None:
        mark_done(**marking(world))
        with pytest.raises(Invalid):
            self.undo(world, because=" ")

    @pytest.mark.parametrize("who", ["carer", "agency", "gp", "community"])
    def test_not_by_those_who_do_not_say_that_it_is_done(self, world: World, who: str) -> None:
        mark_done(**marking(world))
        with pytest.raises(NotAllowed):
            self.undo(world, by=world[who])


class TestStayEnds:
    def leave(self, world: World, left_on: date, at: Any) -> None:
        record_departure(by=world["nurse"], at=at, ref=world.residents["margaret"], kind="died", left_on=left_on)

    def test_before_it_was_due_is_not_late(self, world: World) -> None:
        self.leave(world, AT.date(), AT)
        assert {clock.state for clock in clocks(world, at=LATE).values()} == {State.OPEN_WHEN_THEY_DIED}
        assert waiting(world) == []

    def test_after_it_was_due_stays_overdue(self, world: World) -> None:
        self.leave(world, DUE + timedelta(days=1), LATE)
        states = {clock.state for clock in clocks(world, at=LATE + timedelta(days=1)).values()}
        assert states == {State.OVERDUE_WHEN_THEY_DIED}

    def test_it_is_offered_to_nobody_once_they_have_left(self, world: World) -> None:
        assert any(clock.may_mark_done for clock in clocks(world).values())
        self.leave(world, AT.date(), AT)
        assert not any(clock.may_mark_done for clock in clocks(world, at=LATE).values())
        assert all(clock.is_over for clock in clocks(world, at=LATE).values())

    def test_the_home_completes_the_stay_it_had(self, world: World) -> None:
        self.leave(world, AT.date() - timedelta(days=1), AT)
        assert problems(**marking(world, at=SOON, done_on=AT.date())) == {"done_on"}
        mark_done(**marking(world, at=SOON))
        assert clocks(world, at=SOON)["assessment"].state is State.DONE


class TestBackFromHospital:
    def test_the_clock_starts_anew_and_the_old_one_says_so(self, world: World) -> None:
        back_on = date(2026, 11, 16)
        mark_done(**marking(world))
        come_back_from_hospital(by=world["nurse"], at=AT, ref=world.residents["margaret"], on=back_on)
        with looking():
            seen = see_resident(viewer=world["nurse"], ref=world.residents["margaret"], at=SOON)
        found = [(clock.arrived_on, clock.obligation, clock.state) for clock in clocks_of(seen)]
        assert found == [
            (back_on, "assessment", State.OPEN),
            (back_on, "plan", State.OPEN),
            (ARRIVED, "assessment", State.DONE),
            (ARRIVED, "plan", State.RESTARTED),
        ]
        assert [clock.may_mark_done for clock in clocks_of(seen)] == [True, True, False, False]
        mark_done(**marking(world, at=SOON, done_on=back_on))
        assert Completion.objects.order_by("-pk")[0].arrival.arrived_on == back_on
        assert [(wait.kind, wait.due_on) for wait in waiting(world)] == [("plan", "2026-11-25")]


class TestReading:
    def test_a_clock_can_be_checked_by_hand(self, world: World) -> None:
        clock = clocks(world)["plan"]
        assert (clock.words, clock.arrival) == ("personalised care and support plan", "moved in")
        assert (clock.arrived_on, clock.due_on, clock.due_calendar_on) == (ARRIVED, DUE, date(2026, 11, 18))
        assert (clock.working_days_left, clock.provisional) == (4, False)
        assert "Working day 1 is Thu 12 Nov 2026 and working day 7 is Fri 20 Nov 2026." in clock.reasoning
        assert clocks(world, at=LATE)["plan"].working_days_left == -1
        assert clocks(world, at=LATE)["plan"].state is State.OVERDUE

    @pytest.mark.parametrize(
        ("who", "offered"), [("nurse", True), ("clinician", True), ("coordinator", True), ("carer", False)]
    )
    def test_it_is_offered_to_those_who_may(self, world: World, who: str, offered: bool) -> None:
        assert clocks(world, who)["plan"].may_mark_done is offered

    def test_not_for_a_clerk(self, world: World) -> None:
        with pytest.raises(NotAllowed):
            clocks(world, "clerk")

    def test_past_the_horizon_the_date_is_provisional(self, world: World) -> None:
        at = AT.replace(year=2028, month=12, day=22)
        viewer = world["manager"].__class__(**{**vars(world["manager"]), "until": at + timedelta(days=9)})
        ref = move_in(
            by=viewer, at=at, code=world.code("rose"), arrived_on=at.date(),
            who=Somebody("Late", "Comer", date(1940, 1, 1), nhs_number=made(77)),
            stay=Place("permanent", "residential", room="77"), registration=Registering("not_known"),
        )  # fmt: skip
        with looking():
            found = clocks_of(see_resident(viewer=viewer, ref=ref, at=at))
        assert {clock.provisional for clock in found} == {True}

    def test_a_homes_open_clocks_the_first_due_first(self, world: World) -> None:
        with looking() as looks:
            home = see_home(viewer=world["coordinator"], code=world.code("rose"), at=AT)
            with statements() as one:
                found = clocks_in(home)
            assert [(line.identity.family, line.clock.obligation) for line in found] == [
                ("Hill", "assessment"),
                ("Hill", "plan"),
            ]
            assert looks.noticed[-1].subject_ids == (number_of(world, "margaret"),)
            for serial in range(3):
                move_in(
                    by=world["nurse"], at=AT, code=world.code("rose"), arrived_on=ARRIVED - timedelta(days=serial),
                    who=Somebody("New", f"Comer{serial}", date(1940, 1, 1 + serial), nhs_number=made(80 + serial)),
                    stay=Place("permanent", "residential", room=str(80 + serial)),
                    registration=Registering("not_known"),
                )  # fmt: skip
            mark_done(**marking(world))
            with statements() as many:
                found = clocks_in(home)
        assert [line.clock.due_on for line in found] == sorted(line.clock.due_on for line in found)
        assert len(found) == 7
        assert len(one) == len(many) == 2, many

    def test_a_persons_clocks_cost_one_statement(self, world: World) -> None:
        mark_done(**marking(world))
        with looking():
            seen = see_resident(viewer=world["nurse"], ref=world.residents["margaret"], at=AT)
        with statements() as asked:
            clocks_of(seen)
        assert len(asked) == 1, asked

    def test_open_obligations_wait_with_their_due_dates(self, world: World) -> None:
        assert {(wait.person, wait.kind, wait.due_on) for wait in waiting(world)} == {
            (number_of(world, "margaret"), "assessment", "2026-11-20"),
            (number_of(world, "margaret"), "plan", "2026-11-20"),
        }
        mark_done(**marking(world))
        after = signed(world)
        assert [wait.kind for wait in waiting(world)] == ["plan"]
        assert [(sign.person, sign.since) for sign in after if sign.code == "recorded"] == [
            (number_of(world, "margaret"), AT)
        ]
        assert signed(world, homes=("ivy", "elm")) == []
        assert waiting(world, "ivy", "elm") == []

    def test_the_timeline_says_what_was_completed(self, world: World) -> None:
        mark_done(**marking(world))
        first, *rest = entries(number_of(world, "margaret"))
        (entry,) = (Entry(*row) for row in first.union(*rest, all=True))
        assert (entry.kind, entry.state, entry.on, entry.words) == (
            "obligation_done",
            "assessment",
            "2026-11-13",
            "care file, section 2",
        )
