"""Empty is never a value: what the record does not hold says so, and where to look instead (REQ-19; H29)."""

from django.template import engines

from homeround.web.presenters.banner import Banner
from homeround.web.presenters.person import NOT_HELD

SHOW = '{% from "components/banner.jinja" import banner %}{{ banner(who) }}'


def shown(**held: str) -> str:
    said = {"name": "Margaret Hill", "place": "Rose House", "born": "", "responsible_short": "", "responsible": ""}
    return str(engines["jinja2"].from_string(SHOW).render({"who": Banner(**(said | held))}))


def after(heading: str, page: str) -> str:
    """What stands beside a heading of the banner."""
    return page.split(f"<dt>{heading}</dt><dd>")[1].split("</dd>", maxsplit=1)[0]


def test_every_alert_that_is_empty_says_so_and_where_to_look() -> None:
    page = shown()
    assert after("CPR", page) == "not recorded here: look for the original"
    assert after("Safety", page).startswith("not recorded here: see")
    assert after("What matters now", page).startswith("not recorded here: ask")
    assert after("Clinical lead", page) == "nobody is named"  # we keep who leads: an empty one is nobody
    assert "no NHS number" in page


def test_what_is_not_held_says_so() -> None:
    page = shown(cpr=NOT_HELD, safety=f"Allergies and medicines: {NOT_HELD}")
    for heading in ("CPR", "Safety"):
        assert "Not held in Homeround. Look at the person’s own papers." in after(heading, page)


def test_the_lead_is_never_shown_as_responsible() -> None:
    page = shown(lead="Lena Hart, Exe PCN", responsible="Mill Practice")
    assert after("Clinical lead", page) == "Lena Hart, Exe PCN (oversight only)"
    assert "Lena" not in after("Medically responsible", page)
