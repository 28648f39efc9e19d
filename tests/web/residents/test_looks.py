"""Who has looked: for the home's manager and for information-governance leads, each in their own organisation."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.alignment.actions import align_home
from homeround.ehch.residents.access import reviewed_by
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.words import WAYS_SEEN
from homeround.kernel.models import Look, LookKind
from homeround.web.presenters.looks import PAGES as NAMES
from tests.access.test_pages import PAGES
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


@pytest.fixture
def looked(world: World, clock: time_machine.Traveller) -> str:
    """A carer, a GP and a clinician opened Margaret's page, and the carer the list; a minute later, who has looked."""
    ref = world.residents["margaret"]
    for who in ("carer", "gp", "clinician"):
        sign_in(world[who]).get(f"/residents/{ref}")
    sign_in(world["carer"]).get(f"/homes/{world.code('rose')}")
    clock.shift(timedelta(minutes=1))
    return f"/residents/{ref}/looks"


def test_every_page_about_a_person_has_a_name_for_people() -> None:
    """A page without one would stand in the log's words by the name that the code has for it."""
    assert not {name for name, row in PAGES.items() if row.thing not in {"colleague", "icb"}} - set(NAMES)


def test_each_way_of_looking_has_a_word() -> None:
    assert set(WAYS_SEEN) == set(LookKind)


def test_the_manager_reads_who_looked_and_that_is_written_down(world: World, looked: str) -> None:
    page = words_of(sign_in(world["manager"]).get(looked))
    for words in ("Cora Carer, carer, Rose House Opened: the person’s page", "Grace Poole", "Priya Shah"):
        assert words in page, words
    assert "Shown on a list: today in the home" in page
    assert Look.objects.latest("pk").page == "looks"


def test_a_lead_of_the_network_reads_what_its_own_people_did(world: World, looked: str) -> None:
    page = words_of(sign_in(world["exe_ig"]).get(looked))
    assert "Priya Shah" in page
    assert "Grace Poole" not in page
    assert "Cora Carer" not in page


def test_a_lead_of_the_home_sees_names_and_nothing_else(world: World, looked: str) -> None:
    client = sign_in(world["rose_ig"])
    page = words_of(client.get("/who-looked"))
    assert "Margaret Hill 3 none 3" in page
    assert "Albert Okafor" not in page, "nobody opened his page"
    assert "Grace Poole" in words_of(client.get(looked))
    assert "1938" not in client.get(looked).content.decode()
    assert client.get(f"/residents/{world.residents['margaret']}").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("manager", 200), ("rose_ig", 200), ("exe_ig", 200), ("nurse", 403), ("carer", 403), ("coordinator", 403),
     ("gp", 403), ("ivy_manager", 404), ("icb_ig", 404), ("icb", 404)],
)  # fmt: skip
def test_who_may_read_it(world: World, looked: str, who: str, status: int) -> None:
    assert sign_in(world[who]).get(looked).status_code == status


def test_the_list_is_for_leads_alone(world: World, looked: str) -> None:
    assert sign_in(world["manager"]).get("/who-looked").status_code == 403
    assert "Nobody who acts for" in words_of(sign_in(world["icb_ig"]).get("/who-looked"))


def test_what_others_opened_is_not_denied_by_a_page_that_does_not_show_it(world: World) -> None:
    """A carer opened her record: the PCN's lead, who reviews the PCN's own, must not read that no record was opened."""
    sign_in(world["carer"]).get(f"/residents/{world.residents['margaret']}")
    page = words_of(sign_in(world["exe_ig"]).get("/who-looked"))
    assert "Nobody who acts for Exe PCN opened a record in that time." in page
    assert "What members of other organisations opened, the homes among them, is reviewed there." in page
    looks = words_of(sign_in(world["exe_ig"]).get(f"/residents/{world.residents['albert']}/looks"))
    assert "Nobody who acts for Exe PCN has looked at this record in that time." in looks
    homes = words_of(sign_in(world["rose_ig"]).get("/who-looked"))
    assert "Margaret Hill 1 none 1" in homes
    assert "other organisations" not in homes


