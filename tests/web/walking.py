"""Walk through pages as a browser does: read a page, fill in one of its forms, send it with its hidden fields."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def text_of(response: Any) -> str:
    """The page as a person reads it, without entities."""
    return html.unescape(response.content.decode())


def words_of(response: Any) -> str:
    """The words of the page's main part, in one line, without tags."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def where(response: Any) -> str:
    """Where a saved form leads."""
    assert response.status_code == 303, response.status_code
    return str(response.headers["Location"])


def hidden_in(page: Any, action: str) -> dict[str, str]:
    """The hidden fields of the page's form that goes to `action`."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.content.decode(), re.DOTALL)
    assert found, f"no form to {action}"
    return {name: html.unescape(value) for name, value in HIDDEN.findall(found[0])}


def send(client: Client, address: str, form: str = "", **typed: Any) -> Any:
    """Open a page, fill in its form (or the one that goes to `form`) and send it."""
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    action = form or address.split("?", maxsplit=1)[0]
    return client.post(action, {**hidden_in(page, action), **typed})
