"""Several people put forward on one page: a home prepares its list, all of it or nothing (REQ-36)."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.rounds.models import PutForward
from tests.statements import statements
from tests.web.round_of_rose import crowd, worry
from tests.web.signing_in import sign_in
from tests.web.walking import send, text_of, where, words_of
from tests.world import World

WORDS = "Sleeps badly since Monday."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World, home: str = "rose") -> str:
    return reverse("round_preparing", args=[world.code(home)])


def beside(world: World, **words: str) -> dict[str, str]:
    return {f"why_{world.residents[who]}": said for who, said in words.items()}


@pytest.mark.parametrize("who", ["carer", "nurse", "coordinator"])
def test_two_are_put_forward_and_nobody_else(world: World, who: str) -> None:
    client = sign_in(world[who])
    listed = reverse("worklist", args=[world.code("rose")])
    assert f'href="{address(world)}"' in text_of(client.get(listed))
    sent = send(client, address(world), asks="staff", **beside(world, albert=WORDS, winifred="Her foot is sore."))
    assert where(sent) == listed
    page = words_of(client.get(listed))
    assert "Saved. 2 people are put forward." in page
    assert WORDS in page
    assert sorted(PutForward.objects.values_list("resident__ref", "asks", "words")) == sorted(
        [(world.residents["albert"], "staff", WORDS), (world.residents["winifred"], "staff", "Her foot is sore.")]
    )


def test_everybody_stands_there_in_walking_order_with_what_they_are_on_the_list_for(world: World) -> None:
    worry(world)
    page = words_of(sign_in(world["nurse"]).get(address(world)))
    assert "Margaret Hill, Room 1" in page
    assert "On the list: Somebody is worried" in page
    assert page.index("Room 1") < page.index("Room 2") < page.index("Room 4")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"asks": "staff"}, "Write beside at least one person why they are to be seen."),
        ({"albert": WORDS}, "Choose who asks."),
        ({"asks": "clinician", "albert": WORDS}, "Choose one of the answers on the page."),
        ({"asks": "staff", "albert": WORDS, "winifred": "x" * 501}, "500"),
    ],
)
def test_nothing_is_half_written_and_nothing_typed_is_lost(world: World, sent: dict[str, str], said: str) -> None:
    typed = {name if name == "asks" else f"why_{world.residents[name]}": words for name, words in sent.items()}
    answer = send(sign_in(world["nurse"]), address(world), **typed)
    assert answer.status_code == 422
    assert said in words_of(answer)
    if "albert" in sent:
        assert WORDS in text_of(answer)
    assert not PutForward.objects.exists()


def test_two_with_like_names_are_told_apart(world: World) -> None:
    crowd(world, "rose", 1)
    page = words_of(sign_in(world["nurse"]).get(address(world)))
    assert page.count("could be mixed up: check") == text_of(
        sign_in(world["nurse"]).get(reverse("worklist", args=[world.code("rose")]))
    ).count("Could be mixed up: check")


def test_it_costs_the_same_for_few_and_many(world: World) -> None:
    client = sign_in(world["nurse"])
    client.get(address(world))
    with statements() as few:
        client.get(address(world))
    crowd(world, "rose", 40)
    with statements() as many:
        assert client.get(address(world)).status_code == 200
    assert len(few) == len(many)
