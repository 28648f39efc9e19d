"""What a GP of the registered practice does with what others decided."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.journeys.somebody import Somebody


class Gp(Somebody):
    """A GP of the practice that people of homes are registered with."""

    role = "gp"

    def opens_the_reply_about(self, name: str) -> None:
        """From the list to the page of one reply."""
        self.goes_home()
        self.sees("Awaiting your reply", name)
        self.follows("Question, do not adopt, or not our patient", self._asked_about(name))
        self.sees("what was decided")

    def _asked_about(self, name: str) -> Locator:
        return self.main.get_by_role("article").filter(has_text=name)

    def asks(self, question: str) -> None:
        """Send a question about it."""
        self.unfolds("I have a question")
        self.writes("Your question", question)
        self.presses("Send the question")
        self.sees("Awaiting your reply", "Your question waits for the clinician who decided")

    def does_not_adopt(self, why: str, meanwhile: str) -> None:
        """Refuse it, and say what applies until it is settled; without that it is not taken."""
        self.unfolds("I do not adopt this")
        self.writes("Why do you not adopt it?", why)
        self.presses("Do not adopt")
        self.sees("what was decided", "Say what the home does until this is settled.")
        self.writes("What does the home do until it is settled?", meanwhile)
        self.presses("Do not adopt")
        self.sees("Awaiting your reply", "Saved: in dispute")

    def says_not_our_patient(self) -> None:
        """Say that the person is registered elsewhere."""
        self.unfolds("Not our patient")
        self.presses("Not our patient")
        self.sees("Awaiting your reply", "Saved: not your patient")

    def has_read(self, name: str) -> None:
        """One press on the list."""
        self.goes_home()
        self.sees("Awaiting your reply", name)
        self.presses("I have read this", self._asked_about(name))
        self.sees("Awaiting your reply", "Saved: you have read it")

    def has_as_patient(self, name: str) -> bool:
        """Whether somebody is among the practice's people in homes."""
        self.opens("/patients")
        self.sees("Your patients in care homes")
        return self.main.get_by_text(name).count() > 0


class Lead(Somebody):
    """Oversees the service of some homes."""

    role = "lead"


class Officer(Somebody):
    """Looks at an area, or at who looked."""

    role = "officer"
