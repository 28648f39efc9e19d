"""A concern moved by mistake and moved back is as it was, and whoever acted on it elsewhere is named. H1, H3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import (
    add_words,
    answer_concern,
    mark_read,
    move_concern,
    put_back_concern,
    remove_call,
    remove_concern,
    reopen_concern,
    unmark_read,
)
from homeround.ehch.deterioration.models import AddedWords, Call, Concern
from homeround.ehch.deterioration.queries import Removed, told_about
from homeround.ehch.deterioration.words import Phone, State
from homeround.ehch.residents.access import see_resident
from homeround.ehch.rounds.actions import Reviewing, move_review, record_review
from homeround.ehch.rounds.models import Review, Round
from homeround.kernel.audit.noticed import looking
from homeround.kernel.refusals import MovedTo
from tests.ehch.deterioration.concerns import LATER, call, lines, page
from tests.ehch.rounds.open_things import held_on
from tests.world import AT, World

BACK = LATER + timedelta(hours=1)


def move(world: World, ref: str, to: str, at: Any = LATER) -> str:
    return move_concern(by=world["nurse"], at=at, ref=ref, to_ref=world.residents[to], because="Two Margarets.")


def there_and_back(world: World, ref: str, *, meanwhile: Callable[[str], object] = lambda _: None) -> str:
    between = move(world, ref, "margaret_h")
    meanwhile(between)
    return move(world, between, "margaret", BACK)


def told(world: World, person: str) -> list[tuple[str, bool]]:
    with looking():
        seen = see_resident(viewer=world["carer"], ref=world.residents[person], at=BACK)
        return [(one.words, one.taken_off_on is not None) for one in told_about(seen)]


def _read(world: World, ref: str, at: Any = AT) -> None:
    mark_read(by=world["coordinator"], at=at, ref=ref)


def _called(world: World, ref: str, at: Any = AT) -> None:
    call(world, ref, at=at)


def _answered(world: World, ref: str, at: Any = AT) -> None:
    answer_concern(by=world["clinician"], at=at, ref=ref, words="Give her a drink.")


def _reviewed(world: World, ref: str, at: Any = AT) -> None:
    person = Concern.objects.select_related("resident").get(ref=ref).resident.ref
    seen = Reviewing(how="in_person", outcome="no_change", answers=(ref,))
    record_review(by=world["clinician"], at=at, ref=held_on(world, at), person=person, review=seen)


def _typed(world: World, ref: str, at: Any = AT) -> None:
    call(world, ref, at=at, spoke_to="Ann, a nurse", service="The practice")
    person = Concern.objects.select_related("resident").get(ref=ref).resident.ref
    seen = Reviewing(how="in_person", outcome="no_change", answers=(ref,))
    record_review(
        by=world["coordinator"], for_whom=world["clinician"].membership_id, at=at, ref=held_on(world, at),
        person=person, review=seen,
    )  # fmt: skip


def _answered_in_error(world: World, ref: str, at: Any = AT) -> None:
    _answered(world, ref, at)
    reopen_concern(by=world["coordinator"], at=at, ref=ref, because="Not yet.")


def _all(world: World, ref: str, at: Any = AT) -> None:
    for act in (_read, _called, _answered):
        act(world, ref, at)
    mark_read(by=world["clinician"], at=at, ref=ref)


def _all_by_mistake(world: World, ref: str, at: Any = AT) -> None:
    _read(world, ref, at)
    unmark_read(by=world["coordinator"], at=at, ref=ref)
    call(world, ref, at=at)
    remove_call(by=world["nurse"], at=at, ref=ref, call=Call.objects.get().ref, because="x")
    call(world, ref, at=at, spoke_to="")


SAM = "Sam, call handler, NHS 111"
ACTS: dict[str, tuple[Callable[[World, str], None], tuple[str, ...]]] = {
    "read": (_read, ("coordinator",)),
    "called": (_called, (SAM,)),
    "answered": (_answered, ("clinician",)),
    "answered in a review": (_reviewed, ("clinician",)),
    "answered in a review that was typed": (_typed, ("Ann, a nurse, The practice", "clinician", "coordinator")),
    "answered, and taken back": (_answered_in_error, ("clinician",)),
    "all of it": (_all, (SAM, "clinician", "coordinator")),
    "all of it by mistake": (_all_by_mistake, ()),
}


@pytest.mark.parametrize("how", ["moved", "removed", "moved back"])
@pytest.mark.parametrize("act", ACTS)
def test_whoever_acted_on_it_is_named_once(world: World, urgent: str, act: str, how: str) -> None:
    do, who = ACTS[act]
    if how == "moved back":
        ref = there_and_back(world, urgent, meanwhile=lambda between: do(world, between))
    else:
        do(world, urgent)
        if how == "removed":
            remove_concern(by=world["nurse"], at=LATER, ref=urgent, because="Typed twice.")
        ref = move(world, urgent, "margaret_h") if how == "moved" else urgent
    expected = sorted(name if "," in name else world[name].shown for name in who)
    assert sorted(one.who for one in page(world, ref, at=BACK).told_before) == expected


@pytest.mark.parametrize("act", [act for act in ACTS if act != "all of it by mistake"])
def test_moved_back_it_is_as_it_was(world: World, urgent: str, act: str) -> None:
    ACTS[act][0](world, urgent)
    add_words(by=world["coordinator"], at=AT, ref=urgent, words="I rang them too.")
    before, told_first = page(world, urgent, at=BACK), told(world, "margaret")
    assert there_and_back(world, urgent) == urgent
    assert page(world, urgent, at=BACK) == before
    assert told(world, "margaret") == told_first
    assert not any(isinstance(line, Removed) for line in lines(world, "margaret"))
    [left] = lines(world, "margaret_h")
    assert isinstance(left, Removed)


def test_what_was_written_on_the_wrong_person_meanwhile_is_not_theirs(world: World, urgent: str) -> None:
    _called(world, urgent)
    there_and_back(world, urgent, meanwhile=lambda between: _all(world, between, LATER))
    found = page(world, urgent, at=BACK)
    assert (found.concern.state, found.concern.phone, found.reads) == (State.UNREAD, Phone.SPOKEN, ())
    assert len(found.calls) == 1
    assert told(world, "margaret_h") == [("Give her a drink.", True)]
    assert told(world, "margaret") == []


def test_words_added_meanwhile_come_along_and_are_to_be_read(world: World, concern: str) -> None:
    add_words(by=world["carer"], at=AT, ref=concern, words="She coughs.")
    mark_read(by=world["coordinator"], at=AT, ref=concern, read_to=10**6)

    def added(between: str) -> None:
        add_words(by=world["senior"], at=LATER, ref=between, words="She is pale.")

    there_and_back(world, concern, meanwhile=added)
    there_and_back(world, concern)
    found = page(world, concern, at=BACK)
    assert [(more.who, more.words) for more in found.added] == [
        (world["carer"].shown, "She coughs."), (world["senior"].shown, "She is pale."),
    ]  # fmt: skip
    assert found.concern.state is State.UNREAD
    assert [read.is_whole for read in found.reads] == [False]


def test_words_added_to_what_is_answered_are_a_concern_of_their_own(world: World, concern: str) -> None:
    _answered(world, concern)

    def added(between: str) -> None:
        add_words(by=world["senior"], at=LATER, ref=between, words="She is pale.")

    there_and_back(world, concern, meanwhile=added)
    assert page(world, concern, at=BACK).concern.state is State.ANSWERED
    [new] = Concern.objects.open()
    assert (new.words, page(world, new.ref, at=BACK).concern.raised.who) == ("She is pale.", world["senior"].shown)


def test_words_that_became_a_concern_of_their_own_go_where_it_goes(world: World, concern: str) -> None:
    """To and fro: nothing of it is left on the wrong person."""
    there = move(world, concern, "margaret_h")
    _answered(world, there, LATER)
    back = move(world, there, "margaret", BACK)
    add_words(by=world["carer"], at=BACK, ref=back, words="Now vomiting blood.")
    again = move(world, back, "margaret_h", BACK)
    assert [row.words for row in Concern.objects.filter(ended_at=None)] == ["Now vomiting blood."]
    last = move(world, again, "margaret", BACK)
    left = Concern.objects.select_related("resident")
    assert {row.resident.ref for row in left} == {world.residents["margaret"]}
    assert "Now vomiting blood." in [entry.words for entry in AddedWords.objects.filter(concern__ref=last)]


def test_each_address_leads_to_where_it_stands(world: World, concern: str) -> None:
    first = move(world, concern, "margaret_h")
    second = move(world, first, "winifred")
    assert move(world, second, "margaret_h", BACK) == first
    for ref in (concern, second):
        with looking(), pytest.raises(MovedTo) as sent:
            see_concern(viewer=world["carer"], ref=ref, at=BACK)
        assert sent.value.ref == first
    assert page(world, first, at=BACK).concern.moved_by == world["nurse"].author
    remove_concern(by=world["nurse"], at=BACK, ref=first, because="Typed twice.")
    with looking(), pytest.raises(MovedTo):
        see_concern(viewer=world["carer"], ref=concern, at=BACK)


def test_a_review_that_was_moved_meanwhile_is_no_answer_any_more(world: World, concern: str) -> None:
    _reviewed(world, concern)
    between = move(world, concern, "margaret_h")
    move_review(
        by=world["clinician"], at=LATER, ref=Round.objects.get().ref, person=world.residents["margaret"],
        to_ref=world.residents["margaret_h"], because="It was her.",
    )  # fmt: skip
    move(world, between, "margaret", BACK)
    found = page(world, concern, at=BACK)
    assert (found.concern.is_waiting, found.concern.answer) == (True, None)


def test_a_review_not_reached_after_all_is_no_answer_of_what_was_removed_and_put_back(
    world: World, concern: str
) -> None:
    _reviewed(world, concern)
    remove_concern(by=world["nurse"], at=LATER, ref=concern, because="Typed twice.")
    again = Reviewing(how="", outcome="not_reached", read_version=Review.objects.get().pk)
    margaret = world.residents["margaret"]
    record_review(by=world["clinician"], at=LATER, ref=Round.objects.get().ref, person=margaret, review=again)
    put_back_concern(by=world["nurse"], at=BACK, ref=concern, because="It was right.")
    found = page(world, concern, at=BACK)
    assert (found.concern.is_waiting, found.concern.answer) == (True, None)
