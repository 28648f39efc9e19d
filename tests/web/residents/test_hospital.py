"""Going to hospital and coming back on pages: what everybody reads meanwhile, and one way for each mistake (REQ-67)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.ehch.rounds.open_things import held_on
from tests.web.signing_in import sign_in
from tests.web.walking import send, text_of, where, words_of
from tests.world import AT, World

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def hers(world: World) -> str:
    return f"/residents/{world.residents['winifred']}"


def day(name: str, on: str) -> dict[str, str]:
    year, month, number = on.split("-")
    return {f"{name}-year": year, f"{name}-month": month, f"{name}-day": number}


def goes(world: World, client: Client) -> str:
    return where(send(client, f"{hers(world)}/hospital", **day("went_on", "2026-11-16"), hospital="Royal Infirmary"))


def test_everybody_who_sees_her_reads_that_she_is_in_hospital(world: World) -> None:
    nurse = sign_in(world["nurse"])
    assert f'href="{hers(world)}/hospital"' in text_of(nurse.get(hers(world)))
    assert goes(world, nurse) == hers(world)
    since = "In hospital since Mon 16 Nov 2026"
    held = held_on(world, AT)
    for who, page in (
        ("carer", hers(world)),
        ("carer", f"/homes/{world.code('rose')}"),
        ("nurse", f"/homes/{world.code('rose')}"),
        ("carer", f"/homes/{world.code('rose')}/concerns/new"),
        ("clinician", f"/homes/{world.code('rose')}/worklist"),
        ("clinician", f"/rounds/{held}"),
        ("gp", hers(world)),
        ("gp", "/patients"),
    ):
        assert since in text_of(sign_in(world[who]).get(page)), (who, page)
    assert "In hospital since Mon 16 Nov 2026: Royal Infirmary" in text_of(sign_in(world["carer"]).get(hers(world)))
    found = sign_in(world["coordinator"]).post("/find", {"words": "winifred"}, follow=True)
    assert since in text_of(found)


def test_one_press_is_not_offered_for_her_in_a_round(world: World) -> None:
    goes(world, sign_in(world["nurse"]))
    held = held_on(world, AT)
    page = text_of(sign_in(world["clinician"]).get(f"/rounds/{held}"))
    assert "no change" in page.lower()
    row = page.partition("Achterberg")[2].partition("</li>")[0]
    assert "<form" not in row


def test_back_again_with_the_days_that_follow(world: World, clock: time_machine.Traveller) -> None:
    goes(world, sign_in(world["nurse"]))
    clock.move_to(AT + 3 * DAY)
    client = sign_in(world["nurse"], at=AT + 3 * DAY)
    assert send(client, f"{hers(world)}/hospital/return", **day("back_on", "2026-11-19")).status_code == 422
    to = where(
        send(client, f"{hers(world)}/hospital/return", **day("back_on", "2026-11-19"), how="admitted", words="Letter.")
    )
    page = words_of(client.get(to))
    assert "Since they came back from hospital" in page
    assert "Due Mon 30 Nov 2026" in page
    assert "In hospital since" not in page
    assert "Back from hospital, Thu 19 Nov 2026" in page
    assert client.get(f"{hers(world)}/hospital/return").status_code == 404, "she is not there any more"


def test_news_and_the_two_mistakes(world: World, clock: time_machine.Traveller) -> None:
    client = sign_in(world["nurse"])
    goes(world, client)
    send(client, f"{hers(world)}/hospital/news", words="Eating again.")
    assert "Still in hospital: what was said" in words_of(client.get(hers(world)))
    send(client, f"{hers(world)}/hospital/return", **day("back_on", "2026-11-16"), how="not_admitted")
    send(client, f"{hers(world)}/hospital/return/removal", because="It was Margaret.")
    assert "In hospital since Mon 16 Nov 2026" in text_of(client.get(hers(world)))
    clock.shift(timedelta(minutes=1))
    send(client, f"{hers(world)}/hospital/removal", because="It was Margaret.")
    page = words_of(client.get(hers(world)))
    assert "In hospital since" not in page
    assert "Taken back: gone to hospital" in page


def test_a_return_is_put_right_in_one_form_and_its_words_are_lost_to_nobody(
    world: World, clock: time_machine.Traveller
) -> None:
    """H32: the words stand in the form; taken back they stay readable, and the next form offers them."""
    client, said = sign_in(world["nurse"]), "UTI, nitrofurantoin with her; STOPPED warfarin"
    goes(world, client)
    send(client, f"{hers(world)}/hospital/return", **day("back_on", "2026-11-16"), how="admitted", words=said)
    assert "Put right “back from hospital”" in text_of(client.get(hers(world)))
    form = text_of(client.get(f"{hers(world)}/hospital/return/correction"))
    assert said in form
    assert 'value="admitted" checked' in " ".join(form.split())
    sent = send(
        client,
        f"{hers(world)}/hospital/return/correction",
        **day("back_on", "2026-11-16"),
        how="not_admitted",
        words=said,
        because="Only seen there.",
    )
    assert where(sent) == hers(world)
    page = words_of(client.get(hers(world)))
    assert "They were seen there and not admitted" in page
    assert page.count(said) == 1
    clock.shift(timedelta(minutes=1))
    send(client, f"{hers(world)}/hospital/return/removal", because="Still there.")
    page = words_of(client.get(hers(world)))
    assert f"What was said when they came back, Mon 16 Nov 2026 (taken back or put right since) {said}" in page
    form = text_of(client.get(f"{hers(world)}/hospital/return"))
    assert said in form
    assert client.get(f"{hers(world)}/hospital/return/correction").status_code == 404, "she is not back"


def test_what_the_hospital_said_is_taken_back_on_a_page(world: World, clock: time_machine.Traveller) -> None:
    client = sign_in(world["nurse"])
    goes(world, client)
    assert "Take back what was said" not in text_of(client.get(hers(world)))
    assert client.get(f"{hers(world)}/hospital/news/removal").status_code == 404
    send(client, f"{hers(world)}/hospital/news", words="Eating again.")
    page = f"{hers(world)}/hospital/news/removal"
    assert f'href="{page}"' in text_of(client.get(hers(world)))
    form = text_of(client.get(page))
    key = re.search(r'name="news"[^>]*value="([0-9]+)"', form)
    assert key
    assert send(client, page, because="It was Margaret.").status_code == 422, "which one?"
    clock.shift(timedelta(minutes=1))
    sent = send(client, page, news=key[1], because="It was Margaret.", of_somebody_else="yes")
    assert where(sent) == hers(world)
    shown = words_of(client.get(hers(world)))
    assert "Eating again" not in shown
    assert "Taken back: what was said in hospital It was Margaret." in shown


def test_before_a_death_is_saved_it_says_what_it_ends(world: World) -> None:
    """Also that they are in hospital, and that somebody was to see them."""
    client = sign_in(world["nurse"])
    goes(world, client)
    send(client, f"{hers(world)}/for-the-round", asks="staff", words="Eats little.")
    page = words_of(client.get(f"{hers(world)}/departure"))
    assert "The stay in hospital died, moved to another home, left" in page
    assert "Put forward for the round died, moved to another home, left" in page
