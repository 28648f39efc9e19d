"""Two people at the same moment: one wins, the other is told, nothing is kept twice. Concerns, clocks, cover; H35."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from homeround.ehch.alignment.actions import align_home, name_lead
from homeround.ehch.alignment.models import AlignmentStart, LeadStart
from homeround.ehch.care_plans.actions import mark_done
from homeround.ehch.care_plans.models import Completion
from homeround.ehch.deterioration.actions import answer_concern, mark_read, move_concern, raise_concern, record_call
from homeround.ehch.deterioration.models import Call, Concern, ConcernAnswer, ReadBy
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, MovedTo, NotHere
from tests.at_once import at_once, raised
from tests.world import AT, World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def concern(world: World) -> str:
    return raise_concern(
        by=world["carer"], at=AT, ref=world.residents["margaret"], words="Not herself.", help_now=False
    )


def test_two_answers(world: World, concern: str) -> None:
    outcomes = at_once(
        *(
            partial(answer_concern, by=world[who], at=AT, ref=concern, words=f"by {who}")
            for who in ("clinician", "lead")
        )
    )
    (refused,) = raised(outcomes)
    assert isinstance(refused, ChangedMeanwhile)
    assert refused.stands == {"words": ConcernAnswer.objects.get().words}


def test_two_movers_make_one_entry(world: World, concern: str) -> None:
    outcomes = at_once(
        *(
            partial(move_concern, by=world[who], at=AT, ref=concern, to_ref=world.residents[to], because="wrong")
            for who, to in (("nurse", "margaret_h"), ("senior", "albert"))
        )
    )
    (refused,) = raised(outcomes)
    assert isinstance(refused, NotHere | MovedTo)
    assert Concern.objects.filter(stands=True).count() == 1
    assert Concern.with_removed.count() == 2


def test_an_answer_while_it_is_moved_never_ends_the_moved_one(world: World, concern: str) -> None:
    at_once(
        partial(answer_concern, by=world["clinician"], at=AT, ref=concern, words="Seen."),
        partial(
            move_concern, by=world["nurse"], at=AT, ref=concern, to_ref=world.residents["albert"], because="wrong room"
        ),
    )
    standing = Concern.objects.get(stands=True)
    assert standing.resident.ref == world.residents["albert"]
    assert standing.ended_at is None
    assert not ConcernAnswer.objects.filter(stands=True).exists()


def test_a_call_written_down_while_it_is_moved_is_left_on_nobody(world: World, concern: str) -> None:
    at_once(
        partial(record_call, by=world["carer"], at=AT, ref=concern, service="NHS 111", spoke_to="Sam", words="Wait."),
        partial(
            move_concern, by=world["nurse"], at=AT, ref=concern, to_ref=world.residents["albert"], because="wrong room"
        ),
    )
    assert not Call.objects.filter(stands=True, resident__ref=world.residents["margaret"]).exists()


def test_one_reader_in_two_windows(world: World, concern: str) -> None:
    outcomes = at_once(*[partial(mark_read, by=world["coordinator"], at=AT, ref=concern)] * 2)
    assert outcomes == [concern, concern]
    assert ReadBy.objects.count() == 1


def test_two_concerns_with_one_token_and_the_same_words(world: World) -> None:
    send = partial(
        raise_concern,
        by=world["carer"],
        at=AT,
        ref=world.residents["albert"],
        words="Not eating.",
        help_now=False,
        token="tablet-1",
    )
    first, second = at_once(send, send)
    assert first == second
    assert Concern.objects.count() == 1


def test_two_people_mark_one_obligation_met(world: World) -> None:
    outcomes = at_once(
        *(
            partial(
                mark_done,
                by=world[who],
                at=AT,
                ref=world.residents["margaret"],
                obligation="plan",
                done_on=date(2026, 11, 13),
                document=f"file of {who}",
                took_part="the team",
                person_took_part="She chose.",
            )
            for who in ("nurse", "clinician")
        )
    )
    (refused,) = raised(outcomes)
    assert isinstance(refused, ChangedMeanwhile)
    assert refused.stands["document"] == Completion.objects.get().document


def test_two_alignments_from_one_day(world: World) -> None:
    send = partial(align_home, by=world["icb"], at=AT, code=world.code("elm"), from_on=AT.date(), agreed_with="both")
    outcomes = at_once(*[partial(send, pcn_code=world.code("exe"))] * 2)
    (refused,) = raised(outcomes)
    assert isinstance(refused, Invalid)
    assert AlignmentStart.objects.filter(home=world.bodies["elm"].pk).count() == 1


def test_two_leads_from_one_day(world: World) -> None:
    send = partial(name_lead, by=world["exe_manager"], at=AT, code=world.code("rose"), from_on=AT.date())
    outcomes = at_once(partial(send, lead=None), partial(send, lead=world["lead"].membership_id))
    (refused,) = raised(outcomes)
    assert isinstance(refused, Invalid)
    assert set(refused.problems) == {"from_on"}
    assert LeadStart.objects.filter(home=world.bodies["rose"].pk).count() == 2
