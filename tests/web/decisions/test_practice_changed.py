"""After a change of practice, what the practice before asked or did not adopt is said to be theirs, on every page; the
practice of now is asked too, by a day of its own. REQ-20; H27, H28.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import answer_query, mark_received
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.queries import awaiting_reply, owed_by_practice
from homeround.ehch.residents.actions import Registering, register_with
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.noticed import Looks
from tests.ehch.decisions.deciding import Case
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

ORDER, MEANWHILE, QUESTION = "Weigh weekly", "Weigh monthly", "Since when?"
BEFORE = "Mill Practice, their practice before,"
ASKED = f"{BEFORE} asked on Mon 16 Nov 2026: “{QUESTION}” It waits for an answer of Exe PCN."
LATER = AT + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


@pytest.fixture
def case(world: World) -> Case:
    case = Case(world)
    case.decide(ORDER)
    return case


def changes_to(case: Case, practice: str, clock: time_machine.Traveller) -> None:
    register_with(
        by=case.world["nurse"], at=LATER, ref=case.world.residents["margaret"],
        registration=Registering("permanent", case.world.code(practice)),
    )  # fmt: skip
    clock.move_to(LATER + timedelta(minutes=1))


def _asks(case: Case) -> None:
    case.reply(ORDER, "query", words=QUESTION)


def _disputes(case: Case) -> None:
    case.dispute(ORDER, MEANWHILE)


def _settled(case: Case) -> None:
    case.dispute(ORDER, MEANWHILE)
    case.settle(ORDER, "meanwhile")


SAID: dict[str, tuple[Callable[[Case], None], str]] = {
    "question": (_asks, ASKED),
    "dispute": (_disputes, f"In dispute: {BEFORE} does not adopt it"),
    "settled": (_settled, f"Was in dispute with {BEFORE[:-1]}; settled"),
    "read": (lambda case: case.reply(ORDER, "read"), f"Read by {BEFORE[:-1]}"),
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("who", ["outside_gp", "clinician", "coordinator", "lead", "nurse"])
def test_the_decision_names_the_practice_that_said_so(
    case: Case, clock: time_machine.Traveller, who: str, said: str
) -> None:
    say, words = SAID[said]
    page = reverse("decision", args=[case.made[ORDER]])
    sign_in(case.world["gp"]).get(page)
    say(case)
    assert BEFORE[:-1] not in words_of(sign_in(case.world["clinician"]).get(page)), "it is their practice still"
    changes_to(case, "far", clock)
    found = words_of(sign_in(case.world[who]).get(page))
    assert words in found
    assert "Opened by Grace Poole" not in found
    assert "Opened before, elsewhere Grace Poole" in found
    assert "answered from the list" not in found


@pytest.mark.parametrize("said", ["question", "dispute"])
def test_the_lists_name_the_practice_that_said_so(case: Case, clock: time_machine.Traveller, said: str) -> None:
    say, words = SAID[said]
    say(case)
    changes_to(case, "far", clock)
    replies = words_of(sign_in(case.world["nurse"]).get(reverse("home_replies", args=[case.world.code("rose")])))
    assert words in replies
    assert "The GP has a question" not in replies
    waits = words_of(sign_in(case.world["clinician"]).get(reverse("waiting")))
    assert {"question": f"Asked by {BEFORE[:-1]}: {ORDER}", "dispute": f"Not adopted by {BEFORE[:-1]}. Meanwhile"}[
        said
    ] in waits


def test_the_new_practice_is_told_what_was_asked_and_by_when_it_replies(
    case: Case, clock: time_machine.Traveller
) -> None:
    _asks(case)
    mark_received(by=case.world["clerk"], at=AT, ref=case.ask(ORDER))
    changes_to(case, "far", clock)
    gp = words_of(sign_in(case.world["outside_gp"]).get(reverse("awaiting_reply")))
    clerk = words_of(sign_in(case.world["outside_clerk"]).get(reverse("awaiting_reply")))
    reply = words_of(sign_in(case.world["outside_gp"]).get(reverse("reply", args=[case.ask(ORDER)])))
    assert ASKED in gp
    assert ASKED in reply
    assert QUESTION not in clerk
    for page in (gp, clerk, reply):
        assert "xpected by Mon 23 Nov 2026" in page
        assert "You have asked" not in page
        assert "received by Carl Clerk" not in page
    [row] = awaiting_reply(viewer=case.world["outside_gp"], at=LATER)
    assert (row.state, row.asked_at) == ("awaited", None)


def test_back_at_the_practice_that_asked_the_question_is_its_own_again(
    case: Case, clock: time_machine.Traveller
) -> None:
    _asks(case)
    changes_to(case, "far", clock)
    register_with(
        by=case.world["nurse"], at=LATER + timedelta(minutes=1), ref=case.world.residents["margaret"],
        registration=Registering("permanent", case.world.code("mill")),
    )  # fmt: skip
    gp = words_of(sign_in(case.world["gp"]).get(reverse("awaiting_reply")))
    assert "You have asked: waits for an answer of Exe PCN" in gp
    assert "their practice before" not in gp


@pytest.mark.parametrize("changed", [False, True])
def test_only_a_question_of_their_own_rests_the_clock_of_a_practice(
    case: Case, clock: time_machine.Traveller, *, changed: bool
) -> None:
    """The PCN owes the answer all the same, and can give it."""
    _asks(case)
    if changed:
        changes_to(case, "far", clock)
    clock.move_to(LATER + timedelta(minutes=1))
    at = AT + timedelta(days=14)
    kinds = {row.wait.kind for row in what_waits(viewer=case.world["coordinator"], at=at).mine}
    assert "gp_question" in kinds
    assert ("silence" in kinds) is changed
    [owed] = owed_by_practice(homes=[case.world.bodies["rose"].pk], at=at)
    assert (owed.practice, owed.awaited, owed.late, owed.asked_back) == (
        ("Far Practice", 1, 1, 0) if changed else ("Mill Practice", 0, 0, 1)
    )
    page = words_of(sign_in(case.world["coordinator"]).get(reverse("decision", args=[case.made[ORDER]])))
    assert "Answer the question" in page
    answer_query(by=case.world["coordinator"], at=LATER, ref=case.ask(ORDER), words="Since May.")
    kinds = {row.wait.kind for row in what_waits(viewer=case.world["coordinator"], at=LATER).mine}
    assert "gp_question" not in kinds
    whose = f"{BEFORE} asked: {QUESTION}" if changed else f"Your practice asked: {QUESTION}"
    gp = case.world["outside_gp" if changed else "gp"]
    assert whose in words_of(sign_in(gp).get(reverse("awaiting_reply")))


def test_the_page_of_the_person_says_that_the_question_waits(case: Case, clock: time_machine.Traveller) -> None:
    _asks(case)
    changes_to(case, "far", clock)
    page = words_of(sign_in(case.world["nurse"]).get(reverse("resident", args=[case.world.residents["margaret"]])))
    assert "Their practice before has a question that nobody has answered" in page
    assert "The GP has a question" not in page


def test_nobody_of_another_practice_replies_for_the_one_of_now(case: Case, clock: time_machine.Traveller) -> None:
    _asks(case)
    changes_to(case, "far", clock)
    assert awaiting_reply(viewer=case.world["gp"], at=LATER) == []
    assert sign_in(case.world["gp"]).get(reverse("reply", args=[case.ask(ORDER)])).status_code == 404
    assert Ask.objects.get().ended_at is None
