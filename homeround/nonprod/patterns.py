"""The patterns of all pages with made-up content, for developers: /demo/patterns and its form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.kernel.refusals import FOLLOWS, ChangedMeanwhile, Invalid, SaidOtherwise
from homeround.nonprod.sample_form import SampleForm
from homeround.web.forms import answer
from homeround.web.presenters import ringing
from homeround.web.presenters.banner import Banner
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import open_to_anybody

ROSE = Banner(
    name="Rosie Example",
    formal_name="Rosemary Example",
    room="Room 12",
    place="Garden unit, Alder House",
    born="12 Mar 1934",
    age="92",
    nhs_number="999 123 4560",
    responsible_short="Harbour Surgery, Dr Sample",
    responsible="Harbour Surgery, Dr Sample, 01632 960 001. Registered since Tue 3 Feb 2026.",
    also_here="Rosa Example, room 21",
    safety="Allergic to penicillin (rash, 2019). Falls at night.",
    cpr="Look at the original: ReSPECT form, decided Mon 5 Jan 2026, last seen Mon 2 Nov 2026 by A. Nurse, "
    "in the red folder in her room",
    matters="Hard of hearing on the left: sit on her right. Wants her daughter told first.",
    lead="Dr Lead, Exe Example PCN",
)


@open_to_anybody
@require_GET
def patterns(request: PageRequest) -> HttpResponseBase:
    """Every pattern but the form."""
    return render(request, "demo/patterns.jinja", {"who": ROSE, "compared": COMPARED, "numbers": NUMBERS})


def pattern_form(request: PageRequest) -> HttpResponseBase:
    """The form pattern. Some answers make it refuse, so that every refusal can be looked at."""
    form = SampleForm(
        request,
        subject="SAMPLE",
        back=reverse("demo_patterns"),
        initial={"noticed": request.at, "version": "2"},
    )

    def save() -> str:
        if "changed" in form.words:
            earlier = datetime.now(UTC) - timedelta(minutes=3)
            raise ChangedMeanwhile(
                "This concern", "Sam Carer", earlier, {"words": "She ate nothing at lunch."}, then=FOLLOWS
            )
        if "before" in form.words:
            raise SaidOtherwise({"words": "She ate little at lunch.", "help_now": "today"})
        if "yesterday" in form.words and not form.sure:
            raise Invalid(sure="That was more than a day ago. If it is right, say that you are sure.")
        return reverse("demo_patterns") + "#saved"

    return answer(request, form, save, "demo/pattern_form.jinja", {"who": ROSE, "numbers": NUMBERS})


COMPARED = [
    ("Fluids", "1,200 ml a day", "1,500 ml a day, offered every hour"),
    ("Walking", "With one person", "With one person"),
    ("Sleep", "", "Door ajar, light in the corridor"),
]
NUMBERS = [
    ringing.EMERGENCY,
    ringing.Number("Harbour Surgery", "01632 960 001", "their own GP practice, open now"),
    ringing.AT_ANY_HOUR,
]
