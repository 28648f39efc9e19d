"""Raising, phoning, reading, answering and moving concerns: by whom, once, and about the right person. REQ-87; H1, H3,
H35.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from homeround.ehch.deterioration.actions import answer_concern, mark_read, raise_concern
from homeround.ehch.deterioration.models import Call, Concern, ConcernAnswer
from homeround.ehch.deterioration.words import Phone, State
from homeround.ehch.residents.actions import Place, Somebody, expect_resident, record_departure
from homeround.ehch.residents.actions.registering import Registering
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere, SaidOtherwise
from tests.ehch.deterioration.concerns import LATER, call, lines, page, problems, raising
from tests.world import AT, World


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
        assert "Call whoever looks after them" in told["words"]

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
    def test_it_is_to_be_phoned_until_somebody_was_spoken_to(self, world: World, urgent: str) -> None:
        assert page(world, urgent).concern.phone is Phone.TO_BE_PHONED
        call(world, urgent, spoke_to="", words="No answer.")
        assert page(world, urgent).concern.phone is Phone.TO_BE_PHONED
        call(world, urgent)
        found = page(world, urgent)
        assert found.concern.phone is Phone.SPOKEN
        assert [(call.service, call.spoke_to, call.made.words) for call in found.calls] == [
            ("NHS 111", "", "No answer."),
            ("NHS 111", "Sam, call handler", "Ambulance on its way."),
        ]
        assert found.calls[0].made.who == world["carer"].shown

    def test_a_call_is_no_answer(self, world: World, urgent: str) -> None:
        call(world, urgent)
        assert page(world, urgent).concern.state is State.UNREAD

    def test_a_call_without_a_service_is_refused(self, world: World, urgent: str) -> None:
        with pytest.raises(Invalid) as refused:
            call(world, urgent, service=" ", happened_at=LATER + timedelta(hours=1))
        assert set(refused.value.problems) == {"service", "happened_at"}

    @pytest.mark.parametrize(
        ("who", "refusal"), [("ivy_nurse", NotHere), ("gp", NotAllowed), ("community", NotAllowed)]
    )
    def test_only_who_may_raise_one(self, world: World, urgent: str, who: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            call(world, urgent, by=world[who])
        assert not Call.objects.exists()

    def test_sent_twice_is_one_call(self, world: World, urgent: str) -> None:
        call(world, urgent, token="one")
        call(world, urgent, token="one")
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
        assert (found.answer.noted.who, found.answer.noted.at, found.answer.noted.words) == (
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
        assert Concern.objects.open().count() == 1

    def test_without_words_it_is_no_answer(self, world: World, concern: str) -> None:
        assert set(problems(self.answer, world=world, ref=concern, words=" \n")) == {"words"}
        assert Concern.objects.open().count() == 1

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
        call(world, urgent)
        assert self.answer(world, urgent, **coordinator) == urgent

    def test_a_clinician_may_be_the_one_who_came(self, world: World, urgent: str) -> None:
        assert self.answer(world, urgent) == urgent
