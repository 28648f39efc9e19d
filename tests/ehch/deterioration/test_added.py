"""What a home adds to a concern is read by somebody: no reading, answer or review covers words it has not seen. H3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from homeround.ehch.deterioration import rules
from homeround.ehch.deterioration.actions import add_words, answer_concern, mark_read, move_concern
from homeround.ehch.deterioration.models import AddedWords, Concern, closed_how, state_now
from homeround.ehch.deterioration.queries import ConcernLine, last_words_about
from homeround.ehch.deterioration.waits import waits
from homeround.ehch.deterioration.words import State
from homeround.ehch.residents.access import see_resident
from homeround.ehch.rounds.actions import Reviewing, open_round, record_review
from homeround.kernel.audit.noticed import looking
from homeround.kernel.refusals import ChangedMeanwhile, Invalid
from tests.ehch.deterioration.concerns import LATER, call, lines, page
from tests.world import AT, World

WORSE = "Now very hot and will not wake properly."
LATER_STILL = LATER + timedelta(minutes=30)


def add(world: World, ref: str, who: str = "carer", at: datetime = LATER) -> str:
    return add_words(by=world[who], at=at, ref=ref, words=WORSE)


def read_to(world: World, who: str = "coordinator") -> int:
    with looking():
        return last_words_about(see_resident(viewer=world[who], ref=world.residents["margaret"], at=LATER))


def in_sql(ref: str) -> Any:
    rows = Concern.objects.annotate(closed_how=closed_how())
    return rows.annotate(found=state_now()).values_list("found", flat=True).get(ref=ref)


def waiting(world: World) -> list[tuple[str, str]]:
    first, *rest = waits(homes=[world.bodies["rose"].pk], today=AT.date(), left_since=AT)
    return [(row[0], row[9]) for row in first.union(*rest, all=True)]


@pytest.mark.parametrize(
    ("who", "state"),
    [
        *((who, State.UNREAD) for who in ("carer", "senior", "nurse", "manager")),
        *((who, State.READ) for who in ("coordinator", "clinician", "pharmacist")),
    ],
)
def test_words_of_the_home_are_unread_whoever_read_before_and_those_of_the_pcn_are_not(
    world: World, concern: str, who: str, state: State
) -> None:
    mark_read(by=world["coordinator"], at=AT, ref=concern)
    add(world, concern, who)
    (line,) = lines(world, "margaret")
    assert isinstance(line, ConcernLine)
    assert line.state is state
    assert in_sql(concern) == state.value
    assert waiting(world) == [
        ("unread" if state is State.UNREAD else "unanswered", f"{WORSE} · first: Not herself since breakfast.")
    ]
    assert line.newest == WORSE
    assert (line.read_in_part is not None) == (state is State.UNREAD)


def test_reading_it_again_reads_what_was_on_the_page_and_nothing_later(world: World, concern: str) -> None:
    mark_read(by=world["coordinator"], at=AT, ref=concern)
    add(world, concern)
    before_them = read_to(world)
    add(world, concern, at=LATER_STILL)
    mark_read(by=world["coordinator"], at=LATER_STILL, ref=concern, read_to=before_them)
    assert in_sql(concern) == "unread"
    mark_read(by=world["clinician"], at=LATER_STILL, ref=concern, read_to=read_to(world))
    assert in_sql(concern) == "read"
    assert [(read.author.name, read.is_whole) for read in page(world, concern).reads] == [
        (world["coordinator"].author.name, False),
        (world["coordinator"].author.name, False),
        (world["clinician"].author.name, True),
    ]


def test_a_number_from_nowhere_reads_nothing_ahead(world: World, concern: str) -> None:
    mark_read(by=world["coordinator"], at=AT, ref=concern, read_to=2**62)
    add(world, concern)
    assert in_sql(concern) == "unread"


def test_whoever_read_in_part_may_read_on_and_take_all_of_it_back(world: World, concern: str) -> None:
    mark_read(by=world["coordinator"], at=AT, ref=concern)
    assert not page(world, concern, "coordinator").may_mark_read
    add(world, concern)
    found = page(world, concern, "coordinator")
    assert (found.may_mark_read, found.may_unmark_read) == (True, True)


def by_answer(world: World, ref: str, seen: int) -> None:
    answer_concern(by=world["coordinator"], at=LATER_STILL, ref=ref, words="Push fluids.", read_to=seen)


def by_review(world: World, ref: str, seen: int) -> None:
    held = open_round(
        by=world["clinician"],
        at=LATER_STILL,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell",
        medical_input="Dr Grace, by phone",
    )
    review = Reviewing("in_person", "no_change", answers=(ref,), read_to=seen)
    record_review(by=world["clinician"], at=LATER_STILL, ref=held, person=world.residents["margaret"], review=review)


@pytest.mark.parametrize("answering", [by_answer, by_review])
def test_no_answer_swallows_words_that_were_added_meanwhile(
    world: World, concern: str, answering: Callable[[World, str, int], None]
) -> None:
    seen = read_to(world)
    add(world, concern)
    with pytest.raises(ChangedMeanwhile, match=WORSE):
        answering(world, concern, seen)
    assert in_sql(concern) == "unread"


@pytest.mark.parametrize("answering", [by_answer, by_review])
def test_an_answer_to_all_of_it_is_taken(
    world: World, concern: str, answering: Callable[[World, str, int], None]
) -> None:
    add(world, concern)
    answering(world, concern, read_to(world))
    assert in_sql(concern) == "answered"


def test_what_the_home_writes_after_the_answer_is_a_concern_of_its_own(world: World, concern: str) -> None:
    by_answer(world, concern, 0)
    other = add(world, concern, at=LATER_STILL)
    assert other != concern
    assert in_sql(concern) == "answered"
    assert waiting(world) == [("unread", WORSE)]
    assert not AddedWords.objects.exists()


def test_what_the_pcn_adds_after_the_answer_stands_beside_it(world: World, concern: str) -> None:
    by_answer(world, concern, 0)
    assert add(world, concern, "coordinator", at=LATER_STILL) == concern
    assert waiting(world) == []


def test_moved_the_words_are_unread_again(world: World, concern: str) -> None:
    add(world, concern)
    mark_read(by=world["coordinator"], at=LATER, ref=concern, read_to=read_to(world))
    moved = move_concern(
        by=world["nurse"], at=LATER, ref=concern, to_ref=world.residents["albert"], because="Wrong room."
    )
    assert in_sql(moved) == "unread"
    assert [(row.words, row.to_be_read) for row in AddedWords.objects.filter(stands=True)] == [(WORSE, True)]


def test_it_says_what_is_late(world: World, concern: str) -> None:
    mark_read(by=world["coordinator"], at=AT, ref=concern)
    add(world, concern)
    (line,) = lines(world, "margaret")
    assert line.stands_out == ""
    late: Any = page(world, concern, at=AT + timedelta(hours=5)).concern.stands_out
    assert late == ("What was added Mon 16 Nov 2026, 11:00 is not read. Not answered since Mon 16 Nov 2026, 10:00.")
    assert rules.is_late(State.UNREAD, AT, AT + timedelta(hours=5))


@pytest.mark.parametrize("who", ["coordinator", "clinician"])
@pytest.mark.parametrize("phoned", [False, True])
def test_a_review_typed_for_a_clinician_ends_nothing_that_is_still_to_be_phoned(
    world: World, urgent: str, who: str, *, phoned: bool
) -> None:
    """Typing for a clinician is not being one: nobody has been told that help is needed (REQ-87)."""
    if phoned:
        call(world, urgent)
    held = open_round(
        by=world["clinician"],
        at=LATER_STILL,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell",
        medical_input="Dr Grace, by phone",
    )
    sent: dict[str, Any] = {
        "by": world[who],
        "for_whom": world["clinician"].membership_id if who == "coordinator" else None,
        "at": LATER_STILL,
        "ref": held,
        "person": world.residents["margaret"],
        "review": Reviewing("in_person", "no_change", answers=(urgent,)),
    }
    if phoned or who == "clinician":
        record_review(**sent)
        assert in_sql(urgent) == "answered"
        return
    with pytest.raises(Invalid) as refused:
        record_review(**sent)
    assert refused.value.problems == {"answers": rules.PHONE_FIRST}
    assert in_sql(urgent) == "unread"