def test_ways_of_looking_are_told_apart(world: World, looked: str, clock: time_machine.Traveller) -> None:
    """Opened, on a list (a practice's too), found by a search, refused: each by its own word, from every role."""
    ref = world.residents["margaret"]
    sign_in(world["gp"]).get(reverse("my_patients"))
    sign_in(world["gp"]).get(reverse("awaiting_reply"))
    sign_in(world["coordinator"]).post("/find", {"words": "margaret"}, follow=True)
    sign_in(world["carer"]).get(f"/residents/{ref}/room")
    sign_in(world["clerk"]).get(f"/residents/{ref}/departure")
    sign_in(world["pharmacist"]).get(looked)
    clock.shift(timedelta(minutes=1))
    page = words_of(sign_in(world["manager"]).get(looked))
    for words in (
        "Grace Poole, GP of the registered practice, Mill Practice Shown on a list: the practice’s patients",
        "Amina Yusuf, care coordinator, Exe PCN Found by a search: find a person",
        "Cora Carer, carer, Rose House Refused: nothing was shown: the form for the room",
        "Carl Clerk, practice clerk, Mill Practice Refused: nothing was shown: the form for leaving",
        "Piotr Nowak, clinical pharmacist, Exe PCN Refused: nothing was shown: who has looked",
    ):
        assert words in page, words
    assert "Cora Carer, carer, Rose House Opened: the form for the room" not in page


def test_a_refusal_counts_apart_for_the_lead(world: World, looked: str, clock: time_machine.Traveller) -> None:
    sign_in(world["carer"]).get(f"/residents/{world.residents['albert']}/room")
    clock.shift(timedelta(minutes=1))
    page = words_of(sign_in(world["rose_ig"]).get("/who-looked"))
    assert "Albert Okafor 0 1 1" in page


def test_a_change_that_is_refused_is_a_refusal(world: World) -> None:
    ref = world.residents["margaret"]
    sign_in(world["carer"]).post(f"/residents/{ref}/room", {"room": "9"})
    assert Look.objects.latest("pk").kind == "refused"


def test_a_printed_page_is_told_apart(world: World, looked: str, clock: time_machine.Traveller) -> None:
    client = sign_in(world["nurse"])
    page = client.get(f"/residents/{world.residents['margaret']}").content.decode()
    shown = re.search(r'data-shown="([^"]+)"', page)
    assert shown is not None
    assert client.post("/printed", {"shown": shown[1]}).status_code == 204
    assert sign_in(world["carer"]).post("/printed", {"shown": shown[1]}).status_code == 204, "not their page"
    assert client.post("/printed", {"shown": shown[1] + "x"}).status_code == 204
    assert Look.objects.filter(kind="print").count() == 1
    clock.shift(timedelta(minutes=1))
    page = words_of(sign_in(world["manager"]).get(looked))
    assert "Nell Nurse, home nurse, Rose House Printed: the person’s page" in page


def test_a_page_about_nobody_says_nothing_when_it_is_printed(world: World, looked: str) -> None:
    assert 'data-shown=""' in sign_in(world["nurse"]).get("/my-rights").content.decode()


@pytest.mark.parametrize("change", ["the person left", "another PCN serves the home"])
def test_a_look_is_reviewed_after_the_person_has_gone(world: World, looked: str, change: str) -> None:
    """By the network whose people looked, for as long as the page goes back. H57."""
    if change == "the person left":
        record_departure(
            by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="moved_home", left_on=AT.date()
        )
    else:
        align_home(
            by=world["icb"], at=AT, code=world.code("rose"), pcn_code=None, from_on=AT.date(), agreed_with="all three"
        )
    client = sign_in(world["exe_ig"])
    assert "Margaret Hill" in words_of(client.get("/who-looked"))
    assert client.get(looked).status_code == 200
    long_after = AT + timedelta(weeks=13)
    assert not reviewed_by(viewer=world["exe_ig"], at=long_after).filter(ref=world.residents["margaret"]).exists()
