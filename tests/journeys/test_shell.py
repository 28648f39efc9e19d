"""What holds on every page, in a real browser: what somebody types is theirs, kept, and left nowhere on the device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import QUIET, READABLE
from tests.journeys.few_people import PASSWORD
from tests.journeys.serving import served
from tools import browser as browsers

FORM = "/demo/patterns/form"
MARKER = "Marker-q7x-nobody-else-writes-this"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server with a few people."""
    with served("tests.journeys.few_people:build") as address:
        yield address


def sign_in(page: Page, site: str, username: str, then: str) -> None:
    page.goto(f"{site}/sign-in?next={then}")
    page.get_by_label("User name").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(site + then)


def test_the_pages_of_the_shell_are_fit_to_be_used(page: Page, site: str, look: Callable[[Page], None]) -> None:
    for address in ("/sign-in", "/something-is-wrong", "/nowhere", "/demo/", "/demo/mail", "/demo/patterns"):
        page.goto(site + address)
        look(page)
    sign_in(page, site, "ada", "/system")
    look(page)
    for address in ("/my-rights", "/capacity", "/second-step", FORM):
        page.goto(site + address)
        look(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    look(page)


def test_the_lock_covers_and_gives_the_text_back(page: Page, site: str, look: Callable[[Page], None]) -> None:
    sign_in(page, site, "cora", FORM)
    words = page.get_by_label("What have you noticed?")
    words.fill("She did not finish her tea.")
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    expect(words).to_be_hidden()
    look(page)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("alert")).to_contain_text("not the password")
    for _ in range(4):  # a browser lets the second Escape through
        page.keyboard.press("Escape")
        expect(words).to_be_hidden()
        expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(words).to_be_visible()
    expect(words).to_have_value("She did not finish her tea.")


def test_what_is_typed_is_kept_by_the_server_and_offered_again(page: Page, site: str) -> None:
    sign_in(page, site, "maud", FORM)
    page.get_by_label("What have you noticed?").fill("Half a thought")
    expect(page.get_by_text("Not saved yet.")).to_be_visible(timeout=9000)
    page.goto(site + FORM)
    page.get_by_role("link", name="Put it back").click()
    expect(page.get_by_label("What have you noticed?")).to_have_value("Half a thought")


def test_what_was_typed_before_the_script_came_is_kept_too(page: Page, site: str) -> None:
    """A slow line: the form is there and typed into, and only then the script."""
    held: list[Route] = []
    page.route("**/drafts*.js", lambda route: held.insert(0, route))
    sign_in(page, site, "cora", FORM)
    page.get_by_label("What have you noticed?").fill("Typed at once")
    held[0].continue_()
    expect(page.get_by_text("Not saved yet.")).to_be_visible(timeout=9000)


def test_a_dropped_connection_loses_nothing(page: Page, site: str) -> None:
    sign_in(page, site, "maud", FORM)
    page.get_by_label("What have you noticed?").fill("Typed in the lift")
    page.context.set_offline(offline=True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not sent: there is no connection.")).to_be_visible()
    expect(page.get_by_label("What have you noticed?")).to_have_value("Typed in the lift")
    page.context.set_offline(offline=False)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.get_by_label("What have you noticed?")).to_have_value("Typed in the lift")


def _answering(status: int) -> Callable[[Route], None]:
    """What is sent gets this answer, or none (0); what is opened comes from the server."""

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif status:
            route.fulfill(status=status)
        else:
            route.abort()

    return answer


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (404, "this page is not open to you any more"),
        (500, "something went wrong at our end"),
        (0, "there is no connection"),
    ],
)
def test_what_a_script_says_is_so(page: Page, site: str, status: int, why: str) -> None:
    """C14: forms, drafts and the lock tell a refusal, a fault and a missing line apart, and the text stays."""
    sign_in(page, site, "maud", FORM)
    for address in (FORM, "/drafts", "/lock"):
        page.route(site + address, _answering(status))
    page.get_by_label("What have you noticed?").fill("Typed in the lift")
    expect(page.get_by_text(f"Not kept: {why}")).to_be_visible(timeout=9000)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-send-state]")).to_contain_text(why)
    expect(page.get_by_label("What have you noticed?")).to_have_value("Typed in the lift")
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.locator("#lock")).to_contain_text(f"This page is covered, but Homeround is not locked: {why}")
    page.unroute_all()
    expect(page.locator("#lock")).to_contain_text("What you typed is kept", timeout=9000)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_label("What have you noticed?")).to_have_value("Typed in the lift")


def test_a_page_from_before_the_last_sign_in_goes_on(page: Page, site: str) -> None:
    """C14: signing in again, or coming by a link from elsewhere, renews the check of forms that are open already."""
    sign_in(page, site, "maud", FORM)
    page.get_by_label("What have you noticed?").fill("Typed before")
    other = page.context.new_page()
    other.goto(f"{site}/sign-out")
    other.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(other, site, "maud", "/my-rights")
    page.bring_to_front()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.get_by_label("What have you noticed?")).to_have_value("Typed before")
    with page.expect_response(f"{site}/lock"):
        page.get_by_role("button", name="Lock", exact=True).click()
    other.goto(f"{site}/my-rights")
    expect(other.get_by_role("heading", name="Locked")).to_be_visible()


def test_a_page_of_one_is_covered_when_another_has_signed_in(page: Page, site: str) -> None:
    sign_in(page, site, "cora", FORM)
    other = page.context.new_page()
    other.goto(f"{site}/sign-out")
    other.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(other, site, "maud", "/my-rights")
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Somebody else has signed in")).to_be_visible()
    expect(page.get_by_label("What have you noticed?")).to_be_hidden()


@pytest.fixture
def own_browser(tmp_path: Path, browser: Browser) -> Iterator[tuple[Page, Path]]:
    """A browser whose profile can be searched on disk afterwards; `browser` keeps Playwright's one loop running."""
    profile = tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=browsers.of_the_machine(), args=QUIET, locale="en-GB"
    )
    yield context.pages[0], profile
    context.close()


def test_nothing_readable_is_left_on_the_device(own_browser: tuple[Page, Path], site: str) -> None:
    """H56: a marker typed everywhere is found nowhere."""
    page, profile = own_browser
    page.goto(site + "/something-is-wrong")
    page.get_by_label("What is wrong?").fill(MARKER)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    sign_in(page, site, "cora", FORM)
    for box in page.locator("form[data-draft] input[type=text]:visible, form[data-draft] textarea").all():
        box.fill(MARKER)
    expect(page.get_by_text("Not saved yet.")).to_be_visible(timeout=9000)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    page.goto(f"{site}{FORM}?kept=use")
    expect(page.get_by_label("What have you noticed?")).to_have_value(MARKER)
    assert page.evaluate(READABLE) == ["{}", "{}", ""]
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.context.close()
    kept = [file for file in profile.rglob("*") if file.is_file() and holds(file, MARKER)]
    assert not kept


def holds(file: Path, text: str) -> bool:
    content = file.read_bytes()
    return text.encode() in content or text.encode("utf-16-le") in content
