"""No page leads anybody to an address that is refused or not there: every link is followed, as everybody."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, resolve

from tests.access.people import LINES, Line
from tests.web.signing_in import sign_in
from tests.world import AT, World

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
NOT_FOLLOWED = {"sign_out"}


def kind_of(address: str) -> str:
    """The name of the page behind an address; pages of one name lead alike."""
    try:
        return resolve(address.partition("?")[0]).url_name or ""
    except Resolver404:
        return f"nothing at {address}"


def links_of(page: str) -> Iterator[str]:
    return (link.replace("&amp;", "&") for link in LINK.findall(page))


ALIKE = {"agency carer", "home nurse", "home senior", "clinician of the round", "pharmacist"}
"""Lines whose pages lead where those of another line lead."""


@pytest.mark.parametrize("line", [line for line in LINES if line.words not in ALIKE], ids=lambda line: line.words)
def test_every_link_leads_somewhere(line: Line, world: World, addressed: dict[str, str]) -> None:
    client = sign_in(world[line.own], at=AT)
    waiting, opened, dead = deque([("", "/")]), set[str](), []
    while waiting:
        found_on, address = waiting.popleft()
        kind = kind_of(address)
        if kind in opened or kind in NOT_FOLLOWED:
            continue
        opened.add(kind)  # one page of each kind: pages of one name lead alike
        answer = client.get(address, follow=True)
        if answer.status_code >= 400:
            dead.append(f"{found_on} -> {kind}: {answer.status_code}")
        elif "html" in answer["Content-Type"]:
            waiting.extend((kind, link) for link in links_of(answer.content.decode()))
    assert not dead
