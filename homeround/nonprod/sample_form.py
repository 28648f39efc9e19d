"""The form of the pattern page: one field of every kind, on a person who is made up. Nothing is saved but the draft."""

from __future__ import annotations

from collections.abc import Mapping

from homeround.web.forms import Choice, Choices, Day, Form, Hidden, LongText, MaybeClock, Moment, Option, Text, Tick


class SampleForm(Form):
    """Every kind of field."""

    help_now = Choice(
        "Do they need help now?",
        (
            Option("yes", "Yes, now", "Then call first. The numbers are on this page."),
            Option("today", "Today"),
            Option("round", "It can wait for the round"),
            Option("other", "Something else", reveals="other"),
        ),
        needed="Say whether they need help now.",
        large=True,
    )
    other = Text("What else?", needed="Say what else.", most=80)
    words = LongText(
        "What have you noticed?",
        hint="In your own words. What is different from usual?",
        needed="Write what you noticed.",
        most=400,
        large=True,
    )
    signs = Choices(
        "What has changed?",
        (Option("eating", "Eating or drinking"), Option("moving", "Moving about"), Option("mood", "Mood or alertness")),
    )
    noticed = Moment("When did you notice?", needed="Say when you noticed.", hint="For example 27 3 2026 at 14:02")
    review_on = Day("When should somebody look again?", needed="Say when somebody should look again.")
    call_at = MaybeClock("When is a good time to call the family?", hint="For example 14:02")
    reader = Choice(
        "Who should read this?",
        (Option("nurse", "The nurse on duty"), Option("manager", "The manager")),
        needed="Choose who should read this.",
        as_list=True,
    )
    sure = Tick("I am sure about the day", when_asked=True)
    version = Hidden()

    def check(self) -> Mapping[str, str]:
        """The day to look again comes after the day it was noticed."""
        if self.review_on < self.noticed.date():
            return {"review_on": "Look again after the day you noticed it, not before."}
        return {}
