"""What applies now is the same on every page that tells anybody what to do, whatever became of the decision.

Each state of a decision is walked through each place, and the words are read: what the home does is there, and comes
before anything that does not apply; a carer never reads the disputed order. REQ-19, REQ-20; H27.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from homeround.cli.worklist import command as worklist_command
from homeround.ehch.decisions.actions import (
    Deciding,
    answer_query,
    correct_decision,
    decide,
    reply_to_decision,
    settle_dispute,
    take_back_reply,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.rounds.actions import Reviewing, close_round, move_review, open_round, record_review
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

TODAY = date(2026, 11, 16)
ORDER = "Water tablet in the morning only."
MEANWHILE = "Both doses as before."
AGREED = "One and a half tablets."
LATER_ORDER = "No water tablet at the weekend."
RIGHT = "Water tablet at noon only."
NOT_THEIRS = f"Do not do this, it was written on the wrong person: “{ORDER}”"
WITHDRAWN = f"Do not do this, it was withdrawn: “{ORDER}”"
CORRECTED = f"Do not do this, it was wrong and was corrected: “{ORDER}”"

ENDED = f"This was until Sat 21 Nov 2026 and has ended: “{ORDER}”"
SOME_DAYS = {"for some days", "ended"}

TAKEN_BACK = (NOT_THEIRS, WITHDRAWN, CORRECTED, ENDED)


def _without_what_was_taken_back(page: str) -> str:
    for words in TAKEN_BACK:
        page = page.replace(words, "")
    return page


@dataclass
class Walk:
    """One decision of a closed round, and where it is read."""

    world: World
    clock: time_machine.Traveller
    from_on: date = TODAY
    until_on: date | None = None
    closed: str = ""
    open: str = ""
    concern: str = ""
    refs: list[str] = field(default_factory=list)
    signed_in: dict[str, Client] = field(default_factory=dict)

    def reads(self, who: str, address: str) -> Any:
        """The page as that person gets it, who signs in once."""
        if who not in self.signed_in:
            self.signed_in[who] = sign_in(self.world[who])
        return self.signed_in[who].get(address)

    @property
    def person(self) -> str:
        return self.world.residents["margaret"]

    @property
    def decision(self) -> str:
        return self.refs[-1]

    def begin(self) -> None:
        """A round in which the decision is made and a concern is answered; another is open."""
        clinician = self.world["clinician"]
        self.concern = raise_concern(by=self.world["carer"], at=AT, ref=self.person, words="Wet legs.", help_now=False)
        self.closed = self._round()
        decision = Deciding("medicine", ORDER, "Up at night.", "Both doses.", self.from_on, NEW, until_on=self.until_on)
        review = Reviewing(how="in_person", outcome="medicine_changed", decision=decision, answers=(self.concern,))
        record_review(by=clinician, at=AT, ref=self.closed, person=self.person, review=review)
        close_round(by=clinician, at=AT, ref=self.closed)
        self.refs.append(Decision.objects.get().ref)

    def _round(self) -> str:
        return open_round(
            by=self.world["clinician"], at=AT, code=self.world.code("rose"), mode="in_person",
            home_representative="Nell Nurse", medical_input="Dr Hart",
        )  # fmt: skip

    def open_another(self) -> None:
        self.open = self._round()

    @property
    def ask(self) -> str:
        return Ask.objects.get(decision__ref=self.refs[0]).ref

    def reply(self, kind: str, **said: str) -> None:
        reply_to_decision(by=self.world["gp"], at=AT, ref=self.ask, kind=kind, **said)

    def dispute(self) -> None:
        self.reply("do_not_adopt", words="Heart failure.", meanwhile=MEANWHILE)

    def settle(self, settled_as: str, from_now_on: str = "") -> None:
        self.dispute()
        settle_dispute(
            by=self.world["clinician"], at=AT, ref=self.decision, words="Called Dr Poole.", settled_as=settled_as,
            from_now_on=from_now_on,
        )  # fmt: skip

    def replace(self) -> None:
        decision = Deciding("medicine", LATER_ORDER, "Better.", "", TODAY, replaces=self.decision)
        self.refs.append(decide(by=self.world["clinician"], at=AT, ref=self.person, decision=decision))

    def withdraw(self) -> None:
        withdraw_decision(by=self.world["clinician"], at=AT, ref=self.decision, because="Wrong chart.")

    def withdraw_in_dispute(self) -> None:
        self.dispute()
        self.withdraw()

    def withdraw_long_ago(self) -> None:
        self.withdraw()
        self.days(15)

    def withdraw_and_decide_again(self) -> None:
        self.withdraw()
        decision = Deciding("medicine", ORDER, "Better.", "Both.", TODAY, replaces=NEW)
        self.refs.append(decide(by=self.world["clinician"], at=AT, ref=self.person, decision=decision))

    def correct(self) -> None:
        right = Deciding("medicine", RIGHT, "Up at night.", "", TODAY)
        ref = correct_decision(
            by=self.world["clinician"], at=AT, ref=self.decision, because="Wrong hour.", decision=right
        )
        self.refs.append(ref)

    def question(self) -> None:
        self.reply("query", words="Since when?")

    def answer(self) -> None:
        self.question()
        answer_query(by=self.world["clinician"], at=AT, ref=self.ask, words="May.")

    def dispute_by_mistake(self) -> None:
        self.dispute()
        take_back_reply(by=self.world["gp"], at=AT, ref=self.ask, because="Wrong line.")

    def move(self) -> None:
        """The review was about Albert; its decision is not carried over to him."""
        move_review(
            by=self.world["clinician"], at=AT, ref=self.closed, person=self.person,
            to_ref=self.world.residents["albert"], because="The next room",
        )  # fmt: skip

    def move_in_dispute(self) -> None:
        self.dispute()
        self.move()

    def move_long_ago(self) -> None:
        self.move()
        self.days(15)

    def days(self, number: int) -> None:
        self.clock.shift(timedelta(days=number))


STATES: dict[str, tuple[Callable[[Walk], object], str, str]] = {
    # what became of the decision; what the home does now; what else is said of it to those who read decisions
    "awaited": (lambda _: None, ORDER, "Not yet answered"),
    "late": (lambda walk: walk.days(3), ORDER, "overdue"),
    "read": (lambda walk: walk.reply("read"), ORDER, "Read by the GP"),
    "queried": (Walk.question, ORDER, "The GP has a question"),
    "answered": (Walk.answer, ORDER, "Not yet answered"),
    "in dispute": (Walk.dispute, MEANWHILE, "In dispute"),
    "dispute taken back": (Walk.dispute_by_mistake, ORDER, "Not yet answered"),
    "settled as decided": (lambda walk: walk.settle("decided"), ORDER, "settled"),
    "settled as meanwhile": (lambda walk: walk.settle("meanwhile"), MEANWHILE, "settled"),
    "settled otherwise": (lambda walk: walk.settle("otherwise", AGREED), AGREED, "settled"),
    "stopped": (lambda walk: walk.settle("stopped"), f"Stop: {MEANWHILE}", "Stopped"),
    "replaced": (Walk.replace, LATER_ORDER, "Not yet answered"),
    "withdrawn": (Walk.withdraw, WITHDRAWN, "Withdrawn"),
    "withdrawn in a dispute": (Walk.withdraw_in_dispute, WITHDRAWN, "Withdrawn"),
    "withdrawn long ago": (Walk.withdraw_long_ago, "", "Withdrawn"),
    "withdrawn, and made again": (Walk.withdraw_and_decide_again, ORDER, "Not yet answered"),
    "corrected": (Walk.correct, RIGHT, "Not yet answered"),
    "starts later": (lambda _: None, ORDER, "From Thu 19 Nov 2026"),
    "for some days": (lambda _: None, ORDER, "Until Sat 21 Nov 2026"),
    "ended": (lambda walk: walk.days(6), ENDED, "Ended"),
    "moved": (Walk.move, NOT_THEIRS, "written on the wrong person"),
    "moved after a dispute": (Walk.move_in_dispute, NOT_THEIRS, "written on the wrong person"),
    "moved long ago": (Walk.move_long_ago, "", "written on the wrong person"),
}

PLACES: dict[str, tuple[str, Callable[[Walk], str]]] = {
    "person, nurse": ("nurse", lambda walk: reverse("resident", args=[walk.person])),
    "person, carer": ("carer", lambda walk: reverse("resident", args=[walk.person])),
    "person, GP": ("gp", lambda walk: reverse("resident", args=[walk.person])),
    "home today, nurse": ("nurse", lambda walk: reverse("home_today", args=[walk.world.code("rose")])),
    "home today, carer": ("carer", lambda walk: reverse("home_today", args=[walk.world.code("rose")])),
    "worklist": ("coordinator", lambda walk: reverse("worklist", args=[walk.world.code("rose")])),
    "worklist, carer": ("carer", lambda walk: reverse("worklist", args=[walk.world.code("rose")])),
    "round": ("clinician", lambda walk: reverse("round", args=[walk.open])),
    "review": ("clinician", lambda walk: reverse("review", args=[walk.open, walk.person])),
    "closed round, nurse": ("nurse", lambda walk: reverse("round", args=[walk.closed])),
    "closed round, carer": ("carer", lambda walk: reverse("round", args=[walk.closed])),
    "concern, nurse": ("nurse", lambda walk: reverse("concern", args=[walk.concern])),
    "concern, carer": ("carer", lambda walk: reverse("concern", args=[walk.concern])),
}

CARERS = frozenset(place for place, (who, _) in PLACES.items() if who == "carer")
OF_THE_ROUND = frozenset({"closed round, nurse", "closed round, carer"})
OF_THE_CONCERN = frozenset({"concern, nurse", "concern, carer"})
"""What the home does stands there where a review is the answer: one that was moved answers nothing there any more."""
NOT_ANY_MORE = "does not apply"
"""What a round decided is read there: what took its place since is said to have, not told in full."""


@pytest.fixture
def walk(world: World, clock: time_machine.Traveller, request: pytest.FixtureRequest) -> Walk:
    """The decision in the state that the test asks for."""
    state: str = request.getfixturevalue("state")
    found = Walk(world, clock, from_on=TODAY + timedelta(days=3) if state == "starts later" else TODAY)
    found.until_on = TODAY + timedelta(days=5) if state in SOME_DAYS else None
    if state == "late":
        clock.shift(timedelta(days=5))
    found.begin()
    STATES[state][0](found)
    found.open_another()
    return found


@pytest.mark.parametrize("state", STATES)
def test_every_place_says_what_applies_now(walk: Walk, state: str) -> None:
    """One walk is built for each state, and read in every place: it is the building that takes long."""
    _every_place_says_what_the_home_does_now(walk, state)
    _those_who_read_decisions_read_where_it_is_with_the_gp(walk, state)
    _the_command_and_the_gps_list_and_card_say_the_same(walk, state)


def _every_place_says_what_the_home_does_now(walk: Walk, state: str) -> None:
    wrong = [f"{place}: {problem}" for place in PLACES for problem in [_problem(walk, state, place)] if problem]
    assert not wrong, "\n".join(wrong)


def _problem(walk: Walk, state: str, place: str) -> str:
    who, address = PLACES[place]
    response = walk.reads(who, address(walk))
    if response.status_code == 404 and place == "worklist, carer":
        return ""
    page, (_, does, _) = words_of(response), STATES[state]
    if response.status_code != 200:
        return f"answers {response.status_code}"
    if does == NOT_THEIRS and place in OF_THE_CONCERN:
        return "gives what is somebody else’s" if ORDER in page else ""
    if (
        does
        and does not in page
        and not (place in OF_THE_ROUND and state in {"replaced", "corrected", "withdrawn, and made again"})
    ):
        return f"does not say “{does}”"
    if does == ORDER or ORDER not in _without_what_was_taken_back(page):
        return ""
    if place in OF_THE_ROUND and does not in page:
        return "" if NOT_ANY_MORE in page.lower() else "gives what does not apply any more as if it did"
    if state == "in dispute" and place in CARERS:
        return "tells a carer the disputed order"
    page = _without_what_was_taken_back(page) if does not in TAKEN_BACK else page
    if does and page.index(ORDER) < page.index(does):
        return f"says what does not apply first: {page[max(0, page.index(ORDER) - 60) : page.index(ORDER) + 20]}"
    return ""


def _those_who_read_decisions_read_where_it_is_with_the_gp(walk: Walk, state: str) -> None:
    _, does, said = STATES[state]
    page = words_of(walk.reads("nurse", reverse("decision", args=[walk.decision])))
    if state == "withdrawn":
        assert "Withdrawn: Wrong chart. Priya Shah" in page
    assert said.lower() in page.lower() or state in {"starts later", "stopped"}
    assert does in page
    first = words_of(walk.reads("nurse", reverse("decision", args=[walk.refs[0]])))
    if does != ORDER:
        assert "Applies since" not in first


def _the_command_and_the_gps_list_and_card_say_the_same(walk: Walk, state: str) -> None:
    _, does, _ = STATES[state]
    printed = CliRunner().invoke(worklist_command, ["--home", walk.world.code("rose"), "--as", "coordinator"]).output
    assert does in printed
    if does != ORDER:
        assert ORDER not in _without_what_was_taken_back(printed).replace(f"Not this, it is disputed: {ORDER}", "")
    card = walk.reads("gp", reverse("reply", args=[walk.ask]))
    page, listed = words_of(card), words_of(walk.reads("gp", reverse("awaiting_reply")))
    if state in {
        "in dispute",
        "settled as meanwhile",
        "settled otherwise",
        "stopped",
        "moved",
        "moved after a dispute",
    }:
        assert page.index(does) < page.index(ORDER)
    if state == "replaced":
        assert "A later decision has taken its place" in listed
        assert "replaced by a later decision" in page
    if state == "corrected":
        right = walk.refs[-1]
        assert CORRECTED in listed
        assert CORRECTED in words_of(walk.reads("nurse", reverse("decision", args=[right])))
        assert "What was wrong: " in listed
    if state == "withdrawn" or state.startswith("moved"):
        assert ORDER not in _without_what_was_taken_back(listed)
        assert (WITHDRAWN if state == "withdrawn" else NOT_THEIRS) in listed
        assert "Withdrawn" in page


MOVED_TO: dict[str, tuple[Callable[[World], str], str]] = {
    "person, nurse": (lambda world: reverse("resident", args=[world.residents["albert"]]), "nurse"),
    "person, carer": (lambda world: reverse("resident", args=[world.residents["albert"]]), "carer"),
    "home today, carer": (lambda world: reverse("home_today", args=[world.code("rose")]), "carer"),
    "worklist": (lambda world: reverse("worklist", args=[world.code("rose")]), "clinician"),
}
DECIDE_AGAIN = "The review says “Medicine changed”, and no decision of it stands: decide again."


@pytest.mark.parametrize("carried", [True, False])
def test_on_the_right_person_it_applies_or_waits_to_be_decided_again(
    world: World, clock: time_machine.Traveller, carried: bool
) -> None:
    """Never "medicine changed" and nothing to be done, with nobody who has to say what (H1, H27)."""
    walk = Walk(world, clock)
    walk.begin()
    move_review(
        by=world["clinician"], at=AT, ref=walk.closed, person=walk.person, to_ref=world.residents["albert"],
        because="The next room", carried={walk.decision: NEW} if carried else {},
    )  # fmt: skip
    for place, (address, who) in MOVED_TO.items():
        page = _without_what_was_taken_back(words_of(walk.reads(who, address(world))))
        assert (ORDER in page) == carried, place
    for who in ("clinician", "lead"):
        waits = words_of(walk.reads(who, reverse("waiting")))
        assert (DECIDE_AGAIN in waits) == (not carried), who
        assert ("Albert" in waits) == (not carried), who
    listed = words_of(walk.reads("coordinator", reverse("worklist", args=[world.code("rose")])))
    assert ("Outcome without its decision" in listed) == (not carried)
    asked = _without_what_was_taken_back(words_of(walk.reads("gp_colleague", reverse("awaiting_reply"))))
    assert (ORDER in asked) is False or carried
