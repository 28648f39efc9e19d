"""Paper says who it is about, who printed it and when, and its place among the sheets; nothing is lost on it (C18)."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page
from pypdf import PdfReader

from homeround.ehch.deterioration.actions import raise_concern
from tests.journeys.drawn import draw
from tests.web.round_of_rose import crowd
from tests.web.signing_in import sign_in
from tests.world import AT, World

pytestmark = pytest.mark.django_db
LONG = "She did not want her breakfast, and pushed the cup away. " * 12


def printed(page: Page) -> list[str]:
    """The words of each sheet of A4, in one line."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=False))).pages
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


def test_every_sheet_about_a_person_names_them_and_who_printed_it(page: Page, world: World) -> None:
    margaret = world.residents["margaret"]
    for number in range(25):
        raise_concern(
            by=world["carer"],
            at=AT - timedelta(hours=number),
            ref=margaret,
            words=f"{LONG} End {number}.",
            help_now=False,
        )
    with time_machine.travel(AT, tick=False):
        draw(page, sign_in(world["clinician"]), f"/residents/{margaret}")
    sheets = printed(page)
    assert len(sheets) > 3
    for number, words in enumerate(sheets, start=1):
        assert "Margaret Hill" in words
        assert "born Sun 27 Mar 1938, NHS number 999 " in words
        assert "Printed Mon 16 Nov 2026, 10:00 by Priya Shah" in words
        assert f"Page {number} of {len(sheets)}" in words
        assert len(words) > 400, f"sheet {number} is nearly empty"
    assert all(f"End {number}." in " ".join(sheets) for number in range(25))


def test_a_long_list_begins_on_the_first_sheet_and_says_what_it_is_on_each(page: Page, world: World) -> None:
    crowd(world, "rose", 60)
    with time_machine.travel(AT, tick=False):
        draw(page, sign_in(world["clinician"]), f"/homes/{world.code('rose')}/worklist")
    sheets = printed(page)
    assert len(sheets) > 1
    assert "Person" in sheets[0] or "Hill" in sheets[0]
    for number, words in enumerate(sheets, start=1):
        assert "Rose House" in words
        assert "Printed Mon 16 Nov 2026, 10:00 by Priya Shah" in words
        assert f"Page {number} of {len(sheets)}" in words
        assert len(words) > 300, f"sheet {number} is nearly empty"


def test_a_form_shows_all_that_was_typed(page: Page, world: World) -> None:
    draw(page, sign_in(world["manager"]), f"/residents/{world.residents['margaret']}/concerns/new")
    page.get_by_label("What have you noticed?").fill("\n".join(f"Line number {number}" for number in range(1, 41)))
    sheets = printed(page)
    assert "Line number 1 Line number 2" in " ".join(sheets)
    assert "Line number 40" in " ".join(sheets)


def test_what_is_folded_on_a_screen_stands_on_paper(page: Page, world: World) -> None:
    crowd(world, "rose", 60)
    with time_machine.travel(AT, tick=False):
        draw(page, sign_in(world["carer"]), f"/homes/{world.code('rose')}")
    assert page.locator("details:not([open]) .hr-people").count() > 0
    words = "".join("".join(printed(page)).split())  # a long name goes over two lines of paper
    names = page.locator(".hr-people .hr-person__name").all_text_contents()
    assert len(names) > 60
    assert [name for name in names if "".join(name.split()) not in words] == []
