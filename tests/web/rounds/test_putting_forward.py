"""Putting somebody forward on a page, in the words of whoever does; and where it stands afterwards (REQ-36)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.rounds.actions import Reviewing, record_review
from homeround.ehch.rounds.models import PutForward
from tests.ehch.rounds.open_things import held_on
from tests.web.signing_in import sign_in
from tests.web.walking import send, text_of, where, words_of
from tests.world import AT, World

WORDS = "Her son asks whether the tablets still help."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World) -> str:
    return f"/residents/{world.residents['winifred']}/for-the-round"


def put_forward(world: World, who: str = "carer", asks: str = "person") -> str:
    return where(send(sign_in(world[who]), address(world), asks=asks, words=WORDS)).partition("?")[0]


def test_from_her_page_in_two_answers(world: World) -> None:
    client = sign_in(world["carer"])
    page = text_of(client.get(f"/residents/{world.residents['winifred']}"))
    assert f'href="{address(world)}"' in page
    form = text_of(client.get(address(world)))
    assert "Staff of the home" in form
    assert "A clinician, or their GP" not in form, "staff of a home ask for no clinician"
    assert "A clinician, or their GP" in text_of(sign_in(world["gp"]).get(address(world)))
    saved = client.get(where(send(client, address(world), asks="person", words=WORDS)))
    assert "Put forward for the round Winifred Achterberg-Featherstonehaugh Room 4 Not them? Move it" in words_of(saved)
    assert "Not seen yet" in words_of(saved)


def test_from_the_list_in_one_tap(world: World) -> None:
    """Whoever has no reason yet is put forward from the list; on the page of whoever is, their words stand first."""
    send(sign_in(world["nurse"]), f"/residents/{world.residents['albert']}/for-the-round", asks="staff", words=WORDS)
    page = text_of(sign_in(world["nurse"]).get(f"/homes/{world.code('rose')}/worklist"))
    others = page.partition("Everybody else")[2]
    assert f"{world.residents['albert']}" not in others
    assert others.count("Put forward<span") == others.count("/for-the-round")
    hers = words_of(sign_in(world["carer"]).get(f"/residents/{world.residents['albert']}"))
    assert f"For the round: not seen yet “{WORDS}”" in hers


def test_nothing_typed_is_lost(world: World) -> None:
    answer = send(sign_in(world["carer"]), address(world), words=WORDS)
    assert answer.status_code == 422
    assert "Choose who asks." in words_of(answer)
    assert WORDS in text_of(answer)


def test_it_stands_wherever_somebody_looks_for_whom_to_see(world: World, clock: time_machine.Traveller) -> None:
    put_forward(world)
    for who, page in (
        ("clinician", f"/homes/{world.code('rose')}/worklist"),
        ("carer", f"/homes/{world.code('rose')}"),
        ("nurse", f"/residents/{world.residents['winifred']}"),
        ("clinician", "/rounds"),
    ):
        words = words_of(sign_in(world[who]).get(page))
        assert "they or their family ask" in words.lower() or WORDS in words, page
    held = held_on(world, AT)
    page = words_of(sign_in(world["clinician"]).get(f"/rounds/{held}"))
    assert WORDS in page


def test_one_press_is_still_offered_for_them(world: World) -> None:
    """Seeing them is what is asked: unlike a dispute or a question it stands in the way of nothing."""
    put_forward(world)
    held = held_on(world, AT)
    page = text_of(sign_in(world["clinician"]).get(f"/rounds/{held}"))
    of_hers = page.partition("Achterberg")[2]
    assert "Something waits for a clinician" not in of_hers.partition("hr-rows__row")[0]


def test_whoever_asked_reads_what_came_of_it(world: World, clock: time_machine.Traveller) -> None:
    ref = put_forward(world)
    held = held_on(world, AT)
    later = AT + timedelta(hours=2)
    clock.move_to(later)
    record_review(
        by=world["clinician"], at=later, ref=held, person=world.residents["winifred"],
        review=Reviewing(how="in_person", outcome="no_change", notes="Heart sounds normal."),
    )  # fmt: skip
    page = words_of(sign_in(world["carer"]).get(ref))
    assert "Seen in the round" in page
    assert "Put them forward anew" in page
    assert "Heart sounds" not in page, "notes are for clinicians"


def test_taking_it_back_says_why(world: World) -> None:
    ref = put_forward(world)
    client = sign_in(world["nurse"])
    assert send(client, f"{ref}/not-needed", because="").status_code == 422
    page = words_of(client.get(where(send(client, f"{ref}/not-needed", because="Her son has spoken to the GP."))))
    assert "Not needed any more" in page
    assert "“Her son has spoken to the GP.”" in page
    assert client.get(f"{ref}/not-needed").status_code == 303, "there is nothing to take back any more"


def test_moved_to_the_right_person(world: World) -> None:
    ref = put_forward(world)
    client = sign_in(world["nurse"])
    moved = where(send(client, f"{ref}/moving", to_ref=world.residents["albert"], because="a slip"))
    page = words_of(client.get(moved))
    assert "Albert Okafor" in page
    assert "Moved here from somebody else by Nell Nurse" in page
    assert PutForward.objects.count() == 1
    assert words_of(client.get(ref, follow=True)) == words_of(client.get(moved.partition("?")[0]))
