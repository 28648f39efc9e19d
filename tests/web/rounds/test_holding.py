"""What was decided in answer to a concern about somebody else: every page says so beside it, and one asks whether it
holds, with each way out. H1, H34.
"""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.rounds.models import ReviewHolds, Round
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.web.forms import hidden
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import World

SAYS = {
    "answered_not_theirs": "It answered a concern that was about somebody else",
    "answered_in_error": "It answered a concern that was raised in error",
}


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> time_machine.Traveller:
    return clock


def places(world: World) -> list[tuple[str, str]]:
    """Whoever reads what was decided, and where."""
    person, rose = world.residents["winifred"], world.code("rose")
    held, decision = Round.objects.get().ref, Decision.objects.get().ref
    return [
        ("carer", reverse("resident", args=[person])),
        ("nurse", reverse("resident", args=[person])),
        ("clinician", reverse("resident", args=[person])),
        ("carer", reverse("home_today", args=[rose])),
        ("nurse", reverse("home_today", args=[rose])),
        ("clinician", reverse("worklist", args=[rose])),
        ("clinician", reverse("round", args=[held])),
        ("clinician", reverse("decision", args=[decision])),
        ("clinician", reverse("withdrawal", args=[decision])),
        ("nurse", reverse("home_replies", args=[rose])),
        ("gp", reverse("awaiting_reply")),
        ("gp", reverse("reply", args=[Ask.objects.get(decision__ref=decision).ref])),
        ("clinician", reverse("review_holding", args=[held, person])),
    ]


@pytest.mark.parametrize("kind", SAYS)
def test_every_place_says_so_beside_the_decision_until_it_is_said_to_hold(world: World, kind: str) -> None:
    OPEN_THINGS[kind].open(world)
    says = SAYS[kind]
    for who, address in places(world):
        page = words_of(sign_in(world[who]).get(address))
        assert says.lower() in page.lower(), (who, address)
        assert "Thickened fluids only" in page, (who, address)
    person, held = world.residents["winifred"], Round.objects.get().ref
    address, client = reverse("review_holding", args=[held, person]), sign_in(world["clinician"])
    saved = client.post(address, hidden(client.get(address)), follow=True)
    assert "you have looked at it, and it holds" in words_of(saved)
    assert ReviewHolds.objects.count() == 1
    assert client.get(address).headers["Location"] == reverse("round", args=[held])
    for who, place in places(world)[:-1]:
        assert says.lower() not in words_of(sign_in(world[who]).get(place)).lower(), (who, place)


def test_whoever_decided_is_led_to_it_and_from_it_to_each_way_out(world: World) -> None:
    OPEN_THINGS["answered_not_theirs"].open(world)
    person, held = world.residents["winifred"], Round.objects.get().ref
    decision = Decision.objects.get().ref
    here = reverse("review_holding", args=[held, person])
    client = sign_in(world["clinician"])
    for address in (reverse("my_rounds"), reverse("decision", args=[decision]), reverse("round", args=[held])):
        assert here in client.get(address).content.decode(), address
    page = client.get(here).content.decode()
    for way in (reverse("review_moving", args=[held, person]), reverse("withdrawal", args=[decision])):
        assert way in page
    colleague = sign_in(world["lead"]).get(here).content.decode()
    assert reverse("review_moving", args=[held, person]) not in colleague
    for who in ("nurse", "carer"):
        assert here not in sign_in(world[who]).get(reverse("round", args=[held])).content.decode()


def test_what_goes_meanwhile_is_seen_before_it_is_said_to_hold(world: World) -> None:
    """The concern is put back while the form is open: nothing is saved."""
    OPEN_THINGS["answered_not_theirs"].open(world)
    address = reverse("review_holding", args=[Round.objects.get().ref, world.residents["winifred"]])
    client = sign_in(world["clinician"])
    form = hidden(client.get(address))
    removal = reverse("concern_move", args=[Concern.objects.get().ref])
    back = sign_in(world["nurse"])
    sent = hidden(back.get(removal)) | {"to_ref": world.residents["winifred"], "because": "It was hers."}
    assert back.post(removal, sent).status_code == 303
    assert client.post(address, form).status_code != 303
    assert not ReviewHolds.objects.exists()
