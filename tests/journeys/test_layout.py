"""A name never decides the layout: the banner is at most a quarter of any view, over no button, and hides no focus.

Names of 1 to 200 letters on the views that people have, with and without the text spacing of WCAG 1.4.12 (H1, C03).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.drawn import draw
from tests.web.signing_in import sign_in
from tests.world import World

pytestmark = pytest.mark.django_db

VIEWS = [(320, 256), (320, 640), (640, 360), (768, 1024), (1024, 768), (1280, 720)]
NAMES = {
    "one letter": ("X", "", "12"),
    "usual": ("Margaret Hill", "Peggy", "12"),
    "52 letters and a called name": ("Maria Concepción de los Ángeles Fernández-Villaverde", "Connie", "Willow"),
    "the Spanish lady": ("Maria Concepción de los Ángeles Fernández-Villaverde y García de la Rosa", "Connie", "73"),
    "118 letters": ("Anna Maria " * 10 + "Featherstone", "Annie-Maria of the Garden Wing", "by the garden " * 3),
    "200 letters without a blank": ("W" * 200, "W" * 100, "W" * 60),
}
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
NAMED = """([name, called, room]) => {
  document.querySelector('.hr-banner__called strong').textContent = name;
  let preferred = document.querySelector('.hr-banner__preferred');
  if (!preferred) {
    preferred = document.createElement('span');
    preferred.className = 'hr-banner__preferred';
    document.querySelector('.hr-banner__called').append(' ', preferred);
  }
  preferred.textContent = called ? `“${called}”` : '';
  document.querySelector('.hr-banner__place').textContent = `Room ${room}, Memorial Dementia Unit, Rose House`;
  document.querySelector('.hr-banner__room').textContent = `Room ${room}`;
}"""
FACTS = """() => [...document.querySelectorAll('.hr-banner__fact, .hr-banner__alike')].map(fact => {
  const box = fact.getBoundingClientRect(), banner = document.querySelector('.hr-banner').getBoundingClientRect();
  const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    words: fact.textContent.trim(), height: box.height, seen: fact.contains(seen),
    inside: box.left >= 0 && box.right <= innerWidth && box.top >= banner.top && box.bottom <= banner.bottom + 1,
  };
})"""
HIDDEN_FOCUS = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const banner = document.querySelector('.hr-banner');
  if (banner.contains(at) || at === document.body) return '';
  const under = box.bottom <= banner.getBoundingClientRect().bottom && box.top >= banner.getBoundingClientRect().top;
  return under ? at.outerHTML.slice(0, 120) : '';
}"""


@pytest.fixture
def form(page: Page, world: World) -> Page:
    """The form of a concern about somebody with a like name in the home."""
    draw(page, sign_in(world["manager"]), f"/residents/{world.residents['margaret']}/concerns/new")
    return page


def sized(page: Page, width: int, height: int) -> None:
    """Make the view so large, and wait until the page is: on a busy machine it follows a moment later."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("([width, height]) => innerWidth === width && innerHeight === height", arg=[width, height])


def share_of_view(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.hr-banner').getBoundingClientRect().height / innerHeight"))


@pytest.mark.parametrize("spaced", [False, True], ids=["as it is", "spaced"])
def test_the_banner_is_a_quarter_of_the_view_at_most_and_over_no_button(form: Page, *, spaced: bool) -> None:
    if spaced:
        form.add_style_tag(content=SPACED)
    save = form.get_by_role("button", name="Save the concern")
    for width, height in VIEWS:
        sized(form, width, height)
        for which, name in NAMES.items():
            at = f"{which} at {width} x {height}"
            form.evaluate(NAMED, list(name))
            assert share_of_view(form) <= 0.25, at
            assert form.evaluate("document.documentElement.scrollWidth") <= width, at
            form.evaluate("scrollTo(0, document.body.scrollHeight)")
            save.scroll_into_view_if_needed()
            save.click(trial=True)
            assert share_of_view(form) <= 0.25, at


def test_born_number_and_the_mark_of_a_like_name_are_readable_whatever_the_name(form: Page) -> None:
    for width, height in VIEWS:
        sized(form, width, height)
        for which, name in NAMES.items():
            form.evaluate(NAMED, list(name))
            facts = form.evaluate(FACTS)
            assert len(facts) == 3
            for fact in facts:
                assert fact["inside"], (which, width, height, fact)
                assert fact["seen"], (which, width, height, fact)
                assert fact["height"] < 30, (which, width, height, fact)  # on one line


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("spaced", [False, True], ids=["as it is", "spaced"])
def test_what_has_the_focus_is_never_under_the_banner(form: Page, key: str, *, spaced: bool) -> None:
    if spaced:
        form.add_style_tag(content=SPACED)
    form.evaluate(NAMED, list(NAMES["the Spanish lady"]))
    for width, height in [(320, 256), (320, 640), (1280, 720)]:
        sized(form, width, height)
        form.evaluate("scrollTo(0, document.body.scrollHeight)")
        for _ in range(30):
            form.keyboard.press(key)
            assert form.evaluate(HIDDEN_FOCUS) == "", (width, height)


def test_the_whole_name_is_one_tap_away_and_closes_when_somebody_goes_on(form: Page) -> None:
    sized(form, 320, 640)
    name = NAMES["the Spanish lady"]
    form.evaluate(NAMED, list(name))
    form.locator(".hr-banner__rest summary").click()
    assert form.get_by_text("Medically responsible").is_visible()
    assert form.locator(".hr-banner").bounding_box()["height"] <= 0.75 * 640 + 1  # type: ignore[index]
    form.get_by_label("What have you noticed?").focus()
    assert not form.get_by_text("Medically responsible").is_visible()
