"""What people of a primary care network do: read concerns, hold the round, answer the registered GP."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.journeys.somebody import Somebody


@dataclass(frozen=True)
class Change:
    """A decision that changes something: the outcome, what applied, what applies, why."""

    outcome: str
    before: str
    decided: str
    because: str


class Coordinator(Somebody):
    """Reads what homes write and keeps the weekly round running."""

    role = "coordinator"

    def reads(self, words: str) -> None:
        """From the week to a concern, and say that it is read."""
        self.main.locator("li.hr-waits__line", has_text=words).get_by_role("link").first.click()
        self.sees("Concern about", words)
        self.presses("I have read this")
        expect(self.main.get_by_text("Read by Amina")).to_be_visible()

    def registers_with(self, practice: str) -> None:
        """From a person's page: the practice they are registered with now."""
        self.follows("Change the GP practice")
        self.chooses("Which GP practice are they registered with?", practice)
        self.sees("Change the GP practice of")
        self.presses("Save")
        expect(self.page).to_have_url(re.compile(r"/residents/[0-9A-Z]{16}$"))

    @property
    def strengths(self) -> list[str]:
        """The strongest reason of each person on the worklist, in its order."""
        rows = self.main.get_by_role("table", name="People with a reason").locator("tbody tr")
        return [row.locator(".hr-reason__strength").first.inner_text() for row in rows.all()]


class RoundClinician(Somebody):
    """Holds the round."""

    role = "round clinician"

    def opens_the_round(self, home: str) -> None:
        """Open this week's round of a home, with a GP by phone."""
        row = self.main.get_by_role("row").filter(has_text=home)
        row.get_by_role("link", name="Open the round").click()
        self.chooses("How is it held?", "In person")
        self.writes("Who takes part for the home?", "Lee Trott, manager")
        self.chooses("Does a GP or geriatrician take part?", "Yes")
        self.writes("Who, and how?", "GP of the network, by phone")
        self.sees("Open the round of")
        self.presses("Open the round")
        self.sees(f"Round of {home}", "need an outcome")

    def sees_somebody_without_change(self) -> str:
        """One press for whoever has no reason that needs words; gives who it was."""
        self.unfolds("Everybody else")
        button = self.main.get_by_role("button", name="Seen in person, no change").first
        name = button.inner_text().partition(" for ")[2].strip()
        button.click()
        self.sees("Round of", "Saved: no change, for", name)
        return name

    def reviews(self, name: str, found: str, change: Change | None = None, follow_up: str = "") -> None:
        """Review somebody; a concern about them is answered with what was found."""
        self.unfolds("Everybody else")
        self.main.get_by_role("link", name=f"Review {name}").click()
        self.chooses("How were you with them?", "In person")
        self.chooses("What came of it?", change.outcome if change else "No change")
        self.writes("What did you find?", found)
        if change:
            self.unfolds("Something changes for the home")
            self.writes("What is different from now on?", change.decided)
            self.chooses("What does this replace?", "Nothing: it is new")
            self.writes("What applied before?", change.before)
            self.writes("Why?", change.because)
        if follow_up:
            self.unfolds("Somebody is to do something")
            self.writes("What is to be done?", follow_up)
            self.chooses("Who does it?", "The home")
        self.sees("Review")
        if follow_up:
            self.is_pictured("review")
        self.presses("Save the review")
        self.sees("Round of", "Saved:", name)

    def reviews_whoever_must_be(self, found: str) -> None:
        """Give everybody an outcome who needs one before the round can close."""
        needed = self.main.get_by_role("heading", name="They need an outcome before the round can close")
        while needed.count():
            name = self.main.locator("li.hr-to-see .hr-person__name").first.inner_text()
            self.reviews(name, found)

    def closes_the_round(self, summary: str) -> None:
        """Close it, with a line for the home."""
        self.follows("Close the round")
        self.sees("Close the round of")
        self.writes("Anything to tell the home besides?", summary)
        self.presses("Close the round")
        self.sees("Round of", "The round is closed", summary)

    def finds_the_decision(self, home_code: str, words: str) -> None:
        """From what awaits replies in a home to one decision."""
        self.opens(f"/homes/{home_code}/replies")
        self.sees("Replies awaited")
        self.follows(words)
        self.sees("what was decided", words)
