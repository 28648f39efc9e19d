"""Takes the pictures of DEVELOPERS, "Pages and patterns", from the pattern page: `python -m tools.pictures`."""

import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import settings
from tests.journeys.conftest import QUIET
from tests.journeys.serving import served
from tools import browser

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
NARROW, WIDE = 320, 900
PASSWORD = "a long enough password"  # noqa: S105 - of made-up people, in a database thrown away at once


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served("tests.journeys.few_people:build") as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.of_the_machine(), args=QUIET)
        page = chromium.new_page(viewport={"width": WIDE, "height": 800})
        _patterns(page, site)
        _forms(page, site)
        chromium.close()
    shutil.rmtree(settings.FOLDER, ignore_errors=True)


def _patterns(page: Page, site: str) -> None:
    page.goto(f"{site}/demo/patterns")
    for name, place in (
        ("list", "table:has-text('Why')"),
        ("empty", ".hr-empty"),
        ("phone-now", ".hr-call"),
        ("saved", ".hr-saved"),
        ("before-and-after", ".hr-compare"),
    ):
        page.locator(place).first.screenshot(path=FOLDER / f"{name}.png")
    page.set_viewport_size({"width": NARROW, "height": 640})
    page.locator(".hr-banner").screenshot(path=FOLDER / "banner.png")
    page.locator("table:has-text('Why')").first.screenshot(path=FOLDER / "list-narrow.png")


def _forms(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in?next=/demo/patterns/form")
    page.get_by_label("User name").fill("cora")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/demo/patterns/form")
    page.get_by_label("What have you noticed?").fill("She did not finish her tea.")
    page.get_by_role("button", name="Save").click()
    page.locator(".nhsuk-error-summary").wait_for()
    page.screenshot(path=FOLDER / "form-error.png")
    page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_role("heading", name="Locked").wait_for()
    page.screenshot(path=FOLDER / "lock.png")


if __name__ == "__main__":
    main()
