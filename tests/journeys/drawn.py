"""A page of ours drawn by the browser without a server: what the test client was answered, with the styles and scripts
that belong to it.
"""

from __future__ import annotations

from typing import Final

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route

SITE: Final = "http://homeround.invalid"
KINDS: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def draw(page: Page, client: Client, address: str) -> None:
    """Open `address` in the browser as `client` is shown it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    body = answer.content.decode()

    def answer_for(route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path == address.partition("?")[0]:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        elif isinstance(found, str):
            route.fulfill(path=found, content_type=KINDS.get(found.rpartition(".")[2], "application/octet-stream"))
        else:
            route.fulfill(status=404)

    page.unroute("**/*")
    page.route("**/*", answer_for)
    page.goto(SITE + address)
