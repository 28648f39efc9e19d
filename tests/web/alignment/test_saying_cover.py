"""Cover is said on pages: which PCN, who leads, who is on the MDT, when somebody is at work; and is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import align_home, take_back_alignment
from homeround.ehch.alignment.models import HoursStart, StartTakenBack
from homeround.ehch.alignment.queries import alignments_of, cover_of, leads_of, mdt_of
from homeround.ehch.deterioration.actions import answer_concern
from homeround.kernel.audit.noticed import Looks
from homeround.web.first_page import first_page_of
from tests.web.round_of_rose import begin, worry
from tests.web.signing_in import sign_in
from tests.web.walking import send, text_of, words_of
from tests.world import AT, BEFORE, World

pytestmark = pytest.mark.usefixtures("clock")


def on(day_from_now: int = 0) -> dict[str, str]:
    """The boxes of a day."""
    day = (AT + timedelta(days=day_from_now)).date()
    return {"from_on-day": str(day.day), "from_on-month": str(day.month), "from_on-year": str(day.year)}


def home_of(world: World, page: str, who: str) -> tuple[Client, str]:
    return sign_in(world[who], at=AT), f"/homes/{world.code('rose')}/{page}"


class TestAlignment:
    def test_a_home_goes_to_no_pcn_tomorrow(self, world: World) -> None:
        client, page = home_of(world, "alignment", "icb")
        assert "Exe PCN" in text_of(client.get(page))
        saved = send(client, page, pcn_code="none", agreed_with="home and ICB", **on(1))
        assert saved.status_code == 303
        shown = text_of(client.get(page))
        assert "No PCN" in shown
        assert "agreed with: home and ICB" in shown

    def test_today_it_asks_about_the_open_round(self, world: World) -> None:
        begin(world)
        client, page = home_of(world, "alignment", "icb")
        refused = send(client, page, pcn_code="none", agreed_with="home and ICB", **on())
        assert refused.status_code == 422
        assert "Priya Shah has had a round open here" in text_of(refused)
        assert "finished today by whoever leads it" in text_of(refused)
        saved = send(client, page, pcn_code="none", agreed_with="home and ICB", despite_round="yes", **on())
        assert saved.status_code == 303

    def test_in_error_the_one_before_holds_again(self, world: World) -> None:
        client, page = home_of(world, "alignment", "icb")
        send(client, page, pcn_code="none", agreed_with="home and ICB", **on())
        error = f"{page}/{AT.date().isoformat()}/error"
        assert "Exe PCN" in text_of(client.get(error))
        assert send(client, error, because="The wrong home.").status_code == 303
        assert cover_of(world.bodies["rose"].pk, AT).pcn_name == "Exe PCN"
        assert StartTakenBack.objects.get().because == "The wrong home."
        assert "Entered in error: The wrong home. (" in words_of(client.get(page)), "it stays to be seen as taken back"
        assert client.get(error).status_code == 404, "it is taken back once"

    @pytest.mark.parametrize(
        ("who", "page"), [("coordinator", "my_homes"), ("clinician", "my_rounds"), ("exe_manager", "our_pcn")]
    )
    def test_whose_home_it_was_reads_that_it_was_an_error(self, world: World, who: str, page: str) -> None:
        client, alignment = home_of(world, "alignment", "icb")
        send(client, alignment, pcn_code="none", agreed_with="home and ICB", **on())
        args = [world.bodies["exe"].code] if page == "our_pcn" else []
        theirs = sign_in(world[who], at=AT)
        assert "is no longer ours" in words_of(theirs.get(reverse(page, args=args)))
        send(client, f"{alignment}/{AT.date().isoformat()}/error", because="The wrong home.")
        found = words_of(theirs.get(reverse(page, args=args)))
        assert "Entered in error, and taken back: that Rose House is no longer ours" in found
        assert "The wrong home." in found

    @pytest.mark.parametrize("day", ["2020-02-30", "yesterday", "1999-01-01"])
    def test_a_day_on_which_nothing_began_is_not_here(self, world: World, day: str) -> None:
        client, page = home_of(world, "alignment", "icb")
        assert client.get(f"{page}/{day}/error").status_code == 404

    def test_what_another_organisation_wrote_is_not_offered(self, world: World) -> None:
        client, page = home_of(world, "alignment", "icb")
        send(client, page, pcn_code="none", agreed_with="home and ICB", **on())
        mine, before = alignments_of(see_home(viewer=world["other_icb"], code=world.code("rose"), at=AT))
        assert not mine.is_ours
        assert not before.is_ours
        other = sign_in(world["other_icb"], at=AT)
        assert "Entered in error" not in text_of(other.get(page))
        assert send(other, f"{page}/{AT.date().isoformat()}/error", because="Mine.").status_code == 403


class TestLead:
    def test_nobody_leads_and_then_she_does_again(self, world: World) -> None:
        client, page = home_of(world, "lead", "exe_manager")
        assert send(client, page, lead="nobody", **on()).status_code == 303
        assert cover_of(world.bodies["rose"].pk, AT).lead_name == ""
        error = f"{page}/{AT.date().isoformat()}/error"
        assert "Lena Hart" in text_of(client.get(error))
        assert send(client, error, because="I meant another home.").status_code == 303
        assert cover_of(world.bodies["rose"].pk, AT).lead_name == "Lena Hart"
        history = leads_of(see_home(viewer=world["exe_manager"], code=world.code("rose"), at=AT))
        assert [bool(line.taken_back) for line in history] == [True, False]


class TestMdt:
    def test_somebody_gets_a_place_and_it_ends(self, world: World) -> None:
        client, page = home_of(world, "mdt", "exe_manager")
        assert send(client, page, username="stranger", core="no").status_code == 303
        member = world["stranger"].membership_id
        assert "Stig Stranger" in text_of(client.get(page))
        assert send(client, f"{page}/{member}/end").status_code == 303
        home = see_home(viewer=world["exe_manager"], code=world.code("rose"), at=AT)
        assert [place.name for place in mdt_of(home)] == ["Kit Speech"]

    @pytest.mark.parametrize(("username", "words"), [("nobody", "Nobody who can"), ("community", "already")])
    def test_who_cannot_is_said_at_the_field(self, world: World, username: str, words: str) -> None:
        client, page = home_of(world, "mdt", "exe_manager")
        refused = send(client, page, username=username, core="no")
        assert refused.status_code == 422
        assert words in text_of(refused)


class TestHours:
    week = {"monday": "09:00 to 12:30, 13:00 to 17:00", "tuesday": "9.00-17.00"}
    numbers = {"phone": "01632 960111", "otherwise": "NHS 111", "otherwise_phone": "111"}

    def test_a_manager_says_when_the_home_is_at_work(self, world: World) -> None:
        client = sign_in(world["manager"], at=AT)
        sent = {"role": "everybody", **self.week, **self.numbers, **on()}
        assert send(client, "/hours", **sent).status_code == 303
        assert HoursStart.objects.get(body=world.bodies["rose"]).week == [
            [0, "09:00", "12:30"],
            [0, "13:00", "17:00"],
            [1, "09:00", "17:00"],
        ]
        assert "09:00 to 12:30, 13:00 to 17:00" in text_of(client.get("/hours"))

    @pytest.mark.parametrize(
        ("day", "typed"), [("monday", "mornings"), ("friday", "9 to 5"), ("sunday", "25:00 to 26:00")]
    )
    def test_what_cannot_be_read_is_said_at_the_day(self, world: World, day: str, typed: str) -> None:
        client = sign_in(world["manager"], at=AT)
        refused = send(client, "/hours", **{"role": "everybody", day: typed, **self.numbers, **on()})
        assert refused.status_code == 422
        assert typed in refused.content.decode()
        assert not HoursStart.objects.filter(body=world.bodies["rose"]).exists()

    def test_in_error_those_before_hold_again(self, world: World) -> None:
        client = sign_in(world["exe_manager"], at=AT)
        assert send(client, "/hours", **{"role": "coordinator", **self.week, **self.numbers, **on()}).status_code == 303
        error = f"/hours/{world.code('exe')}/coordinator/{AT.date().isoformat()}/error"
        assert send(client, error, because="Next month.").status_code == 303
        assert [start.from_on for start in HoursStart.objects.filter(body=world.bodies["exe"])] == [BEFORE.date()]


def test_those_who_are_covered_and_cover_read_it_before_another_pcn_serves_the_home(world: World) -> None:
    """On their first pages; taken back, they read that it was an error. REQ-01; H24."""
    day, rose = AT.date() + timedelta(days=10), world.code("rose")
    align_home(by=world["icb"], at=AT, code=rose, pcn_code=None, from_on=day, agreed_with="all three")
    leaves = "From Thu 26 Nov 2026 Rose House is no longer ours: no PCN serves it."
    names = ("coordinator", "clinician", "pharmacist", "lead", "exe_manager")
    pages = {name: words_of(sign_in(world[name]).get(first_page_of(world[name]))) for name in names}
    assert [name for name, page in pages.items() if leaves not in page] == []
    assert "Exe PCN. From Thu 26 Nov 2026: no PCN" in words_of(sign_in(world["nurse"]).get(f"/homes/{rose}"))
    take_back_alignment(by=world["icb"], at=AT, code=rose, from_on=day, because="Next month.")
    page = words_of(sign_in(world["lead"]).get(first_page_of(world["lead"])))
    assert leaves not in page
    assert "Entered in error, and taken back: that Rose House is no longer ours from Thu 26 Nov 2026." in page


def test_what_a_pcn_answered_that_never_served_the_home_waits_again(
    world: World, looks: Looks, clock: time_machine.Traveller
) -> None:
    """For the one that does serve it, and the home reads that it is not to be done. H3, H24."""
    concern, rose, then = worry(world), world.code("rose"), AT + timedelta(days=1)
    align_home(by=world["icb"], at=AT, code=rose, pcn_code=None, from_on=AT.date(), agreed_with="both")
    given = {"by": world["other_icb"], "at": then, "code": rose, "from_on": then.date()}
    align_home(pcn_code=world.code("tor"), agreed_with="both", **given)  # type: ignore[arg-type]
    answer_concern(by=world["tor_coordinator"], at=then, ref=concern, words="Wait till Monday.")
    take_back_alignment(because="The wrong home.", **given)  # type: ignore[arg-type]
    clock.move_to(then + timedelta(hours=1))
    page = words_of(sign_in(world["nurse"]).get(f"/homes/{rose}"))
    assert "Do not do this, the answer was taken back: “Wait till Monday.”" in page
    assert "opened again, not answered now" in page
