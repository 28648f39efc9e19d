"""Somebody at a browser without JavaScript, over real HTTP: signs in, opens a page, sends its form."""

from __future__ import annotations

import html
import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError

BUSY = 503
TRIES_WHEN_BUSY = 20


@dataclass(frozen=True)
class Answer:
    """What the server said: its status, where it sends the browser next, and the page."""

    status: int
    goes_to: str
    page: str


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer to look at."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Visitor:
    """One browser with its own cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Stay)

    def opens(self, path: str) -> Answer:
        """GET a page."""
        return self._ask(urllib.request.Request(self.address + path))  # noqa: S310 - this machine

    def sends(self, path: str, **typed: str) -> Answer:
        """Open a page, fill in its form and send it."""
        body = urllib.parse.urlencode(hidden(self.opens(path).page) | typed)
        headers = {"Origin": self.address, "Referer": self.address + path}
        return self._ask(urllib.request.Request(self.address + path, body.encode(), headers))  # noqa: S310

    def signs_in(self, username: str, password: str) -> Answer:
        """Sign in and follow where it leads, as a browser does; gives the first page. What is busy is asked again."""
        answer = self.sends("/sign-in", login=username, password=password)
        for _ in range(TRIES_WHEN_BUSY):
            if answer.status != BUSY:
                break
            time.sleep(1)
            answer = self.sends("/sign-in", login=username, password=password)
        assert answer.status in (302, 303), answer.page
        while answer.goes_to:
            answer = self.opens(answer.goes_to)
        return answer

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, "", answer.read().decode())
        except HTTPError as answer:
            return Answer(answer.code, answer.headers.get("Location", ""), answer.read().decode())


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's main form."""
    form = page.partition('class="hr-form"')[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}
