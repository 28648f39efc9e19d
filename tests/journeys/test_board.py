"""What somebody at three in the morning has before them: a number in view, and never an old page (H4, H40)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from homeround.ehch.deterioration.actions import raise_concern
from tests.journeys.drawn import draw
from tests.web.signing_in import sign_in
from tests.world import AT, World

pytestmark = pytest.mark.django_db

MINUTE = 61_000


def test_a_first_page_that_loses_its_line_covers_itself(page: Page, world: World) -> None:
    client = sign_in(world["carer"])
    address = f"/homes/{world.code('rose')}"
    page.clock.install()
    draw(page, client, address)
    fresh = client.get(f"{address}/now", headers={"HX-Request": "true"}).content.decode()
    asked: list[str] = []

    def answered(route: Route) -> None:
        asked.append(route.request.headers["x-seen"])
        route.fulfill(body=fresh, content_type="text/html; charset=utf-8")

    page.route("**/now", answered)
    board, cover = page.locator("#today"), page.locator("#today-stale")
    page.get_by_role("link", name="Margaret Hill").first.focus()
    page.clock.fast_forward(MINUTE)
    expect(board).to_be_visible()
    page.wait_for_function("document.activeElement.textContent === 'Margaret Hill'")
    assert len(asked) == 1
    assert len(asked[0]) == 64

    page.unroute("**/now")
    page.route("**/now", lambda route: route.abort())
    page.clock.fast_forward(MINUTE)
    expect(board).to_be_visible()
    page.clock.fast_forward(MINUTE)
    page.clock.fast_forward(2000)
    expect(cover).to_be_visible()
    expect(board).to_be_hidden()
    expect(cover.get_by_role("link", name="Call 999")).to_be_in_viewport()

    page.unroute("**/now")
    page.route("**/now", answered)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(board).to_be_visible()
    expect(cover).to_be_hidden()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_help_now_and_the_numbers_stand_in_view(page: Page, world: World, width: int) -> None:
    client = sign_in(world["carer"])
    page.set_viewport_size({"width": width, "height": 640})
    draw(page, client, f"/residents/{world.residents['margaret']}/concerns/new")
    expect(page.get_by_role("button", name="Yes, now")).to_be_in_viewport(ratio=1)
    page.wait_for_load_state("networkidle")
    concern = raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="", help_now=True)
    for address in (f"/concerns/{concern}/calls/new?saved=yes", f"/concerns/{concern}"):
        draw(page, client, address)
        expect(page.get_by_role("link", name="Call 999")).to_be_in_viewport(ratio=1)
        expect(page.locator(".hr-call__button").nth(1)).to_be_in_viewport(ratio=0.8)
        page.wait_for_load_state("networkidle")
