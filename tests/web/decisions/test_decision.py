"""One decision with each part apart, settling what is in dispute, follow-ups until they are done."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.decisions.actions import reply_to_decision, withdraw_decision
from homeround.ehch.decisions.models import Ask, FollowUp, Settlement
from homeround.kernel.models import Outbox
from homeround.nonprod import building
from tests.statements import statements
from tests.web.round_of_rose import DRINKS, begin, change_plan, crowd
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, where, words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def ask(world: World) -> str:
    return change_plan(world, begin(world))


@pytest.fixture
def decision(ask: str) -> str:
    return f"/decisions/{Ask.objects.get(ref=ask).decision.ref}"


def test_four_dated_facts_stand_apart(world: World, ask: str, decision: str) -> None:
    client = sign_in(world["clinician"])
    page = words_of(client.get(decision))
    assert "Message queued Mon 16 Nov 2026, 10:00" in page
    assert "Message handed over not yet" in page
    assert "Opened by nobody of the practice yet" in page
    assert "Answered not yet. Silence is never consent." in page
    with building.building():
        Outbox.objects.update(handed_over_at=AT + timedelta(minutes=1))
    sign_in(world["gp"]).get(f"/replies/{ask}")
    page = words_of(client.get(decision))
    assert "Message handed over Mon 16 Nov 2026, 10:01" in page
    assert "Opened by Grace Poole, GP of the registered practice, Mill Practice, Mon 16 Nov 2026, 10:00" in page
    assert "Answered not yet" in page


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("clinician", 200),
        ("coordinator", 200),
        ("nurse", 200),
        ("gp", 200),
        ("community", 200),
        ("carer", 403),
        ("clerk", 403),
        ("outside_gp", 404),
        ("tor_clinician", 404),
        ("ivy_nurse", 404),
        ("exe_manager", 404),
        ("icb", 404),
    ],
)
def test_who_reads_a_decision(world: World, decision: str, username: str, status: int) -> None:
    assert sign_in(world[username]).get(decision).status_code == status


def test_a_dispute_is_settled_by_a_clinician(world: World, ask: str, decision: str) -> None:
    reply_to_decision(
        by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="Heart failure.", meanwhile="Drinks at meals."
    )
    client = sign_in(world["clinician"])
    assert "Write how it was settled" in words_of(client.get(decision))
    assert "Write how it was settled" not in words_of(sign_in(world["nurse"]).get(decision))
    assert send(client, f"{decision}/settlement", words="").status_code == 422
    offered = words_of(client.get(f"{decision}/settlement"))
    assert f"What was decided {DRINKS}" in offered
    assert "What it has done meanwhile Drinks at meals." in offered
    unsaid = send(client, f"{decision}/settlement", words="Rang Dr Poole.")
    assert "Choose what the home does from now on." in words_of(unsaid)
    agreed = {"settled_as": "otherwise", "from_now_on": "A litre and a half a day."}
    settled = send(client, f"{decision}/settlement", words="Rang Dr Poole: a litre and a half.", **agreed)
    assert settled.url == f"{decision}?saved=settled"
    page = words_of(client.get(decision))
    assert "Was in dispute, settled" in page
    assert "In dispute. Until" not in page
    assert Settlement.objects.count() == 1
    assert sign_in(world["nurse"]).get(f"{decision}/settlement").status_code == 403


def test_the_home_does_what_is_asked_of_it(world: World, ask: str, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=6))
    client = sign_in(world["nurse"])
    asked = client.get("/asked")
    assert "Late, was due Fri 20 Nov 2026" in words_of(asked)
    here = f"/follow-ups/{FollowUp.objects.get().ref}"
    assert here in text_of(asked)
    sent = hidden_in(client.get(here), here) | {"words": "51.2 kg"}
    assert where(client.post(here, sent)) == f"{here}?saved=yes"
    assert client.post(here, sent).status_code == 303
    saved = words_of(client.get(f"{here}?saved=yes"))
    assert "Marked as done, for Margaret Hill Room 1" in saved
    assert "51.2 kg" in saved
    assert "Nothing is waiting to be done here." in words_of(client.get("/asked"))


def test_the_second_to_finish_is_told_who_was_first(world: World, ask: str) -> None:
    first, second = sign_in(world["nurse"]), sign_in(world["manager"])
    here = f"/follow-ups/{FollowUp.objects.get().ref}"
    sent = hidden_in(second.get(here), here) | {"words": "Weighed: 51 kg"}
    send(first, here, words="51.2 kg")
    told = second.post(here, sent)
    assert told.status_code == 409
    assert "51.2 kg" in words_of(told)
    assert "Weighed: 51 kg" in text_of(told)


def test_what_is_asked_of_others_is_not_ours_to_finish(world: World, ask: str) -> None:
    here = f"/follow-ups/{FollowUp.objects.get().ref}"
    client = sign_in(world["coordinator"])
    assert "It is done" not in text_of(client.get(here))
    assert client.post(here, {}).status_code == 403
    assert sign_in(world["tor_coordinator"]).get(here).status_code == 404


def test_a_community_member_finds_whom_they_were_asked_to_help_with(world: World) -> None:
    page = sign_in(world["co_opted"]).get("/asked")
    assert "Albert Okafor" in words_of(page)
    assert "swallowing assessed by video" in words_of(page)
    assert f"/residents/{world.residents['albert']}" in text_of(page)
    assert "Albert" not in words_of(sign_in(world["stranger"]).get("/asked"))


@pytest.mark.parametrize(("username", "status"), [("gp", 200), ("exe_manager", 403), ("icb", 403), ("exe_ig", 403)])
def test_who_is_asked_about_people(world: World, username: str, status: int) -> None:
    assert sign_in(world[username]).get("/asked").status_code == status


def test_a_homes_lists_stand_behind_the_numbers(world: World, ask: str) -> None:
    code = world.code("rose")
    client = sign_in(world["coordinator"])
    assert DRINKS in words_of(client.get(f"/homes/{code}/replies"))
    assert "Weigh her" in words_of(client.get(f"/homes/{code}/follow-ups"))
    other = sign_in(world["tor_coordinator"])
    assert other.get(f"/homes/{code}/replies").status_code == other.get(f"/homes/{code}/follow-ups").status_code == 404
    assert sign_in(world["carer"]).get(f"/homes/{code}/replies").status_code == 403
    assert sign_in(world["exe_manager"]).get(f"/homes/{code}/replies").status_code == 403


@pytest.mark.slow
def test_a_decision_costs_the_same_for_few_and_many(world: World, decision: str) -> None:
    client = sign_in(world["clinician"])
    client.get(decision)
    with statements() as few:
        client.get(decision)
    crowd(world, "rose", 60)
    with statements() as many:
        client.get(decision)
    assert len(few) == len(many) <= 20, many


def test_a_decision_taken_back_is_never_shown_as_awaited_or_read_on_the_persons_page(
    world: World, ask: str, decision: str
) -> None:
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="read")
    withdraw_decision(by=world["clinician"], at=AT, ref=decision.rpartition("/")[2], because="Wrong chart.")
    page = words_of(sign_in(world["nurse"]).get(f"/residents/{world.residents['margaret']}"))
    assert f"Taken back: it does not apply {DRINKS}" in page
    assert "Read by the GP" not in page
    assert "A decision was taken back Wrong chart." in page


def test_leaving_counts_only_decisions_that_wait_for_an_answer(world: World, decision: str) -> None:
    page, client = f"/residents/{world.residents['margaret']}/departure", sign_in(world["nurse"])
    waiting = "1 decision waiting for the registered GP"
    assert waiting in words_of(client.get(page))
    withdraw_decision(by=world["clinician"], at=AT, ref=decision.rpartition("/")[2], because="Wrong chart.")
    assert waiting not in words_of(client.get(page))
