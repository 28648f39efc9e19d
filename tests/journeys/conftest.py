"""What every journey has: a real browser, pages at two widths, and an accessibility check.

`make test-journeys` finds the browser (tools/browser.py) and names it in HOMEROUND_TEST_BROWSER; in
HOMEROUND_TEST_HEADLESS its shell without windows, which most journeys are walked in.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tools import browser as browsers
from tools.third_party import AXE

# Playwright's loop runs in the test's own thread; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REFUSED = "Failed to load resource: the server responded with a status of 4"
"""What the browser says of a page that the service refuses, as it should."""
QUIET = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
READABLE = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const base of await indexedDB.databases()) found.push(JSON.stringify(base));
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(request.url);
  }
  return found;
}"""
"""What a script of a page could read of what is stored on the device (H56)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    path = os.environ.get("HOMEROUND_TEST_HEADLESS") or browsers.of_the_machine()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def device(browser: Browser) -> Iterator[BrowserContext]:
    """A device of its own: no cookies, nothing stored, the width of a desk's screen."""
    context = browser.new_context(viewport=WIDE, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(device: BrowserContext) -> Page:
    """A page on that device."""
    return device.new_page()


def violations(page: Page) -> list[str]:
    """What axe holds against the page as it stands: the rule, its words and the elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluate gets past the page's content security policy
    asked = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    found = page.evaluate("asked => axe.run(document, asked).then(found => found.violations)", asked)
    return [
        f"{violation['id']}: {violation['help']}: {', '.join(str(node['target']) for node in violation['nodes'])}"
        for violation in found
    ]


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Check a page at both widths: no violation, and at 320 px nothing to scroll sideways for."""

    def check(page: Page) -> None:
        for size in (NARROW, WIDE):
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            assert not violations(page), f"{page.url} at {size['width']} px"
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (
                f"{page.url} scrolls sideways"
            )

    return check


@pytest.fixture
def look(page: Page, accessible: Callable[[Page], None]) -> Callable[[Page], None]:
    """Look at a page as `accessible` does; besides, nothing may have gone wrong in its scripts or been blocked."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def check(looked_at: Page) -> None:
        accessible(looked_at)
        wrong = [words for words in said if not words.startswith(REFUSED)]
        said.clear()
        assert not wrong, f"{looked_at.url} says in the console: {wrong}"

    return check
