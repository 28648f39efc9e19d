"""What awaits a reply, and the reply: the practice's own patients, one tap, four answers, a clerk who stops nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.decisions.actions import Deciding, decide, withdraw_decision
from homeround.ehch.decisions.models import Ask, Dispute, Received, Reply
from homeround.ehch.decisions.words import NEW
from homeround.ehch.rounds.models import Round
from tests.statements import statements
from tests.web.round_of_rose import DRINKS, begin, change_plan, crowd
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, where, words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def ask(world: World) -> str:
    return change_plan(world, begin(world))


def test_before_and_after_stand_side_by_side_with_who_when_and_why(world: World, ask: str) -> None:
    page = words_of(sign_in(world["gp"]).get("/replies"))
    for words in ("Margaret Hill", "Drinks at meals.", DRINKS, "Drinks less than a litre a day.", "Priya Shah",
                  "Mon 16 Nov 2026, 10:00", "expected by Mon 23 Nov 2026"):  # fmt: skip
        assert words in page


def test_a_practice_outside_the_pcn_sees_its_own_patients_alone(world: World, ask: str) -> None:
    theirs = change_plan(world, Round.objects.get().ref, who="albert")
    page = text_of(sign_in(world["outside_gp"]).get("/replies"))
    assert "Albert Okafor" in page
    assert "Margaret Hill" not in page
    assert sign_in(world["outside_gp"]).get(f"/replies/{ask}").status_code == 404
    assert sign_in(world["gp"]).get(f"/replies/{theirs}").status_code == 404


def test_i_have_read_this_is_one_press_and_twice_is_once(world: World, ask: str) -> None:
    client = sign_in(world["gp"])
    address = f"/replies/{ask}/read"
    sent = hidden_in(client.get("/replies"), address)
    assert where(client.post(address, sent)) == f"/replies?saved=read&about={ask}"
    assert client.post(address, sent).status_code == 303
    assert [reply.kind for reply in Reply.objects.all()] == ["read"]
    page = words_of(client.get(f"/replies?saved=read&about={ask}"))
    assert "It is off your list. Margaret Hill Rose House" in page
    assert "No decision waits for a reply of your practice." in page


def test_each_button_says_below_what_it_means(world: World, ask: str) -> None:
    page = words_of(sign_in(world["gp"]).get(f"/replies/{ask}"))
    assert "I have read this This says that you have read it." in page
    assert "Do not adopt The decision is in dispute until it is settled." in page
    assert "Not our patient You will not see this person any more." in page


def test_do_not_adopt_needs_a_reason_and_what_applies_meanwhile(world: World, ask: str) -> None:
    client = sign_in(world["gp"])
    answer = send(client, f"/replies/{ask}", kind="do_not_adopt", why="", meanwhile="Drinks at meals, as before.")
    assert answer.status_code == 422
    assert "Say why you do not adopt it" in words_of(answer)
    assert "Drinks at meals, as before." in text_of(answer)
    send(client, f"/replies/{ask}", kind="do_not_adopt", why="Heart failure.", meanwhile="Drinks at meals, as before.")
    assert Dispute.objects.get().meanwhile == "Drinks at meals, as before."
    for username in ("nurse", "clinician"):
        page = words_of(sign_in(world[username]).get(f"/decisions/{Ask.objects.get(ref=ask).decision.ref}"))
        assert "In dispute: do this until it is settled Drinks at meals, as before." in page
        assert f"Not this, it is disputed: {DRINKS}" in page


def test_a_question_is_answered_and_then_awaits_the_reply_again(world: World, ask: str) -> None:
    gp, clinician = sign_in(world["gp"]), sign_in(world["clinician"])
    assert "Write your question." in words_of(send(gp, f"/replies/{ask}", kind="query", question=""))
    send(gp, f"/replies/{ask}", kind="query", question="How much does she drink now?")
    asked = "waits for an answer of Exe PCN since Mon 16 Nov 2026"
    assert f"You have asked: {asked}" in words_of(gp.get("/replies"))
    awaited = words_of(clinician.get(f"/homes/{world.code('rose')}/replies"))
    assert f"The GP has a question {asked}" in awaited
    assert "expected by" not in awaited, "it is not the practice's turn"
    decision = f"/decisions/{Ask.objects.get(ref=ask).decision.ref}"
    assert "Answer the question" in words_of(clinician.get(decision))
    assert send(clinician, f"{decision}/answer", words="600 ml a day.").url == f"{decision}?saved=answered"
    assert "600 ml a day." in words_of(gp.get(f"/replies/{ask}"))
    assert "Not yet answered, expected by" in words_of(gp.get("/replies"))


def test_not_our_patient_takes_the_person_out_of_sight(world: World, ask: str) -> None:
    client = sign_in(world["gp"])
    assert send(client, f"/replies/{ask}", kind="not_our_patient").url == f"/replies?saved=not_our_patient&about={ask}"
    assert "Margaret" not in words_of(client.get(f"/replies?saved=not_our_patient&about={ask}"))
    assert client.get(f"/replies/{ask}").status_code == 404


def test_a_colleague_who_comes_second_is_told_what_stands(world: World, ask: str) -> None:
    first, second = sign_in(world["gp"]), sign_in(world["gp_colleague"])
    here = f"/replies/{ask}"
    sent = hidden_in(second.get(here), here)
    send(first, here, kind="do_not_adopt", why="Heart failure.", meanwhile="As before.")
    told = second.post(here, sent | {"kind": "do_not_adopt", "why": "Too much for her.", "meanwhile": "A litre."})
    assert told.status_code == 409
    assert "Heart failure." in words_of(told)
    assert "Too much for her." in text_of(told)
    assert Reply.objects.count() == 1


def test_a_clerk_sees_title_and_day_and_stops_nothing(world: World, ask: str) -> None:
    client = sign_in(world["clerk"])
    for address in ("/replies", f"/replies/{ask}"):
        page = text_of(client.get(address))
        assert "Plan of care: decision of Mon 16 Nov 2026" in page
        assert DRINKS not in page
        assert "Drinks at meals." not in page
    assert send(client, f"/replies/{ask}", passed_to="Dr Poole").url == f"/replies?saved=received&about={ask}"
    assert Received.objects.get().passed_to == "Dr Poole"
    assert Ask.objects.get().ended_at is None
    assert "Marked as received by Carl Clerk." in words_of(sign_in(world["gp"]).get("/replies"))
    assert client.post(f"/replies/{ask}/read").status_code == 409


@pytest.mark.parametrize(
    ("username", "status"), [("gp", 200), ("clerk", 200), ("clinician", 403), ("nurse", 403), ("icb", 403)]
)
def test_who_replies(world: World, username: str, status: int) -> None:
    assert sign_in(world[username]).get("/replies").status_code == status
    assert sign_in(world[username]).get("/patients").status_code == status


def test_own_patients_in_all_homes(world: World) -> None:
    page = words_of(sign_in(world["outside_gp"]).get("/patients"))
    assert "Albert Okafor" in page
    assert "Ivan Petrov" in page
    assert "Margaret Hill" not in page


def test_late_is_said_from_the_day_after(world: World, ask: str, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=7))
    assert "Not yet answered, expected by" in words_of(sign_in(world["gp"]).get("/replies"))
    clock.shift(timedelta(days=1))
    assert "Not yet answered, overdue, expected by" in words_of(sign_in(world["gp"]).get("/replies"))


@pytest.mark.slow
def test_lists_of_a_practice_cost_the_same_for_few_and_many(world: World, ask: str) -> None:
    client = sign_in(world["gp"])
    costs = []
    for people in (0, 60):
        crowd(world, "ivy", people)
        found = []
        for address in ("/replies", "/patients"):
            client.get(address)
            with statements() as asked:
                client.get(address)
            found.append(len(asked))
        costs.append(found)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 11


def test_a_long_list_comes_in_parts_the_first_expected_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeround.web.decisions.awaiting_reply.ON_A_PAGE", 2)
    for number in range(5):
        decision = Deciding("plan", f"Change {number}", "Needed.", "nothing", AT.date(), replaces=NEW)
        decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=decision)
    client = sign_in(world["gp"])
    first = words_of(client.get("/replies"))
    assert "5 decisions" in first
    assert "Part 1 of 3 Next part" in first
    assert "Change 0" in first
    assert "Change 2" not in first
    for odd in ("3", "99", "9" * 40, "x", "²"):
        shown = words_of(client.get("/replies", {"part": odd}))
        assert ("Change 4" in shown) is (odd in {"3", "99"}), odd


def test_what_was_replaced_or_withdrawn_does_not_read_as_in_force(world: World) -> None:
    first = Deciding("plan", "Turn 3-hourly", "Red heel.", "nothing", AT.date(), replaces=NEW)
    ref = decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=first)
    second = Deciding("plan", "Turn 2-hourly", "Worse.", "", AT.date(), replaces=ref)
    later = decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=second)
    client = sign_in(world["gp"])
    page = words_of(client.get("/replies"))
    assert page.count("A later decision has taken its place") == 1
    withdraw_decision(by=world["clinician"], at=AT, ref=later, because="Better.")
    page = words_of(client.get("/replies"))
    assert "A later decision has taken its place" not in page
    assert page.count("Turn 2-hourly") == page.count("Do not do this, it was withdrawn: “Turn 2-hourly”") == 1
