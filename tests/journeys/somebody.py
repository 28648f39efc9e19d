"""Somebody at a browser of their own: does what people do with pages, and looks at each kind of page once.

Looking means: no violation at 1280 and at 320 px, nothing to scroll sideways for, nothing wrong in the console.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.journeys.conftest import NARROW, REFUSED, WIDE, violations

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "pictures"
REF = re.compile(r"/[0-9A-HJKMNP-TV-Z]{16}(?=/|$)")

TAKES_PICTURES = "HOMEROUND_TEST_PICTURES" in os.environ
PHONE: ViewportSize = {"width": 390, "height": 760}
DESK: ViewportSize = {"width": 900, "height": 700}
"""The size of a picture: small enough to be committed, large enough to be read."""
BEFORE_A_ROLE = {"/sign-in", "/capacity"}


@dataclass
class Looked:
    """The kinds of pages that were looked at, of all people together, and what was wrong with them."""

    at: set[tuple[str, str, bool, bool]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


class Somebody:
    """One person; `role` tells pages apart that differ by who opens them."""

    role = ""

    def __init__(self, browser: Browser, site: str, looked: Looked, *, with_scripts: bool = True) -> None:
        self.site = site
        self.device: BrowserContext = browser.new_context(
            viewport=WIDE, locale="en-GB", timezone_id="Europe/London", java_script_enabled=with_scripts
        )
        self.device.set_default_timeout(15_000)
        self.page: Page = self.device.new_page()
        self._looked = looked
        self._with_scripts = with_scripts
        self._said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._said.append(str(error)))

    def signs_in(self, username: str, password: str) -> None:
        """Sign in, as far as the first page or the choice of a capacity."""
        self.opens("/sign-in")
        self.sees("Sign in")
        self.page.get_by_label("User name").fill(username)
        self.page.locator("#id_password").fill(password)
        self.presses("Sign in")
        expect(self.page).not_to_have_url(re.compile("/sign-in"))

    def opens(self, path: str) -> int:
        """Go to an address of the service; gives the status of the answer."""
        answer = self.page.goto(self.site + path)
        return answer.status if answer else 0

    def goes_home(self) -> None:
        """Go to one's first page."""
        self.page.get_by_role("banner").get_by_role("link", name="Homeround").click()

    def follows(self, words: str, within: Locator | None = None) -> None:
        """Follow a link that begins with these words."""
        (within or self.main).get_by_role("link", name=re.compile(f"^{re.escape(words)}")).first.click()

    def presses(self, words: str, within: Locator | None = None) -> None:
        """Press a button that begins with these words."""
        (within or self.main).get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first.click()

    def chooses(self, question: str, answer: str) -> None:
        """Choose an answer to a question."""
        asked = self.main.get_by_role("group", name=question)
        asked.get_by_role("radio", name=re.compile(f"^{re.escape(answer)}")).check()

    def writes(self, question: str, words: str) -> None:
        """Write into a box."""
        self.box(question).fill(words)

    def box(self, question: str) -> Locator:
        """The box under a question, which may say besides that it can be left empty."""
        return self.main.get_by_label(re.compile(rf"^\s*{re.escape(question)}\s*(\(.*\)\s*)?$"))

    def writes_day(self, question: str, day: str, month: str, year: str) -> None:
        """Write a day into its three boxes."""
        asked = self.main.get_by_role("group", name=question)
        for label, words in (("Day", day), ("Month", month), ("Year", year)):
            asked.get_by_label(label).fill(words)

    def unfolds(self, words: str) -> None:
        """Open a part of the page that is folded away."""
        part = self.main.locator("details", has=self.page.locator("summary", has_text=words)).first
        if part.get_attribute("open") is None:
            part.locator("summary").click()

    def sees(self, heading: str, *words: str) -> None:
        """The page has this heading and these words; its kind is looked at, once in a journey."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        for word in words:
            expect(self.page.locator("body")).to_contain_text(word)
        self.looks()

    def sees_nothing_of(self, *words: str) -> None:
        """The page holds none of these words, shown or hidden."""
        for word in words:
            expect(self.page.locator("html")).not_to_contain_text(word)
        self.page.wait_for_load_state()
        text = self.page.content()
        found = [word for word in words if word in text]
        assert not found, f"{self.page.url} shows {found}"

    def looks(self) -> None:
        """Look at the page, unless one of its kind was looked at before."""
        if not self._with_scripts:
            return
        address = urlsplit(self.page.url)
        refused = self.page.locator(".nhsuk-error-summary").count() > 0
        role = "" if address.path in BEFORE_A_ROLE else self.role
        kind = (REF.sub("/...", address.path), role, "saved" in address.query, refused)
        wrong = [f"in the console: {words}" for words in self._said if not words.startswith(REFUSED)]
        self._said.clear()
        self._looked.wrong += [f"{address.path} {words}" for words in wrong]
        if kind in self._looked.at:
            return
        self._looked.at.add(kind)
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            found = violations(self.page)
            across = self.page.evaluate("document.documentElement.scrollWidth")
            if across > size["width"]:
                found.append(f"scrolls sideways, {across} px")
            self._looked.wrong += [f"{address.path} at {size['width']} px: {words}" for words in found]

    def is_pictured(self, name: str, *, narrow: bool = False) -> None:
        """Take the page's picture for the guide, when HOMEROUND_TEST_PICTURES asks for pictures."""
        if not TAKES_PICTURES:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.set_viewport_size(PHONE if narrow else DESK)
        self.page.evaluate("window.scrollTo(0, 0)")
        self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")
        self.page.set_viewport_size(WIDE)

    @property
    def main(self) -> Locator:
        """What the page is about, without header and footer."""
        return self.page.get_by_role("main")

    @property
    def path(self) -> str:
        """Where they are."""
        return urlsplit(self.page.url).path

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._said.append(message.text)
