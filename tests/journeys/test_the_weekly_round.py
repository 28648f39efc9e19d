"""The weekly round of a real home, walked in a browser from moving in to what came of it, by everybody who has a part.

Homes, network and practices are those of the official files, residents and staff are invented. Every kind of page is
looked at on the way: accessible at two widths, quiet in the console (tests/journeys/somebody.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, expect

from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.calendar.times import london_date, shown_date
from homeround.kernel.calendar.working_days import due_after
from homeround.kernel.record import nhs_number
from tests.journeys.at_home import Carer, HomeManager, Newcomer
from tests.journeys.at_the_practice import Gp
from tests.journeys.conftest import READABLE
from tests.journeys.in_the_network import Change, Coordinator, RoundClinician
from tests.journeys.serving import Demo, served_demo
from tests.journeys.somebody import TAKES_PICTURES, Looked, Somebody
from tests.open_data import CQC_CSV, official

Kind = TypeVar("Kind", bound=Somebody)

NUMBER = nhs_number.made(5000)
WITH_A_SLIP = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
WORRY = "Did not want her breakfast and holds her side."
FALL = "Fell by the bed, awake, says that her hip hurts."
FOLLOW_UP = "Weigh her every Monday and write it down here."
SMALL_MEALS = Change(
    "Plan changed", "Three meals a day.", "Small meals every two hours, favourite food first.", "Eats very little."
)
FEWER_TABLETS = Change(
    "Medicine changed", "Sedative every night.", "Half the sedative for two weeks, then none.", "Drowsy until noon."
)
MEANWHILE = "Three meals a day as before, and a drink between them."


@dataclass
class Town:
    """The served demo: its address, the home the round is of, everybody who has signed in."""

    demo: Demo
    browser: Browser
    home: str
    home_code: str
    outside: str
    """The code of a practice outside the network that serves the home."""
    inside: str
    """The name of another practice of that network."""
    password: str
    looked: Looked = field(default_factory=Looked)
    came: list[Somebody] = field(default_factory=list)

    def lets_in(self, kind: type[Kind], username: str) -> Kind:
        """Somebody signs in at a device of their own."""
        person = kind(self.browser, self.demo.site, self.looked)
        self.came.append(person)
        person.signs_in(username, self.password)
        return person


@pytest.fixture(scope="module")
def town(browser: Browser) -> Iterator[Town]:
    """The demo on the official files, served for the tests of this module; pictures show invented places only."""
    open_data = None if TAKES_PICTURES else official(CQC_CSV).parents[1]
    with served_demo(open_data) as demo:
        place = {one["username"]: one["place"] for one in demo.listed["people"]}
        home = place["kai"]
        code = next(one["code"] for one in demo.listed["homes"] if one["name"] == home)
        bodies = demo.installation.rows("SELECT name, code FROM directory_body")
        [outside] = [code for name, code in bodies if name == place["omar"]]
        password = demo.listed["people"][0]["password"]
        town = Town(demo, browser, home, code, outside, place["gil"], password)
        yield town
        for person in town.came:
            person.device.close()


@pytest.mark.skipif(TAKES_PICTURES, reason="pictures show invented places")
def test_the_demo_stands_on_real_places_of_devon(town: Town) -> None:
    """Residents and staff stay made up."""
    demo = town.demo
    assert len(demo.listed["homes"]) == 5
    assert not [home for home in demo.listed["homes"] if home["code"].startswith("1-99000")]
    places = {person["role"]: person["place"] for person in demo.listed["people"]}
    assert places["ICB officer"] == "NHS Devon Integrated Care Board"
    assert places["care coordinator"].endswith("PCN")
    lived_in = "SELECT DISTINCT local_authority FROM directory_carehome JOIN residents_stay ON body_id = home_id"
    assert demo.installation.rows(lived_in) == [("Devon",)]
    numbers = "SELECT count(*) FROM residents_identityclaim WHERE number <> '' AND number NOT LIKE '999%'"
    assert demo.installation.rows(numbers) == [(0,)]
    assert demo.installation.run("verify-audit").returncode == 0


def test_the_weekly_round_from_moving_in_to_what_came_of_it(town: Town) -> None:
    """The whole path, each step by whoever does it."""
    rose = Newcomer("Rosina", "Trewin", date(1961, 5, 12), NUMBER, "8", town.outside)
    lee, kai = town.lets_in(HomeManager, "lee"), town.lets_in(Carer, "kai")
    amina, priya, omar = (
        town.lets_in(Coordinator, "amina"),
        town.lets_in(RoundClinician, "priya"),
        town.lets_in(Gp, "omar"),
    )
    address = a_home_manager_moves_somebody_in(lee, rose)
    a_carer_raises_a_concern_and_sees_who_reads_it(kai, rose)
    neighbour = a_carer_gets_help_now_and_moves_it_to_the_right_person(kai, rose)
    the_coordinator_reads_it_and_the_carer_sees_who_did(amina, kai)
    the_worklist_states_its_order(amina, rose, town)
    the_clinician_holds_the_round(priya, rose, neighbour, town)
    a_gp_outside_the_network_asks_and_does_not_adopt(omar, priya, lee, rose, address, town)
    a_gp_says_not_our_patient_and_the_right_practice_gets_it(amina, neighbour, town)
    lee.does(FOLLOW_UP, "51.2 kg, half a kilogram more than when she came.")
    the_lead_sees_that_it_ran(town)
    the_icb_sees_the_service_and_no_person(rose, address, town)
    the_ig_lead_sees_who_looked(rose, town)
    for person in town.came:
        assert person.page.evaluate(READABLE) == ["{}", "{}", ""], person.role
    assert not town.looked.wrong


def a_home_manager_moves_somebody_in(lee: HomeManager, rose: Newcomer) -> str:
    """A slip in the number first: nothing typed is lost; then both due dates. Gives the address of the person."""
    lee.sees("Today in")
    lee.is_pictured("home-today")
    lee.begins_to_move_in(rose, WITH_A_SLIP)
    lee.finds_it_kept(rose)
    lee.writes("NHS number", rose.nhs_number)
    lee.presses("Save")
    today = london_date(datetime.now(UTC))
    due = due_after(today, calendar=ENGLAND)
    lee.sees("Lives here now", rose.name, shown_date(due.on), shown_date(today + timedelta(days=7)))
    lee.is_pictured("moved-in")
    lee.marks_assessment_done()
    lee.sees(rose.name, f"Done {shown_date(today)}", "working day")
    return lee.path


def a_carer_raises_a_concern_and_sees_who_reads_it(kai: Carer, rose: Newcomer) -> None:
    """At most four touches from the open page to the saved concern; before and after it says who reads it, and when."""
    kai.sees("Today in")
    kai.is_pictured("carer-today", narrow=True)
    kai.begins_a_concern(rose.name)
    reads = kai.main.locator(".hr-reads")
    expect(reads).to_contain_text(re.compile(r"Concerns are read by the care coordinators of .+ at work"))
    taps = kai.counts_taps()
    kai.raises(WORRY, help_now=False)
    kai.sees("Concern about", "Concern saved for", rose.name, WORRY, "at work")
    assert 0 < len(taps) <= 4


def a_carer_gets_help_now_and_moves_it_to_the_right_person(kai: Carer, rose: Newcomer) -> str:
    """Who to call stands first; it was saved on somebody else, whose name this gives."""
    kai.begins_a_concern("Room 3")
    expect(kai.main.get_by_role("button", name="Yes, now")).to_be_in_viewport()
    kai.raises(FALL, help_now=True)
    kai.sees("Write down who you spoke to", "Call now", "Concern saved for")
    first_link = kai.main.get_by_role("link").first
    expect(first_link).to_contain_text("Call 999")
    kai.is_pictured("ring-now", narrow=True)
    wrong = kai.main.locator(".hr-saved__person").inner_text()
    assert wrong != rose.name
    kai.moves_it_to(rose.name)
    kai.sees("Concern about", "Nobody has written down yet who was spoken to", "Concern saved for", rose.name, FALL)
    kai.follows("I called: write down who I spoke to")
    kai.sees("Write down who you spoke to")
    kai.writes_down_the_call("NHS 111", "a nurse", "Keep her still, a doctor rings back within the hour.")
    kai.sees("Concern about", "Called NHS 111, spoke to a nurse")
    return wrong


def the_coordinator_reads_it_and_the_carer_sees_who_did(amina: Coordinator, kai: Carer) -> None:
    """Never only that somebody has."""
    amina.goes_home()
    amina.sees("This week", WORRY, FALL, "Help was called, not answered by the PCN", "called NHS 111, spoke to a nurse")
    amina.is_pictured("coordinator-week")
    amina.reads(WORRY)
    kai.goes_home()
    kai.sees("Today in", "Amina has read this")


def the_worklist_states_its_order(amina: Coordinator, rose: Newcomer, town: Town) -> None:
    """Must before should before consider; everybody without a reason stands below."""
    amina.opens(f"/homes/{town.home_code}/worklist")
    amina.sees("Who needs seeing in", rose.name, "must, then should, then consider", "Everybody else")
    order = ["must", "should", "consider"]
    strengths = [one.lower() for one in amina.strengths]
    assert strengths == sorted(strengths, key=order.index)
    assert strengths[0] == "must"
    amina.is_pictured("worklist")


def the_clinician_holds_the_round(priya: RoundClinician, rose: Newcomer, neighbour: str, town: Town) -> None:
    """Open it, see people, decide, ask for something, answer the concerns, close it."""
    priya.goes_home()
    priya.sees("My rounds")
    priya.opens_the_round(town.home)
    priya.is_pictured("round")
    priya.reviews(rose.name, "Tender on the left, no fever. Ring us if she is sick.", SMALL_MEALS, FOLLOW_UP)
    priya.reviews(neighbour, "Sleepy all morning, steady on his feet.", FEWER_TABLETS)
    priya.reviews_whoever_must_be("Seen with Kai; nothing new.")
    priya.sees_somebody_without_change()
    priya.closes_the_round("Thank you for a quick round.")
    priya.sees("Round of", SMALL_MEALS.decided, FOLLOW_UP)


def a_gp_outside_the_network_asks_and_does_not_adopt(
    omar: Gp, priya: RoundClinician, lee: HomeManager, rose: Newcomer, address: str, town: Town
) -> None:
    """A question is answered; what is not adopted is in dispute, and the home sees what applies until it is settled."""
    omar.goes_home()
    omar.is_pictured("awaiting-reply")
    omar.opens_the_reply_about(rose.name)
    omar.asks("Has she been weighed?")
    priya.finds_the_decision(town.home_code, SMALL_MEALS.decided)
    priya.follows("Answer the question")
    priya.sees("Answer the registered GP", "Has she been weighed?")
    priya.writes("Your answer", "51 kg on the day she came.")
    priya.presses("Save")
    priya.sees("what was decided", "51 kg on the day she came.")
    omar.opens_the_reply_about(rose.name)
    omar.does_not_adopt("Three meals suit her diabetes better.", MEANWHILE)
    lee.opens(address)
    lee.sees(rose.name, "In dispute")
    lee.follows(SMALL_MEALS.decided)
    lee.sees("what was decided", "In dispute: do this until it is settled", MEANWHILE)
    priya.finds_the_decision(town.home_code, SMALL_MEALS.decided)
    priya.follows("Write how it was settled")
    priya.sees("How was the dispute settled?", MEANWHILE)
    priya.writes("What was agreed, and who with?", "Called Dr Haddad: no small meals for now.")
    priya.chooses("What does the home do from now on?", "What it has done meanwhile")
    priya.presses("Save")
    priya.sees("what was decided", "settled")
    lee.opens(address)
    lee.sees(rose.name, MEANWHILE)
    lee.sees_nothing_of("In dispute")


def a_gp_says_not_our_patient_and_the_right_practice_gets_it(amina: Coordinator, neighbour: str, town: Town) -> None:
    """It vanishes there, stands with the coordinator, and reaches the practice that is registered afterwards."""
    grace = town.lets_in(Gp, "grace")
    grace.sees("What are you acting as?")
    grace.chooses("What are you acting as?", "GP of the registered practice")
    grace.presses("Go on")
    grace.opens_the_reply_about(neighbour)
    patient = grace.page.url
    grace.says_not_our_patient()
    assert not grace.has_as_patient(neighbour)
    assert grace.opens(patient.removeprefix(town.demo.site)) == 404
    amina.opens(f"/homes/{town.home_code}/replies")
    amina.sees("Replies awaited", neighbour, "Nobody to ask: no practice known")
    amina.follows(neighbour)
    amina.sees(neighbour, "No GP practice is known for this person.")
    amina.registers_with(town.inside)
    amina.sees(neighbour)
    amina.sees_nothing_of("No GP practice is known for this person.")
    gil = town.lets_in(Gp, "gil")
    gil.sees("Awaiting your reply", FEWER_TABLETS.decided)
    gil.has_read(neighbour)
    amina.follows(FEWER_TABLETS.decided)
    amina.sees("what was decided", "Read by the GP")


def the_lead_sees_that_it_ran(town: Town) -> None:
    """The same person in the other capacity: the service, with what shows it."""
    grace = town.came[-2]
    grace.opens("/capacity")
    grace.chooses("What are you acting as?", "Clinical lead")
    grace.presses("Go on")
    grace.role = "lead"
    grace.sees("My homes", town.home)
    led = grace.main.get_by_role("row").filter(has_text=town.home)
    expect(led.get_by_role("link", name="Held")).to_have_attribute("href", re.compile("^/rounds/"))
    grace.is_pictured("my-homes")


def the_icb_sees_the_service_and_no_person(rose: Newcomer, address: str, town: Town) -> None:
    """Facts about the round of the home; a person's page is as if it were not there."""
    ines = town.lets_in(Somebody, "ines")
    ines.sees("Cover and standards")
    ines.is_pictured("cover")
    ines.opens(f"{ines.path}?page=999")
    facts = ines.main.get_by_role("row").filter(has_text=town.home)
    expect(facts).to_contain_text("Grace Poole")
    expect(facts).to_contain_text("Held")
    ines.sees_nothing_of(rose.given, rose.family, rose.nhs_number)
    assert ines.opens(address) == 404
    assert ines.opens(f"/homes/{town.home_code}/worklist") in {403, 404}
    ines.sees_nothing_of(rose.given, rose.family)


def the_ig_lead_sees_who_looked(rose: Newcomer, town: Town) -> None:
    """Names of those who looked, and of the network's own people only."""
    ian = town.lets_in(Somebody, "ian")
    ian.sees("Who looked", rose.name)
    ian.follows(rose.name)
    ian.sees("Who has looked", "Priya Shah", "Amina Yusuf")
    ian.sees_nothing_of("Kai Symons", WORRY, SMALL_MEALS.decided)
    ian.is_pictured("who-looked")


def test_a_concern_is_raised_without_javascript(town: Town) -> None:
    """Refused with words, who to call in view before anything is saved, saved."""
    wes = Carer(town.browser, town.demo.site, town.looked, with_scripts=False)
    town.came.append(wes)
    wes.signs_in("wes", town.password)
    wes.sees("Today in")
    wes.begins_a_concern("Room 28")
    wes.presses("Save the concern")
    wes.sees("Raise a concern about", "Write what you noticed.")
    expect(wes.main.get_by_role("button", name="Yes, now")).to_be_visible()
    expect(wes.main.get_by_role("link", name="999")).to_be_visible()
    wes.raises("Limps since this morning.", help_now=False)
    wes.sees("Concern about", "Concern saved for", "Limps since this morning.")
