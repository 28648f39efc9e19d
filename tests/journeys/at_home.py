"""What people of a home do: move somebody in, raise a concern, phone, do what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from tests.journeys.somebody import Somebody


@dataclass(frozen=True)
class Newcomer:
    """Somebody who moves in; `practice_code` is of a practice outside the home's own network."""

    given: str
    family: str
    born_on: date
    nhs_number: str
    room: str
    practice_code: str

    @property
    def name(self) -> str:
        """As people call them."""
        return f"{self.given} {self.family}"


class HomeManager(Somebody):
    """Manages a home."""

    role = "home manager"

    def begins_to_move_in(self, who: Newcomer, nhs_number: str) -> None:
        """Fill in the form for somebody who moves in today, and send it with this number."""
        self.follows("Somebody moves in")
        self.chooses("How do they come?", "They moved in")
        self.writes("First name", who.given)
        self.writes("Family name", who.family)
        self.writes_day("Date of birth", f"{who.born_on.day}", f"{who.born_on.month}", f"{who.born_on.year}")
        self.chooses("Do you know their NHS number?", "Yes")
        self.writes("NHS number", nhs_number)
        self.chooses("Which care?", "Residential")
        self.writes("Room", who.room)
        self.chooses("Which GP practice are they registered with?", "Another practice")
        self.writes("Name or postcode of the practice", who.practice_code)
        self.presses("Save")

    def finds_it_kept(self, who: Newcomer) -> None:
        """After the refusal everything typed is still there."""
        expect(self.page.locator(".nhsuk-error-summary")).to_be_focused()
        for question, words in (
            ("First name", who.given),
            ("Family name", who.family),
            ("Room", who.room),
            ("Name or postcode of the practice", who.practice_code),
        ):
            expect(self.box(question)).to_have_value(words)
        self.sees("Somebody moves in", "There is a problem")

    def marks_assessment_done(self) -> None:
        """From the page of an arrival or of a person: say that the assessment is done today."""
        self.follows("Mark as done")
        self.writes("Where is it kept?", "Care plan folder in the office")
        self.writes("Who took part?", "Home manager; nurse of the network by phone")
        self.writes("How did the person take part?", "Told us what she likes for breakfast")
        self.sees("ssessment")
        self.presses("Save as done")

    def does(self, what: str, came_of_it: str) -> None:
        """Find a follow-up on the home's first page and mark it done."""
        self.goes_home()
        self.sees("Today in")
        self.follows(what)
        self.sees(what)
        self.writes("What came of it?", came_of_it)
        self.presses("It is done")
        self.sees(what, "Marked as done", came_of_it)


class Carer(Somebody):
    """Cares for people in a home."""

    role = "carer"

    def begins_a_concern(self, about: str) -> None:
        """From the first page to the form."""
        self.goes_home()
        self.follows("Raise a concern")
        self.sees("Who is the concern about?")
        self.main.locator("a.hr-choose__one", has_text=about).click()
        self.sees("Raise a concern about")

    def counts_taps(self) -> list[int]:
        """From now on every touch of this page counts one."""
        taps: list[int] = []
        self.page.expose_function("tapped", lambda: taps.append(1))
        self.page.evaluate("document.addEventListener('pointerdown', () => window.tapped(), true)")
        return taps

    def raises(self, words: str, *, help_now: bool) -> None:
        """Write, and save with the button that fits: as a finger does it."""
        box = self.box("What have you noticed?")
        box.click()
        box.fill(words)
        self.presses("Yes, now" if help_now else "Save the concern")

    def writes_down_the_call(self, service: str, spoke_to: str, said: str) -> None:
        """Who was called, who answered, what they said."""
        self.chooses("Who did you call?", service)
        self.chooses("Did somebody answer?", "Yes")
        self.writes("Who did you speak to?", spoke_to)
        self.writes("What did they say?", said)
        self.presses("Save the call")

    def moves_it_to(self, name: str) -> None:
        """Not them: choose the right person."""
        self.follows("Not them? Move it")
        self.sees("Move this concern to the right person")
        people = self.box("Who is it about?")
        people.select_option(value=people.locator("option", has_text=name).get_attribute("value"))
        self.presses("Move it")
