"""The round from opening to closing, as pages."""

from __future__ import annotations

import pytest
import time_machine

from homeround.ehch.decisions.actions import complete_follow_up
from homeround.ehch.decisions.models import FollowUp
from homeround.ehch.rounds.models import Review, Round
from tests.statements import statements
from tests.web.round_of_rose import CHANGE, DRINKS, WORRY, begin, change_plan, crowd, worry
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, where, words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")
ROUND = {"mode": "in_person", "home_representative": "Nell Nurse", "has_medical_input": "yes", "medical_input": "Dr H"}

MIXED_UP = "Could be mixed up: check, born Sun 27 Mar 1938"


def test_a_clinician_opens_the_round_and_finds_it_under_my_rounds(world: World) -> None:
    client = sign_in(world["clinician"])
    assert "Open the round" in words_of(client.get("/rounds"))
    answer = send(client, f"/homes/{world.code('rose')}/rounds/new", **ROUND)
    assert answer.status_code == 303
    held = Round.objects.get()
    assert answer.url == f"/rounds/{held.ref}"
    assert held.leader_id == world["clinician"].membership_id
    assert f"/rounds/{held.ref}" in text_of(client.get("/rounds"))


def test_opening_it_twice_opens_it_once_and_a_second_person_is_led_to_it(world: World) -> None:
    first, second = sign_in(world["clinician"]), sign_in(world["lead"])
    address = f"/homes/{world.code('rose')}/rounds/new"
    sent = hidden_in(first.get(address), address) | ROUND
    also = hidden_in(second.get(address), address) | ROUND | {"home_representative": "Saul Senior"}
    assert where(first.post(address, sent)) == where(first.post(address, sent))
    told = second.post(address, also)
    assert told.status_code == 409
    assert Round.objects.count() == 1
    assert "Priya Shah leads it" in words_of(told)
    assert "Saul Senior" in text_of(told), "what was typed is lost"


