"""A decision in dispute shows what applies until it is settled wherever the decision is read. H27."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import Deciding, reply_to_decision, settle_dispute
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.words import NEW, SettledAs
from homeround.ehch.rounds.actions import Reviewing, close_round, open_round, record_review
from tests.web.signing_in import sign_in
from tests.world import AT, World

MEANWHILE = "Drinks at meals only."
AGREED = {"settled_as": SettledAs.OTHERWISE, "from_now_on": "A drink every two hours."}


@pytest.fixture
def held(world: World, clock: time_machine.Traveller) -> str:
    """A closed round whose one decision the registered GP does not adopt."""
    ref = open_round(
        by=world["clinician"],
        at=AT,
        code=world.code("rose"),
        mode="in_person",
        home_representative="Nell Nurse",
        medical_input="Dr Hart",
    )
    decision = Deciding("plan", "Offer a drink every hour.", "Dry.", "nothing", AT.date(), replaces=NEW)
    review = Reviewing(how="in_person", outcome="plan_changed", decision=decision)
    record_review(by=world["clinician"], at=AT, ref=ref, person=world.residents["margaret"], review=review)
    close_round(by=world["clinician"], at=AT, ref=ref)
    reply_to_decision(
        by=world["gp"], at=AT, ref=Ask.objects.get().ref, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE
    )
    return ref


def pages(world: World, held: str) -> dict[str, str]:
    return {
        "round": reverse("round", args=[held]),
        "home_today": reverse("home_today", args=[world.code("rose")]),
        "resident": reverse("resident", args=[world.residents["margaret"]]),
        "decision": reverse("decision", args=[Decision.objects.get().ref]),
    }


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("nurse", "round"),
        ("carer", "round"),
        ("nurse", "home_today"),
        ("carer", "home_today"),
        ("nurse", "resident"),
        ("nurse", "decision"),
    ],
)
def test_what_applies_meanwhile_stands_beside_the_decision(world: World, held: str, who: str, page: str) -> None:
    client = sign_in(world[who], at=AT)
    address = pages(world, held)[page]
    assert MEANWHILE in client.get(address).content.decode()
    settle_dispute(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, words="Agreed by phone.", **AGREED)
    if page != "decision":  # its own page keeps everything that was said
        assert "Until it is settled:" not in client.get(address).content.decode()


def test_what_the_home_does_from_now_on_is_what_applies_meanwhile(world: World, held: str) -> None:
    page = sign_in(world["nurse"], at=AT).get(pages(world, held)["round"]).content.decode()
    box = page[page.index("The home does from now on") : page.index("Registered GPs are asked")]
    assert box.index("In dispute: do this until it is settled") < box.index(MEANWHILE)
    assert box.index(MEANWHILE) < box.index("Not this, it is disputed:") < box.index("Offer a drink every hour.")
    assert "n dispute" in page[page.index("Registered GPs are asked") :]
    settle_dispute(by=world["clinician"], at=AT, ref=Decision.objects.get().ref, words="Agreed by phone.", **AGREED)
    page = sign_in(world["nurse"], at=AT).get(pages(world, held)["round"]).content.decode()
    assert "In dispute" not in page
    assert "Was in dispute, settled" in page[page.index("Registered GPs are asked") :]
