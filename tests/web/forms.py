"""Fill in the sample form of /demo/patterns/form as a browser does."""

import html
import re
from typing import Any

from django.test import Client

FORM = "/demo/patterns/form"
GOOD = {
    "help_now": "today",
    "words": "She did not finish her tea.",
    "noticed-day": "16",
    "noticed-month": "11",
    "noticed-year": "2026",
    "noticed-time": "09:30",
    "review_on-day": "17",
    "review_on-month": "11",
    "review_on-year": "2026",
    "reader": "nurse",
}


def hidden(page: Any) -> dict[str, str]:
    """The hidden fields of the page's main form."""
    body = page.content.decode().partition('class="hr-form"')[2].partition("</form>")[0]
    return {
        name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', body)
    }


def sent(client: Client, address: str = FORM, **changed: str) -> dict[str, str]:
    """What the browser sends when the form was filled in well, but for `changed`."""
    return hidden(client.get(address)) | GOOD | changed


def typed_words(page: Any) -> str:
    """What stands in the box "What have you noticed?"."""
    found = re.search(r'<textarea[^>]*id="words"[^>]*>(.*?)</textarea>', page.content.decode(), re.DOTALL)
    return html.unescape(found[1]) if found else ""
