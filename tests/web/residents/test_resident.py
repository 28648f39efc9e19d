"""The page of one person: what is open, where decisions stand with the registered GP, and what is not held here."""

import re
from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.decisions.actions import Asking, Deciding, ask_follow_up, decide, reply_to_decision
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.actions import record_departure, register_with
from homeround.ehch.residents.actions.registering import Registering
from homeround.kernel.models import Look
from homeround.kernel.record.nhs_number import shown
from tests.access.people import LINES
from tests.ehch.residents.arriving import come, leave
from tests.web.residents.full_home import cost, fill
from tests.web.round_of_rose import begin, change_plan
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def page_of(world: World, who: str, person: str = "margaret") -> str:
    return words_of(sign_in(world[who]).get(f"/residents/{world.residents[person]}"))


def decided(world: World, person: str = "margaret") -> str:
    decision = Deciding(
        kind="plan", decided="Offer a drink every hour.", because="Dry.", before="Drinks at meals.",
        in_force_from_on=AT.date(), replaces=NEW,
    )  # fmt: skip
    return decide(by=world["clinician"], at=AT, ref=world.residents[person], decision=decision)


def test_a_round_is_a_link_for_those_alone_who_read_rounds(world: World) -> None:
    change_plan(world, begin(world))
    for line in LINES:
        client = sign_in(world[line.own])
        page = client.get(f"/residents/{world.residents['margaret']}").content.decode()
        refused = [link for link in re.findall(r'href="(/rounds/\w+)"', page) if client.get(link).status_code != 200]
        assert not refused, line.words


def test_it_says_what_it_does_not_hold(world: World) -> None:
    for who in ("carer", "nurse", "clinician", "gp", "clerk"):
        page = page_of(world, who)
        assert "Allergies, medicines, CPR and treatment decisions Not held in Homeround." in page, who


def test_the_banner_stands_above_it(world: World) -> None:
    page = text_of(sign_in(world["carer"]).get(f"/residents/{world.residents['margaret']}"))
    banner = page.partition("data-banner")[2].partition("</aside>")[0]
    for words in ("Margaret Hill", "Sun 27 Mar 1938", "(88)", shown("9990000018"), "Room 1", "Mill Practice"):
        assert words in banner, words
    assert "Margaret Hall" in banner, "whose name is alike"


def test_nobody_responsible_is_said_on_top(world: World) -> None:
    page = page_of(world, "nurse", "nobody")
    assert "No GP practice is known for this person." in page
    assert "No GP practice is known" not in page_of(world, "nurse", "margaret")


def test_a_decision_stands_as_not_yet_answered_until_the_gp_says_something(world: World) -> None:
    decided(world)
    assert "Not yet answered Offer a drink every hour." in page_of(world, "nurse")
    reply_to_decision(by=world["gp"], at=AT, ref=Ask.objects.get().ref, kind="read")
    assert "Read by the GP Offer a drink every hour." in page_of(world, "nurse")


def test_silence_becomes_overdue_and_never_consent(world: World, clock: time_machine.Traveller) -> None:
    decided(world)
    clock.shift(timedelta(days=8))
    assert "Not yet answered, overdue Offer a drink" in page_of(world, "nurse")


def test_a_dispute_says_what_applies_meanwhile(world: World) -> None:
    decided(world)
    reply_to_decision(
        by=world["gp"], at=AT, ref=Ask.objects.get().ref, kind="do_not_adopt", words="Heart failure.",
        meanwhile="Fluids as before.",
    )  # fmt: skip
    page = page_of(world, "clinician")
    assert "In dispute Offer a drink every hour. What applies meanwhile: Fluids as before." in page


def test_without_a_practice_there_is_nobody_to_ask(world: World) -> None:
    decided(world)
    register_with(by=world["nurse"], at=AT, ref=world.residents["margaret"], registration=Registering("not_known"))
    assert "Nobody to ask: no practice known" in page_of(world, "nurse")


