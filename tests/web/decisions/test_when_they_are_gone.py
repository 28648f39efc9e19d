"""About somebody who died or left, every page of a decision says the same to everybody who opens it: what applied when
they went, never what to do now. H27, H32.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import withdraw_decision
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.residents.actions import record_departure
from homeround.kernel.audit.noticed import Looks
from tests.ehch.decisions.deciding import TODAY, Case, lives_in_ivy_lodge_now
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

ORDER, MEANWHILE = "Five mg at night.", "Seven mg at night."
WHILE_HERE, THEN = "Applied when they left or died", "In dispute when they left or died"
ORDERS = (
    "Applies since", "Applies from", "Stopped since", "What the home does now", "do this until it is settled",
    "Until it is settled the home does",
)  # fmt: skip
"""What is said of a decision about somebody who lives there."""


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def _decided(case: Case) -> None:
    case.decide(ORDER)


def _disputed(case: Case) -> None:
    case.decide(ORDER)
    case.dispute(ORDER, MEANWHILE)


def _settled(case: Case) -> None:
    _disputed(case)
    case.settle(ORDER, "meanwhile")


def _asked(case: Case) -> None:
    case.decide(ORDER)
    case.reply(ORDER, "query", words="Since when?")


def _withdrawn(case: Case) -> None:
    case.decide(ORDER)
    withdraw_decision(by=case.world["clinician"], at=AT, ref=case.made[ORDER], because="Wrong chart.")


STATES: dict[str, tuple[Callable[[Case], object], str]] = {
    "applies": (_decided, WHILE_HERE),
    "questioned": (_asked, WHILE_HERE),
    "coming": (lambda case: case.decide(ORDER, from_on=TODAY + timedelta(days=2)), "Had not begun when they left or"),
    "in dispute": (_disputed, THEN),
    "settled otherwise": (_settled, "Does not apply as it was decided: settled otherwise"),
    "withdrawn": (_withdrawn, "Withdrawn"),
}
VIEWERS = ("gp", "gp_colleague", "clinician", "coordinator", "lead", "nurse", "manager")


def pages_of(who: str) -> list[str]:
    """The pages about the one decision that somebody may open."""
    found, ask = Decision.objects.get(), Ask.objects.get()
    pages = [reverse("decision", args=[found.ref])]
    if who.startswith("gp"):
        pages.append(reverse("reply", args=[ask.ref]))
    if who in {"gp", "gp_colleague", "clinician", "lead"}:
        pages.append(reverse("settlement", args=[found.ref]))
    if who in {"gp", "clinician"}:
        pages.append(reverse("news", args=[found.ref]))
    if who in {"clinician", "coordinator", "lead"}:
        pages.append(reverse("query_answer", args=[found.ref]))
    return pages


@pytest.mark.parametrize("kind", ["died", "left", "moved_home"])
@pytest.mark.parametrize("state", STATES)
def test_everybody_reads_the_same(world: World, clock: time_machine.Traveller, state: str, kind: str) -> None:
    come, said = STATES[state]
    come(Case(world))
    record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind=kind, left_on=TODAY)
    clock.shift(timedelta(days=3))
    for who in VIEWERS:
        client = sign_in(world[who])
        for page in pages_of(who):
            words = words_of(client.get(page))
            assert said in words, (who, page)
            assert not [order for order in ORDERS if order in words], (who, page)


@pytest.mark.parametrize("kind", ["died", "left", "moved_home"])
@pytest.mark.parametrize("who", VIEWERS)
def test_the_page_of_the_person_gives_no_order(world: World, who: str, kind: str) -> None:
    _disputed(Case(world))
    page = reverse("resident", args=[world.residents["margaret"]])
    assert "do this until it is settled" in words_of(sign_in(world[who]).get(page))
    record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind=kind, left_on=TODAY)
    words = words_of(sign_in(world[who]).get(page))
    assert "do this until it is settled" not in words
    assert f"{THEN} {MEANWHILE}" in words


@pytest.mark.parametrize("who", VIEWERS)
def test_of_somebody_who_lives_there_it_applies(world: World, who: str) -> None:
    _decided(Case(world))
    words = words_of(sign_in(world[who]).get(reverse("decision", args=[Decision.objects.get().ref])))
    assert "Applies since Mon 16 Nov 2026" in words
    assert WHILE_HERE not in words


@pytest.mark.parametrize(
    ("who", "says"),
    [("gp", "Applies since"), ("tor_clinician", "Applies since"), ("nurse", WHILE_HERE), ("clinician", WHILE_HERE)],
)
def test_who_moved_to_a_home_that_is_known_here_lives_there(world: World, who: str, says: str) -> None:
    """For the practice and the PCN of now it applies; for those of before it did."""
    _decided(Case(world))
    lives_in_ivy_lodge_now(world, world.residents["margaret"], AT)
    words = words_of(sign_in(world[who]).get(reverse("decision", args=[Decision.objects.get().ref])))
    assert says in words


@pytest.mark.parametrize("kind", ["died", "left"])
def test_before_a_reply_the_practice_reads_that_nobody_does_it(world: World, kind: str) -> None:
    _decided(Case(world))
    page = reverse("reply", args=[Ask.objects.get().ref])
    stands = "Your reply stands in their record."
    assert stands not in words_of(sign_in(world["gp"]).get(page))
    record_departure(by=world["nurse"], at=AT, ref=world.residents["margaret"], kind=kind, left_on=TODAY)
    assert stands in words_of(sign_in(world["gp"]).get(page))
