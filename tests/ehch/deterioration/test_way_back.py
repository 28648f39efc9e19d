"""Every act on a concern has its way back, visible afterwards; the state is one derivation everywhere. H1, H3, C13."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from homeround.ehch.deterioration.actions import (
    add_words,
    answer_concern,
    mark_read,
    move_concern,
    put_back_concern,
    raise_concern,
    remove_call,
    remove_concern,
    reopen_concern,
    unmark_read,
)
from homeround.ehch.deterioration.models import Call, Concern, ConcernAnswer, closed_how, phone_now, state_now
from homeround.ehch.deterioration.queries import ConcernLine, entries
from homeround.ehch.deterioration.words import Phone, State
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.models import Resident
from homeround.ehch.residents.rules import TAKEN_BACK, Entry
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, NotAllowed, NotHere
from tests.ehch.deterioration.concerns import LATER, call, lines, page, problems, raising
from tests.world import AT, World


def answer(world: World, ref: str, **other: Any) -> str:
    sent: dict[str, Any] = {"by": world["clinician"], "at": LATER, "ref": ref, "words": "On Tuesday's round."}
    return answer_concern(**sent | other)


def timeline(world: World, person: str = "margaret") -> list[Entry]:
    first, *rest = entries(Resident.objects.get(ref=world.residents[person]).pk)
    return [Entry(*row) for row in first.union(*rest, all=True)]


def kind_of(entry: Entry) -> str:
    """Its kind, whether or not it stands."""
    return entry.kind.removesuffix(TAKEN_BACK)


class TestWords:
    def test_help_now_is_saved_without_words_and_they_follow(self, world: World) -> None:
        ref = raise_concern(**raising(world, help_now=True, words=""))
        assert page(world, ref).concern.words == ""
        add_words(by=world["senior"], at=LATER, ref=ref, words="She fell.")
        add_words(by=world["carer"], at=LATER, ref=ref, words="Her hip hurts.")
        found = page(world, ref)
        assert found.concern.words == "She fell."
        assert [more.words for more in found.added] == ["Her hip hurts."]
        (line,) = lines(world, "margaret")
        assert line.words == "She fell."
        assert [entry.words for entry in timeline(world) if entry.kind == "concern"] == ["She fell."]

    def test_a_concern_that_can_wait_needs_words(self, world: World) -> None:
        assert set(problems(raise_concern, **raising(world, words=" "))) == {"words"}

    def test_added_words_are_words(self, world: World, concern: str) -> None:
        assert set(problems(add_words, by=world["carer"], at=LATER, ref=concern, words="")) == {"words"}
        assert set(problems(add_words, by=world["carer"], at=LATER, ref=concern, words="x" * 4001)) == {"words"}

    def test_they_go_with_it_when_it_is_moved(self, world: World) -> None:
        ref = raise_concern(**raising(world, help_now=True, words=""))
        add_words(by=world["carer"], at=AT, ref=ref, words="She fell.")
        sent = {"to_ref": world.residents["margaret_h"], "because": "Two Margarets."}
        moved = page(world, move_concern(by=world["nurse"], at=LATER, ref=ref, **sent))
        assert moved.concern.words == "She fell."
        assert "She fell." not in str(timeline(world))


class TestRaisedInError:
    def remove(self, world: World, ref: str, who: str = "carer", **other: Any) -> str:
        sent: dict[str, Any] = {"by": world[who], "at": LATER, "ref": ref, "because": "Typed by the cat."}
        return remove_concern(**sent | other)

    def test_it_is_open_nowhere_and_stays_readable_with_who_and_why(self, world: World, concern: str) -> None:
        self.remove(world, concern)
        assert not Concern.objects.open().exists()
        found = page(world, concern)
        assert (found.concern.state, found.concern.is_waiting) == (State.REMOVED, False)
        assert found.removed is not None
        assert (found.removed.who, found.removed.words) == (world["carer"].shown, "Typed by the cat.")
        (line,) = lines(world, "margaret")
        assert isinstance(line, ConcernLine)
        assert line.state is State.REMOVED
        (entry,) = [entry for entry in timeline(world) if entry.kind in {"concern", "removed"}]
        assert (entry.kind, entry.state, entry.words) == ("removed", "in_error", "Typed by the cat.")

    @pytest.mark.parametrize("who", ["agency", "coordinator", "gp", "community"])
    def test_not_by_others(self, world: World, concern: str, who: str) -> None:
        with pytest.raises(NotAllowed):
            self.remove(world, concern, who)

    def test_nothing_more_is_written_to_it(self, world: World, concern: str) -> None:
        self.remove(world, concern)
        tried: tuple[tuple[Any, str, dict[str, str]], ...] = (
            (mark_read, "coordinator", {}),
            (answer_concern, "clinician", {"words": "Seen."}),
            (add_words, "carer", {"words": "More"}),
            (remove_concern, "carer", {"because": "Again"}),
            (move_concern, "carer", {"to_ref": world.residents["albert"], "because": "x"}),
        )
        for action, who, more in tried:
            with pytest.raises(NotAllowed, match="raised in error"):
                action(by=world[who], at=LATER, ref=concern, **more)

    def test_it_says_who_acted_on_it(self, world: World, urgent: str) -> None:
        mark_read(by=world["coordinator"], at=AT, ref=urgent)
        call(world, urgent, at=LATER)
        self.remove(world, urgent)
        assert [told.who for told in page(world, urgent).told_before] == [
            world["coordinator"].shown, "Sam, call handler, NHS 111"
        ]  # fmt: skip

    def test_put_back_it_waits_on_its_own_dates_with_its_calls(self, world: World, urgent: str) -> None:
        before = page(world, urgent)
        self.remove(world, urgent)
        assert page(world, urgent, at=LATER).may_put_back
        put_back_concern(by=world["carer"], at=LATER, ref=urgent, because="The other one was meant.")
        after = page(world, urgent)
        assert (after.concern, after.calls, after.removed) == (before.concern, before.calls, None)
        assert not after.may_put_back
        with pytest.raises(ChangedMeanwhile, match="stands again already"):
            put_back_concern(by=world["carer"], at=LATER, ref=urgent, because="Again.")

    def test_put_back_says_why(self, world: World, concern: str) -> None:
        self.remove(world, concern)
        sent = {"by": world["carer"], "at": LATER, "ref": concern}
        assert set(problems(put_back_concern, **sent, because=" ")) == {"because"}

    def test_why_is_needed(self, world: World, concern: str) -> None:
        assert set(problems(self.remove, world=world, ref=concern, because="")) == {"because"}
        assert set(problems(self.remove, world=world, ref=concern, because="x" * 301)) == {"because"}

    def test_the_next_home_may_not_where_somebody_has_left(self, world: World, concern: str) -> None:
        record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="left", left_on=AT.date())
        with pytest.raises(NotAllowed):
            self.remove(world, concern)


class TestReadByMistake:
    def test_it_stands_as_unread_again_and_others_stay_named(self, world: World, concern: str) -> None:
        mark_read(by=world["coordinator"], at=AT, ref=concern)
        mark_read(by=world["clinician"], at=AT, ref=concern)
        unmark_read(by=world["coordinator"], at=LATER, ref=concern)
        assert [read.who for read in page(world, concern).reads] == [world["clinician"].shown]
        unmark_read(by=world["clinician"], at=LATER, ref=concern)
        assert page(world, concern).concern.state is State.UNREAD
        mark_read(by=world["coordinator"], at=LATER, ref=concern)
        assert page(world, concern).concern.state is State.READ

    def test_it_is_no_longer_told_as_read_when_the_concern_moves(self, world: World, concern: str) -> None:
        mark_read(by=world["coordinator"], at=AT, ref=concern)
        unmark_read(by=world["coordinator"], at=AT, ref=concern)
        sent = {"to_ref": world.residents["margaret_h"], "because": "Two Margarets."}
        assert page(world, move_concern(by=world["nurse"], at=LATER, ref=concern, **sent)).told_before == ()


class TestCallInError:
    def test_somebody_is_to_be_phoned_again(self, world: World, urgent: str) -> None:
        call(world, urgent)
        ref = Call.objects.get().ref
        remove_call(by=world["carer"], at=LATER, ref=urgent, call=ref, because="I called about Albert.")
        found = page(world, urgent)
        assert (found.concern.phone, found.calls) == (Phone.TO_BE_PHONED, ())
        (removed,) = found.removed_calls
        assert removed.removed is not None
        assert (removed.call.spoke_to, removed.removed.words) == ("Sam, call handler", "I called about Albert.")

    def test_only_by_its_author_a_senior_or_the_pcn(self, world: World, urgent: str) -> None:
        call(world, urgent)
        ref = Call.objects.get().ref
        with pytest.raises(NotAllowed):
            remove_call(by=world["agency"], at=LATER, ref=urgent, call=ref, because="x")

    def test_a_call_of_another_concern_is_not_here(self, world: World, urgent: str, concern: str) -> None:
        call(world, urgent)
        with pytest.raises(NotHere):
            remove_call(by=world["nurse"], at=LATER, ref=concern, call=Call.objects.get().ref, because="x")


class TestAnsweredInError:
    def test_it_waits_again_since_it_was_raised(self, world: World, concern: str) -> None:
        answer(world, concern)
        reopen_concern(by=world["coordinator"], at=LATER, ref=concern, because="That was Albert.")
        found = page(world, concern, at=AT + timedelta(days=2))
        assert (found.concern.state, found.concern.answer, found.concern.waits_since) == (State.OPENED_AGAIN, None, AT)
        assert found.concern.stands_out.startswith("Not answered since")
        (taken_back,) = found.removed_answers
        assert taken_back.removed is not None
        assert (taken_back.answer.words, taken_back.removed.words) == ("On Tuesday's round.", "That was Albert.")
        answer(world, concern, words="Seen.")
        assert ConcernAnswer.objects.get().words == "Seen."

    def test_an_open_one_is_open(self, world: World, concern: str) -> None:
        with pytest.raises(ChangedMeanwhile):
            reopen_concern(by=world["coordinator"], at=LATER, ref=concern, because="x")

    def test_whoever_answered_has_read_it_until_the_home_adds_words(self, world: World, concern: str) -> None:
        """Nobody chases the PCN to read what it has answered; what is written after it is to be read (H3)."""
        answer(world, concern, at=AT)
        reopen_concern(by=world["coordinator"], at=AT, ref=concern, because="That was Albert.")
        assert page(world, concern).concern.state is State.OPENED_AGAIN
        assert not Concern.objects.unread().exists()
        add_words(by=world["coordinator"], at=LATER, ref=concern, words="I have asked.")
        assert page(world, concern).concern.state is State.OPENED_AGAIN
        add_words(by=world["carer"], at=LATER, ref=concern, words="She is worse.")
        assert page(world, concern).concern.state is State.UNREAD
        assert Concern.objects.unread().exists()

    def test_what_was_taken_back_stays_in_what_happened(self, world: World, urgent: str) -> None:
        """The answer, the call, and who took each back and why; nothing of it once it was about somebody else (H1)."""
        call(world, urgent, at=AT)
        remove_call(by=world["nurse"], at=LATER, ref=urgent, call=Call.objects.get().ref, because="I called about Ann.")
        answer(world, urgent, at=AT)
        reopen_concern(by=world["coordinator"], at=LATER, ref=urgent, because="That was Albert.")
        told = [
            (kind_of(entry), entry.state, entry.words, entry.ended_at, entry.by, entry.ref)
            for entry in timeline(world)
            if kind_of(entry) in {"answer", "call", "taken_back"}
        ]
        assert sorted(told, key=str) == [
            ("answer", "in_words", "On Tuesday's round.", LATER, world["clinician"].name, urgent),
            ("call", "NHS 111", "Ambulance on its way.", LATER, world["carer"].name, urgent),
            ("taken_back", "answer", "That was Albert.", None, world["coordinator"].name, urgent),
            ("taken_back", "call", "I called about Ann.", None, world["nurse"].name, urgent),
        ]
        sent = {"to_ref": world.residents["margaret_h"], "because": "Two Margarets."}
        move_concern(by=world["nurse"], at=LATER, ref=urgent, **sent)
        for person in ("margaret", "margaret_h"):
            assert not [
                entry for entry in timeline(world, person) if kind_of(entry) in {"answer", "call", "taken_back"}
            ]

    @pytest.mark.parametrize("who", ["carer", "nurse", "gp", "community"])
    def test_only_by_the_pcn(self, world: World, concern: str, who: str) -> None:
        answer(world, concern)
        with pytest.raises(NotAllowed):
            reopen_concern(by=world[who], at=LATER, ref=concern, because="x")

    def test_why_is_needed(self, world: World, concern: str) -> None:
        answer(world, concern)
        with pytest.raises(Invalid):
            reopen_concern(by=world["coordinator"], at=LATER, ref=concern, because=" ")


READ = ("unread", "read", "read by mistake")
PHONED = ("none", "nobody answered", "spoken", "recorded in error")
ENDED = ("open", "answered", "answered in error")
LEFT = ("lives here", "left", "died")


@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize("ended", ENDED)
@pytest.mark.parametrize("phoned", PHONED)
@pytest.mark.parametrize("read", READ)
def test_one_state_on_every_place(world: World, read: str, phoned: str, ended: str, left: str) -> None:
    """The SQL derivation, the rules, the page, the person's list and the timeline say the same (C13)."""
    ref = raise_concern(**raising(world, help_now=True))
    if read != "unread":
        mark_read(by=world["coordinator"], at=AT, ref=ref)
    if read == "read by mistake":
        unmark_read(by=world["coordinator"], at=AT, ref=ref)
    if phoned != "none":
        call(world, ref, at=AT, spoke_to="" if phoned == "nobody answered" else "Sam")
    if phoned == "recorded in error":
        remove_call(by=world["nurse"], at=AT, ref=ref, call=Call.objects.get().ref, because="x")
    if ended != "open":
        answer(world, ref, at=AT)
    if ended == "answered in error":
        reopen_concern(by=world["clinician"], at=AT, ref=ref, because="x")
    if left != "lives here":
        record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind=left, left_on=AT.date())
    open_state = State.READ if read == "read" else State.UNREAD
    open_state = State.OPENED_AGAIN if ended == "answered in error" else open_state
    closed = {"left": State.OPEN_WHEN_THEY_LEFT, "died": State.OPEN_WHEN_THEY_DIED}
    state = State.ANSWERED if ended == "answered" else closed.get(left, open_state)
    phone = Phone.SPOKEN if phoned == "spoken" else Phone.TO_BE_PHONED
    row: Any = (
        Concern.objects.annotate(closed_how=closed_how()).annotate(now=state_now(), phone=phone_now()).get(ref=ref)
    )
    (line,) = lines(world, "margaret")
    (entry,) = [entry for entry in timeline(world) if entry.kind == "concern"]
    of_page = page(world, ref).concern
    assert {
        (row.now, row.phone),
        (line.state, line.phone),
        (of_page.state, of_page.phone),
        (entry.state, entry.on),
    } == {(state, phone)}
    is_open = state in {State.READ, State.UNREAD, State.OPENED_AGAIN}
    assert Concern.objects.open().exists() is is_open
    assert (entry.ended_at is None) is is_open