def test_of_the_dead_is_said_what_applied_and_not_what_we_do_now(world: World) -> None:
    decided(world)
    record_departure(
        by=world["nurse"],
        at=AT,
        ref=world.residents["margaret"],
        kind="died",
        left_on=AT.date() - timedelta(days=2),
        sure=True,
    )
    page = page_of(world, "carer")
    assert "What applied when they died Offer a drink" in page
    assert "What we do for" not in page
    whole = text_of(sign_in(world["nurse"]).get(f"/residents/{world.residents['margaret']}"))
    assert "died Sat 14 Nov 2026 (written down Mon 16 Nov 2026)" in whole


def test_who_is_not_coming_was_expected(world: World) -> None:
    ref = come(world, "expected")
    leave(world, ref, "not_coming", at=AT)
    whole = text_of(sign_in(world["nurse"]).get(f"/residents/{ref}"))
    assert "was expected in Rose House, called off Mon 16 Nov 2026" in whole
    assert "Take back “is not coming”: a mistake" in whole


def test_carers_read_what_we_do_now_and_what_is_to_be_done_and_that_the_rest_is_for_others(world: World) -> None:
    decided(world)
    asking = Asking("Weigh her", "home", AT.date() + timedelta(days=2))
    ask_follow_up(by=world["nurse"], at=AT, ref=world.residents["margaret"], asking=asking)
    page = page_of(world, "carer")
    assert "Due Wed 18 Nov 2026 Weigh her" in page
    assert "What we do for Margaret Hill now Offer a drink" in page
    assert "Decisions, and what the registered GP said" not in page
    assert "are for nurses, seniors and clinicians: ask them" in page
    assert "Mark the assessment" not in page
    assert "Mark the assessment" in page_of(world, "nurse")


def test_a_clerk_sees_who_it_is_and_nothing_of_how_they_live(world: World) -> None:
    raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Grey.", help_now=False)
    page = page_of(world, "clerk")
    assert "Grey." not in page
    assert "are for the clinicians of your practice. They are not shown here." in page
    assert "Grey." in page_of(world, "gp")


def test_a_former_home_sees_its_own_stay_and_changes_nothing(world: World, clock: time_machine.Traveller) -> None:
    ref = world.residents["margaret"]
    assert "Raise a concern" in page_of(world, "nurse")
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="left", left_on=AT.date())
    page = page_of(world, "nurse")
    assert "Raise a concern" not in page
    assert "Change the room" not in page
    assert "Left, Mon 16 Nov 2026" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("carer", 200), ("agency", 200), ("coordinator", 200), ("gp", 200), ("clerk", 200), ("community", 200),
     ("outside_gp", 404), ("ivy_nurse", 404), ("tor_lead", 404), ("exe_manager", 404), ("icb", 404), ("rose_ig", 404),
     ("admin", 404), ("co_opted", 404)],
)  # fmt: skip
def test_who_may_see_it(world: World, who: str, status: int) -> None:
    assert sign_in(world[who]).get(f"/residents/{world.residents['margaret']}").status_code == status


def test_the_co_opted_see_the_one_they_were_asked_for(world: World) -> None:
    assert sign_in(world["co_opted"]).get(f"/residents/{world.residents['albert']}").status_code == 200


def test_it_costs_at_most_twelve_statements_at_any_size(world: World) -> None:
    ref = world.residents["margaret"]
    for number in range(3):
        raise_concern(by=world["carer"], at=AT, ref=ref, words=f"Concern {number}", help_now=False)
    decided(world)
    client = sign_in(world["nurse"])
    few = cost(client, f"/residents/{ref}")
    assert len(few) <= 12, few
    fill(world, 195)
    assert len(cost(client, f"/residents/{ref}")) == len(few)


def test_the_look_is_written_down(world: World) -> None:
    page_of(world, "carer")
    look = Look.objects.get()
    assert (look.page, look.ground, look.user_id) == ("resident", "LIVES_HERE", world["carer"].user_id)