def test_what_is_missing_is_said_and_what_was_typed_is_kept(world: World) -> None:
    answer = send(
        sign_in(world["clinician"]), f"/homes/{world.code('rose')}/rounds/new",
        mode="video", home_representative="Nell Nurse", has_medical_input="no", no_medical_input_because="",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Say why nobody does." in words_of(answer)
    assert 'value="Nell Nurse"' in text_of(answer)


def test_a_coordinator_names_who_leads(world: World) -> None:
    client = sign_in(world["coordinator"])
    address = f"/homes/{world.code('rose')}/rounds/new"
    assert "Choose who leads the round." in words_of(send(client, address, **ROUND))
    assert send(client, address, **ROUND, leader=str(world["clinician"].membership_id)).status_code == 303
    assert Round.objects.get().leader_id == world["clinician"].membership_id


@pytest.mark.parametrize(
    ("username", "status"),
    [("lead", 200), ("coordinator", 200), ("nurse", 200), ("tor_clinician", 404), ("exe_manager", 403), ("gp", 404)],
)
def test_who_sees_a_round(world: World, username: str, status: int) -> None:
    assert sign_in(world[username]).get(f"/rounds/{begin(world)}").status_code == status


def test_another_pcns_round_is_the_same_as_none(world: World) -> None:
    client = sign_in(world["tor_clinician"])
    assert (
        client.get(f"/rounds/{begin(world)}").status_code == client.get("/rounds/0000000000000000").status_code == 404
    )


def test_the_list_says_who_needs_an_outcome_and_why(world: World) -> None:
    worry(world)
    page = words_of(sign_in(world["clinician"]).get(f"/rounds/{begin(world)}"))
    assert page.index("They need an outcome") < page.index("Margaret Hill") < page.index("They have a reason")
    assert WORRY in page


def test_seen_no_change_is_one_press_and_twice_is_once(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    address = f"/rounds/{held}/people/{world.residents['winifred']}/outcome"
    sent = hidden_in(client.get(f"/rounds/{held}"), address) | {"came": "in_person"}
    assert where(client.post(address, sent)) == f"/rounds/{held}?saved=yes"
    assert client.post(address, sent).status_code == 303
    assert [(review.outcome, review.how) for review in Review.objects.all()] == [("no_change", "in_person")]
    shown = words_of(client.get(f"/rounds/{held}?saved=yes"))
    assert "Saved: no change, for Winifred Achterberg-Featherstonehaugh" in shown


def test_a_concern_is_not_passed_over_in_one_press(world: World) -> None:
    worry(world)
    held = begin(world)
    page = text_of(sign_in(world["clinician"]).get(f"/rounds/{held}"))
    assert f"/people/{world.residents['margaret']}/outcome" not in page
    assert f"/people/{world.residents['winifred']}/outcome" in page


def test_a_form_of_one_row_saves_nothing_for_another_person(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    ours = f"/rounds/{held}/people/{world.residents['winifred']}/outcome"
    theirs = f"/rounds/{held}/people/{world.residents['albert']}/outcome"
    sent = hidden_in(client.get(f"/rounds/{held}"), ours) | {"came": "in_person"}
    assert client.post(theirs, sent).status_code == 409
    assert not Review.objects.exists()


def test_a_round_cannot_close_over_somebody(world: World) -> None:
    worry(world)
    held, client = begin(world), sign_in(world["clinician"])
    page = client.get(f"/rounds/{held}/closing")
    assert "1 person still needs an outcome" in words_of(page)
    assert 'name="summary"' not in text_of(page)


def test_closing_says_what_goes_where_and_the_home_reads_it(world: World) -> None:
    worry(world)
    held = begin(world)
    change_plan(world, held)
    client = sign_in(world["clinician"])
    before = words_of(client.get(f"/rounds/{held}/closing"))
    assert f"Margaret Hill Room 1 {MIXED_UP} {DRINKS} Since Mon 16 Nov 2026" in before
    asked = "Mill Practice … Not yet answered expected by Mon 23 Nov 2026"
    assert f"Margaret Hill Room 1 {MIXED_UP} {asked}" in before
    assert send(client, f"/rounds/{held}/closing", summary="Thank you.").url == f"/rounds/{held}?saved=yes"
    home = words_of(sign_in(world["nurse"]).get(f"/rounds/{held}"))
    assert "Thank you." in home
    assert CHANGE.notes in home
    assert "Weigh her … Due Fri 20 Nov 2026" in home
    assert home.count("answered") == home.count("Not yet answered") == 1
    complete_follow_up(by=world["nurse"], at=AT, ref=FollowUp.objects.get().ref, words="51 kg")
    assert "Weigh her ✓ Done Mon 16 Nov 2026" in words_of(sign_in(world["nurse"]).get(f"/rounds/{held}"))


@pytest.mark.parametrize(("username", "reads"), [("nurse", True), ("carer", False), ("coordinator", False)])
def test_notes_are_for_those_who_read_the_clinical_record(world: World, username: str, reads: bool) -> None:
    held = begin(world)
    change_plan(world, held)
    send(sign_in(world["clinician"]), f"/rounds/{held}/closing", summary="")
    page = words_of(sign_in(world[username]).get(f"/rounds/{held}"))
    assert DRINKS in page
    assert (CHANGE.notes in page) is reads


def test_a_carer_is_offered_nothing_to_press(world: World) -> None:
    page = text_of(sign_in(world["carer"]).get(f"/rounds/{begin(world)}"))
    assert "/outcome" not in page
    assert "Close the round" not in page


def test_closing_twice_tells_the_second(world: World) -> None:
    held = begin(world)
    first, second = sign_in(world["clinician"]), sign_in(world["lead"])
    address = f"/rounds/{held}/closing"
    sent = [hidden_in(client.get(address), address) | {"summary": words} for client, words in
            ((first, "First words."), (second, "Second words."))]  # fmt: skip
    assert first.post(address, sent[0]).status_code == 303
    told = second.post(address, sent[1])
    assert told.status_code == 409
    assert "First words." in text_of(told)
    assert "Second words." in text_of(told)


@pytest.mark.slow
def test_the_round_costs_the_same_for_few_and_many(world: World, clock: time_machine.Traveller) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    client.get(f"/rounds/{held}")
    with statements() as few:
        client.get(f"/rounds/{held}")
    crowd(world, "rose", 60)
    with statements() as many:
        page = client.get(f"/rounds/{held}")
    assert "Of the Crowd59" in text_of(page)
    assert len(few) == len(many) <= 14, many
