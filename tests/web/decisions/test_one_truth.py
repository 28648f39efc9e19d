"""Whatever became of a thing, no page, list or command reads it as settled, answered or done when another says that it
is not: lists that quote a decision, a round that is closed, a concern whose answer is gone. H24, H27, H34.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from homeround.cli.worklist import command as worklist_command
from homeround.directory.models import Practice
from homeround.ehch.decisions import rules
from homeround.ehch.decisions.actions import (
    Deciding,
    decide,
    reply_to_decision,
    settle_dispute,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.words import (
    DECISION_STATES,
    DOES_NOT_APPLY,
    NEW,
    REPLACED_SINCE,
    DecisionState,
)
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.actions import Reviewing, cancel_round, move_review, record_review
from homeround.ehch.rounds.models import Round
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.calendar.times import shown_date
from tests.ehch.decisions.deciding import lives_in_ivy_lodge_now
from tests.web.round_of_rose import begin
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

TODAY = AT.date()
LATER = TODAY + timedelta(days=5)
FIRST, ORDER, MEANWHILE = "Water tablet twice.", "Water tablet in the morning only.", "Both doses as before."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> time_machine.Traveller:
    return clock


@dataclass
class Thing:
    """A decision about Margaret that replaces an earlier one, and what becomes of it."""

    world: World
    clock: time_machine.Traveller
    first: str = ""
    ref: str = ""

    @property
    def person(self) -> str:
        return self.world.residents["margaret"]

    def decide(
        self, words: str, from_on: date, replaces: str, *, stops: bool = False, until: date | None = None
    ) -> str:
        before = "" if replaces != NEW else "x"
        decision = Deciding("medicine", words, "Up at night.", before, from_on, replaces, stops, until)
        return decide(by=self.world["clinician"], at=AT, ref=self.person, decision=decision)

    def begin(self, from_on: date, *, stops: bool = False, until: date | None = None) -> None:
        self.first = self.decide(FIRST, TODAY, NEW)
        self.ref = self.decide(ORDER, from_on, self.first, stops=stops, until=until)

    def dispute(self) -> None:
        ask = Ask.objects.get(decision__ref=self.ref).ref
        reply_to_decision(by=self.world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE)

    def settle(self, settled_as: str, words: str = "") -> None:
        self.dispute()
        settle_dispute(
            by=self.world["clinician"], at=AT, ref=self.ref, words="Called.", settled_as=settled_as, from_now_on=words
        )

    def opens(self, who: str, page: str, *args: str) -> str:
        return words_of(sign_in(self.world[who]).get(reverse(page, args=args)))


def _settled(settled_as: str, from_on: date, words: str = "", days: int = 0) -> Callable[[Thing], None]:
    def become(thing: Thing) -> None:
        thing.begin(from_on)
        thing.settle(settled_as, words)
        thing.clock.shift(timedelta(days=days))

    return become


def _stops(from_on: date, days: int = 0) -> Callable[[Thing], None]:
    def become(thing: Thing) -> None:
        thing.begin(from_on, stops=True)
        thing.clock.shift(timedelta(days=days))

    return become


def _until_later(days: int, *, stops: bool = False) -> Callable[[Thing], None]:
    def become(thing: Thing) -> None:
        thing.begin(TODAY, stops=stops, until=LATER)
        thing.clock.shift(timedelta(days=days))

    return become


def _disputed(thing: Thing) -> None:
    thing.begin(LATER)
    thing.dispute()


def _replaced(thing: Thing) -> None:
    thing.begin(TODAY)
    thing.decide("Another", TODAY, thing.ref)


def _withdrawn(thing: Thing) -> None:
    thing.begin(TODAY)
    withdraw_decision(by=thing.world["clinician"], at=AT, ref=thing.ref, because="Wrong chart.")


def _on_the_wrong_person(thing: Thing) -> None:
    """It was made in a review that turned out to be about Albert."""
    thing.first = thing.decide(FIRST, TODAY, NEW)
    held = begin(thing.world)
    decision = Deciding("medicine", ORDER, "Up at night.", "", TODAY, thing.first)
    review = Reviewing(how="in_person", outcome="medicine_changed", decision=decision)
    record_review(by=thing.world["clinician"], at=AT, ref=held, person=thing.person, review=review)
    thing.ref = Decision.objects.get(decided=ORDER).ref
    move_review(
        by=thing.world["clinician"], at=AT, ref=held, person=thing.person, to_ref=thing.world.residents["albert"],
        because="Chosen by mistake",
    )  # fmt: skip


BECOMES: dict[str, tuple[Callable[[Thing], None], DecisionState, DecisionState]] = {
    # what becomes of it; the state of it; the state of the one that it replaces
    "applies": (lambda thing: thing.begin(TODAY), DecisionState.APPLIES, DecisionState.REPLACED),
    "comes": (lambda thing: thing.begin(LATER), DecisionState.COMING, DecisionState.APPLIES),
    "stops": (_stops(TODAY), DecisionState.STOPS, DecisionState.REPLACED),
    "stops later": (_stops(LATER), DecisionState.COMING, DecisionState.APPLIES),
    "stopped long ago": (_stops(TODAY, 30), DecisionState.STOPS, DecisionState.REPLACED),
    "disputed before its day": (_disputed, DecisionState.IN_DISPUTE, DecisionState.REPLACED),
    "settled before its day": (_settled("meanwhile", LATER), DecisionState.SETTLED_OTHERWISE, DecisionState.REPLACED),
    "settled as something else": (
        _settled("otherwise", TODAY, "Half."), DecisionState.SETTLED_OTHERWISE, DecisionState.REPLACED,
    ),
    "stopped before its day": (_settled("stopped", LATER), DecisionState.SETTLED_STOPPED, DecisionState.REPLACED),
    "settled and stopped long ago": (
        _settled("stopped", TODAY, days=30), DecisionState.SETTLED_STOPPED, DecisionState.REPLACED,
    ),
    "settled as decided, before its day": (_settled("decided", LATER), DecisionState.COMING, DecisionState.APPLIES),
    "its last day is today": (_until_later(5), DecisionState.APPLIES, DecisionState.REPLACED),
    "its last day was yesterday": (_until_later(6), DecisionState.ENDED, DecisionState.APPLIES),
    "stopped until yesterday": (_until_later(6, stops=True), DecisionState.ENDED, DecisionState.APPLIES),
    "its last day was long ago": (_until_later(40), DecisionState.ENDED, DecisionState.APPLIES),
    "replaced": (_replaced, DecisionState.REPLACED, DecisionState.REPLACED),
    "withdrawn": (_withdrawn, DecisionState.WITHDRAWN, DecisionState.APPLIES),
    "of a review that was about somebody else": (
        _on_the_wrong_person, DecisionState.WRONG_PERSON, DecisionState.APPLIES,
    ),
}  # fmt: skip
BEGINS = {
    DecisionState.COMING: ("Applies from", "Stops from"), DecisionState.APPLIES: ("Applies since",),
    DecisionState.STOPS: ("Stopped since",), DecisionState.ENDED: ("Does not apply any more: it was until",),
}  # fmt: skip


def _said(state: DecisionState, page: str) -> bool:
    """Whether the page of a decision says this state, and no other that would contradict it."""
    of_others = {words for other, found in BEGINS.items() if other is not state for words in found}
    says = BEGINS.get(state) or (DECISION_STATES[state],)
    return any(words.lower() in page.lower() for words in says) and not any(words in page for words in of_others)


@pytest.mark.parametrize("name", BECOMES)
def test_its_page_and_every_list_that_quotes_it_say_the_same(
    world: World, clock: time_machine.Traveller, name: str
) -> None:
    become, state, of_first = BECOMES[name]
    thing = Thing(world, clock)
    become(thing)
    assert _said(state, thing.opens("nurse", "decision", thing.ref))
    assert _said(of_first, thing.opens("nurse", "decision", thing.first))
    person = thing.opens("nurse", "resident", thing.person)
    listed = person[person.index("Decisions, and what the registered GP said") :]
    for words, found in ((ORDER, state), (FIRST, of_first)):
        in_list = listed[: listed.index("Allergies")]
        place = in_list.rindex(words)  # its own line: one by which it stops stands above it
        quoted = in_list[max(0, place - 40) : place + len(words) + 75].lower()
        says_not = "does not apply" in quoted or "what applies meanwhile" in quoted
        assert says_not == (found in DOES_NOT_APPLY), (words, quoted)
        happened = listed[listed.index("What happened") :]
        line = happened[: happened.rindex(words)][-110:].lower()
        assert (DECISION_STATES[found] in line) == (found in DOES_NOT_APPLY), (words, line)


def test_every_state_is_walked() -> None:
    walked = {state for _, *states in BECOMES.values() for state in states}
    assert walked == set(DecisionState) - {DecisionState.CHANGES_NOTHING, DecisionState.CORRECTED}


def test_a_taken_back_decision_is_in_no_other_state() -> None:
    facts = rules.DecisionFacts(in_force_from_on=TODAY, is_replaced=True, ended_how="withdrawn", is_in_dispute=True)
    assert rules.decision_state(facts, TODAY) is DecisionState.WITHDRAWN


def test_the_timeline_says_that_it_is_settled(world: World, clock: time_machine.Traveller) -> None:
    thing = Thing(world, clock)
    _settled("meanwhile", TODAY)(thing)
    assert "The dispute is settled" in thing.opens("nurse", "resident", thing.person)


def test_the_command_says_from_when_something_stops(world: World, clock: time_machine.Traveller) -> None:
    _stops(LATER)(Thing(world, clock))
    printed = CliRunner().invoke(worklist_command, ["--home", world.code("rose"), "--as", "coordinator"]).output
    assert f"Stops from {shown_date(LATER)}: “{FIRST}” stops. Decided: “{ORDER}” (from {shown_date(LATER)}, " in printed
    assert "Stopped" not in printed


def test_a_cancelled_round_was_not_held(world: World) -> None:
    cancel_round(by=world["clinician"], at=AT, ref=begin(world), because="Wrong home")
    page = words_of(sign_in(world["nurse"]).get(reverse("round", args=[Round.objects.get().ref])))
    assert "Held" not in page


def test_who_reads_no_reviews_is_not_told_that_all_are_reviewed(world: World) -> None:
    assert "All reviewed" not in _homes(sign_in(world["coordinator"]))
    assert "never reviewed" in _homes(sign_in(world["lead"]))


def _homes(client: Client) -> str:
    return words_of(client.get(reverse("my_homes")))


def test_a_dormant_practice_is_nobodys_practice(world: World, clock: time_machine.Traveller) -> None:
    """On every page that says who is responsible, and for whoever is asked."""
    thing = Thing(world, clock)
    thing.begin(TODAY)
    with acting(SystemActor("import", "tests")):
        Practice.objects.filter(body__code=world.code("mill")).update(dormant=True)
    person = thing.opens("nurse", "resident", thing.person)
    assert "given as dormant" in person
    assert "Nobody to ask" in thing.opens("nurse", "decision", thing.ref)
    assert "given as dormant" in thing.opens("coordinator", "waiting")
    assert ORDER not in thing.opens("gp", "awaiting_reply")


@pytest.mark.parametrize("kind", ["died", "left"])
def test_what_is_owed_about_somebody_who_left_can_be_ended_by_those_whose_turn_it_is(
    world: World, clock: time_machine.Traveller, kind: str
) -> None:
    """Its page, the list of the home and what waits agree, for home, PCN and practice, while nobody else has them."""
    thing = Thing(world, clock)
    thing.begin(TODAY)
    thing.dispute()
    clock.shift(timedelta(minutes=5))
    record_departure(by=world["nurse"], at=AT + timedelta(minutes=5), ref=thing.person, kind=kind, left_on=TODAY)
    assert f"In dispute when they {kind}: to be settled" in thing.opens("clinician", "waiting")
    assert MEANWHILE in thing.opens("nurse", "home_replies", world.code("rose"))
    assert "What applied" in thing.opens("nurse", "decision", thing.ref)
    assert sign_in(world["clinician"]).get(reverse("settlement", args=[thing.ref])).status_code == 200
    at = AT + timedelta(minutes=10)
    settle_dispute(by=world["clinician"], at=at, ref=thing.ref, words="Called.", settled_as="meanwhile")
    clock.shift(timedelta(minutes=10))
    assert "to be settled" not in thing.opens("clinician", "waiting")
    for who in ("nurse", "clinician", "gp"):
        assert "Was in dispute, settled" in thing.opens(who, "decision", thing.ref), who


def test_what_is_open_about_somebody_who_moved_is_seen_to_where_they_live_now(
    world: World, clock: time_machine.Traveller
) -> None:
    """The new home and its PCN have it on their lists and can end it; the former ones are told that they cannot."""
    thing = Thing(world, clock)
    thing.begin(TODAY)
    thing.dispute()
    at = AT + timedelta(minutes=5)
    lives_in_ivy_lodge_now(world, thing.person, at)
    clock.shift(timedelta(minutes=10))
    assert "In dispute: to be settled" in thing.opens("tor_clinician", "waiting")
    assert MEANWHILE in thing.opens("ivy_nurse", "home_replies", world.code("ivy"))
    assert sign_in(world["tor_clinician"]).get(reverse("settlement", args=[thing.ref])).status_code == 200
    assert "In dispute: to be settled" not in thing.opens("clinician", "waiting")
    assert MEANWHILE not in thing.opens("nurse", "home_replies", world.code("rose"))
    refused = sign_in(world["clinician"]).get(reverse("settlement", args=[thing.ref]))
    assert "its PCN sees to this" in words_of(refused)


def test_a_reply_owed_about_a_replaced_decision_says_that_it_is_replaced(
    world: World, clock: time_machine.Traveller
) -> None:
    """Wherever it waits: for coordinator and lead, as a reason on the worklist, in the command."""
    thing = Thing(world, clock)
    thing.begin(TODAY)
    clock.shift(timedelta(days=9))
    marked = f"{REPLACED_SINCE} {FIRST.rstrip('.')}"
    for who in ("coordinator", "lead"):
        assert marked in thing.opens(who, "waiting")
    assert marked in thing.opens("clinician", "worklist", world.code("rose"))
    printed = CliRunner().invoke(worklist_command, ["--home", world.code("rose"), "--as", "coordinator"]).output
    assert marked in printed
    assert f"{REPLACED_SINCE} {ORDER.rstrip('.')}" not in printed
