"""Round notes are clinical: the home's carers and whoever types for clinicians do not read them. REQ-20."""

from __future__ import annotations

import pytest

from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.access import see_resident
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import Reviewing, open_round, record_review
from homeround.ehch.rounds.queries import record_of, round_page
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import Invalid
from tests.world import AT, World

NOTES = "Chest clear, weight down two kilograms."


@pytest.fixture
def concern(world: World) -> str:
    return raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Thinner", help_now=False)


@pytest.fixture
def held(world: World, concern: str) -> str:
    ref = open_round(
        by=world["clinician"],
        at=AT,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell Nurse",
        medical_input="Dr Hart",
    )
    review = Reviewing(how="in_person", outcome="no_change", notes=NOTES, answers=(concern,))
    record_review(by=world["clinician"], at=AT, ref=ref, person=world.residents["margaret"], review=review)
    return ref


@pytest.mark.parametrize(
    ("who", "reads"),
    [("clinician", True), ("nurse", True), ("carer", False), ("agency", False), ("coordinator", False)],
)
def test_who_reads_the_notes_of_a_round(world: World, held: str, looks: Looks, who: str, reads: bool) -> None:
    [line] = round_page(see_round(viewer=world[who], ref=held, at=AT)).reviewed
    assert line.notes == (NOTES if reads else "")
    person = see_resident(viewer=world[who], ref=world.residents["margaret"], at=AT)
    assert bool(record_of(person).of("review")) is reads


def test_the_answer_to_a_concern_does_not_carry_the_notes(world: World, held: str, concern: str, looks: Looks) -> None:
    page = concern_page(see_concern(viewer=world["carer"], ref=concern, at=AT))
    assert page.concern.answer is not None
    assert page.concern.answer.by_review
    assert page.concern.answer.noted.words == ""


def test_who_types_does_not_write_over_a_clinician_nor_read_their_notes(world: World, held: str) -> None:
    mine = Reviewing(how="phone", outcome="no_change")
    with pytest.raises(Invalid) as refusal:
        record_review(
            by=world["coordinator"],
            at=AT,
            ref=held,
            person=world.residents["margaret"],
            review=mine,
            for_whom=world["clinician"].membership_id,
        )
    assert "Priya Shah" in str(refusal.value.problems)
    assert NOTES not in str(refusal.value.problems)
