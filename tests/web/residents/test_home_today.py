"""Today in a home: what is open for whom, in the words of whoever looks; who may not look; what it costs."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from homeround.ehch.decisions.actions import Deciding, decide, reply_to_decision, settle_dispute, withdraw_decision
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import mark_read, raise_concern, record_call
from homeround.ehch.residents.actions import record_departure
from homeround.kernel.audit.noticed import Looks
from tests.web.residents.full_home import cost, fill
from tests.web.round_of_rose import crowd
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World, home: str = "rose") -> str:
    return f"/homes/{world.code(home)}"


def concern(world: World, who: str = "margaret", *, help_now: bool = False) -> str:
    return raise_concern(
        by=world["carer"], at=AT, ref=world.residents[who], words="Not herself today.", help_now=help_now
    )


def test_everybody_who_works_there_lands_on_it(world: World) -> None:
    for who in ("carer", "agency", "nurse", "senior", "manager"):
        assert sign_in(world[who]).get("/", follow=True).redirect_chain[-1][0] == address(world)


def test_names_stand_in_full_and_like_names_are_marked(world: World) -> None:
    page = words_of(sign_in(world["carer"]).get(address(world)))
    assert "Winifred Achterberg-Featherstonehaugh Room 4" in page
    assert "Margaret Hill Room 1 Could be mixed up: check" in page
    assert "Norman Unregistered Room 5 Could be mixed up" not in page


def test_a_concern_is_to_be_phoned_then_unread_then_read_by_name(world: World) -> None:
    client = sign_in(world["carer"])
    urgent = concern(world, "albert", help_now=True)
    waiting = concern(world)
    page = words_of(client.get(address(world)))
    assert page.index("To be phoned now Call 999") < page.index("Albert Okafor") < page.index("Raise a concern")
    assert "Not read yet" in page
    mark_read(by=world["coordinator"], at=AT, ref=waiting)
    mark_read(by=world["coordinator"], at=AT, ref=urgent)
    page = words_of(client.get(address(world)))
    assert "Amina has read this" in page
    assert page.index("To be phoned now Call 999") < page.index("Albert Okafor"), "reading is not phoning"
    record_call(by=world["carer"], at=AT, ref=urgent, service="NHS 111", spoke_to="Sam", words="Doctor by noon")
    page = words_of(client.get(address(world)))
    assert "Help was needed: not answered yet" in page, "a call does not send it down the page"
    assert "“Doctor by noon”" in page


@pytest.mark.parametrize("who", ["carer", "nurse"])
def test_beside_what_waits_stands_when_it_is_read_and_who_to_call_meanwhile(
    world: World, clock: time_machine.Traveller, who: str
) -> None:
    concern(world)
    assert "Concerns are read by the care coordinators of Exe PCN. They are at work now. Margaret Hill" in words_of(
        sign_in(world[who]).get(address(world))
    )
    clock.move_to(AT + timedelta(hours=17))
    waits = "They are next at work today at 09:00. If it cannot wait until then, call NHS 111. Margaret Hill"
    assert waits in words_of(sign_in(world[who]).get(address(world)))


def test_carers_see_the_shorter_page_in_their_own_words(world: World) -> None:
    carer = words_of(sign_in(world["carer"]).get(address(world)))
    nurse = words_of(sign_in(world["nurse"]).get(address(world)))
    assert "For the round: new here" in carer
    for words in ("Mark as done", "Clinical lead", "Somebody moves in", "in calendar days"):
        assert words in nurse, words
        assert words not in carer, words


def test_the_clinical_lead_is_oversight_only(world: World) -> None:
    page = words_of(sign_in(world["nurse"]).get(address(world)))
    assert "Lena Hart, GP. Oversight of the service only: the registered GP is responsible for each person" in page


def test_both_due_dates_and_how_they_are_counted(world: World) -> None:
    page = words_of(sign_in(world["nurse"]).get(address(world)))
    assert "Fri 20 Nov 2026 in calendar days Wed 18 Nov 2026" in page
    assert "Day 0 is the day of arrival, Wed 11 Nov 2026." in page


def test_whom_to_ring_changes_with_the_hour(world: World, clock: time_machine.Traveller) -> None:
    client = sign_in(world["carer"])
    assert "01632 960100 the care coordinators of Exe PCN" in words_of(client.get(address(world)))
    clock.move_to(AT + timedelta(hours=10))
    client = sign_in(world["carer"])
    page = words_of(client.get(address(world)))
    assert "01632 960100" not in page
    assert "111 NHS 111" in page


def test_an_empty_home_says_what_to_do(world: World) -> None:
    for person in ("ivan", "joan"):
        record_departure(by=world["ivy_manager"], at=AT, ref=world.residents[person], kind="left", left_on=AT.date())
    for who, words in (("ivy_manager", "Write down who moves in"), ("ivy_carer", "A nurse, senior or manager writes")):
        page = words_of(sign_in(world[who]).get(address(world, "ivy")))
        assert "Nobody lives here yet." in page
        assert words in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("carer", 200), ("coordinator", 200), ("community", 403), ("ivy_carer", 404), ("tor_coordinator", 404),
     ("gp", 404), ("exe_manager", 403), ("icb", 403), ("stranger", 404)],
)  # fmt: skip
def test_who_may_see_it(world: World, who: str, status: int) -> None:
    assert sign_in(world[who]).get(address(world)).status_code == status


def test_it_costs_the_same_at_any_size(world: World) -> None:
    concern(world)
    client = sign_in(world["nurse"])
    few = cost(client, address(world))
    fill(world, 195)
    many = cost(client, address(world))
    assert len(many) == len(few), many


def test_choosing_the_person_takes_one_page_for_everybody(world: World) -> None:
    client = sign_in(world["carer"])
    page = client.get(f"{address(world)}/concerns/new")
    for ref in (world.residents["margaret"], world.residents["nobody"]):
        assert f'href="/residents/{ref}/concerns/new"' in page.content.decode()
    assert sign_in(world["coordinator"]).get(f"{address(world)}/concerns/new").status_code == 200
    assert sign_in(world["community"]).get(f"{address(world)}/concerns/new").status_code == 403
    assert sign_in(world["ivy_carer"]).get(f"{address(world)}/concerns/new").status_code == 404


def changed(world: World, clock: time_machine.Traveller, what: str) -> None:
    """What the home does for Margaret changes in one of the ways."""
    given: dict[str, Any] = {"by": world["clinician"], "ref": world.residents["margaret"]}
    new = decide(at=AT, decision=Deciding("medicine", "Thickened fluids only", "Coughs.", "x", AT.date(), NEW), **given)
    given["ref"] = new
    if what == "stopped":
        given["ref"] = world.residents["margaret"]
        decide(at=AT, decision=Deciding("medicine", "Normal drinks", "Better.", "", AT.date(), new, True), **given)
    if what == "withdrawn":
        withdraw_decision(at=AT, because="The wrong chart.", **given)
    if what == "settled":
        ask = Ask.objects.get(decision__ref=new).ref
        reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile="Sips of water")
        settle_dispute(at=AT, words="Called.", settled_as="decided", **given)


@pytest.mark.parametrize("who", ["carer", "nurse"])
@pytest.mark.parametrize(
    ("what", "section", "words"),
    [
        ("decided", "New in what we do", "Thickened fluids only"),
        ("stopped", "New in what we do", "“Thickened fluids only” stops"),
        ("settled", "New in what we do", "Not any more: “Sips of water”"),
        ("withdrawn", "Not to be done", "Do not do this, it was withdrawn: “Thickened fluids only”"),
    ],
)
def test_in_a_large_home_what_changed_stands_outside_the_folded_units(
    world: World, clock: time_machine.Traveller, looks: Looks, what: str, section: str, words: str, who: str
) -> None:
    crowd(world, "rose", 25)
    changed(world, clock, what)
    page = words_of(sign_in(world[who]).get(address(world)))
    above = page[: page.index("Go to a room")]
    assert section in above
    assert words in above[above.index(section) :]
    clock.move_to(AT + timedelta(days=3))
    later = words_of(sign_in(world[who]).get(address(world)))
    assert (section in later) == (what == "withdrawn")
