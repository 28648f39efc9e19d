"""No page leads anybody to an address that is refused or not there: every link is followed, as everybody."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, resolve

from homeround.ehch.residents.actions import record_departure
from tests.access.people import LINES, Line
from tests.access.test_pages import PAGES, address
from tests.web.signing_in import sign_in
from tests.world import AT, World

pytestmark = pytest.mark.once

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


def dead_ends(line: Line, world: World, *begin: str) -> list[str]:
    """Where a page that somebody may open leads to one that they may not: from these pages on, one of each kind."""
    client = sign_in(world[line.own], at=AT)
    waiting, opened, dead = deque(("", address) for address in begin), set[str](), []
    while waiting:
        found_on, address = waiting.popleft()
        kind = kind_of(address)
        if kind in opened or kind in NOT_FOLLOWED:
            continue
        answer = client.get(address, follow=True)
        if not found_on and answer.status_code >= 400:
            continue  # nothing led there
        opened.add(kind)  # one page of each kind: pages of one name lead alike
        if answer.status_code >= 400:
            dead.append(f"{found_on} -> {kind}: {answer.status_code}")
        elif "html" in answer["Content-Type"]:
            waiting.extend((kind, link) for link in links_of(answer.content.decode()))
    return dead


@pytest.mark.parametrize("line", [line for line in LINES if line.words not in ALIKE], ids=lambda line: line.words)
def test_every_link_leads_somewhere(line: Line, world: World, addressed: dict[str, str]) -> None:
    assert not dead_ends(line, world, "/")


OF_HOME_AND_PCN = {"home nurse", "home manager", "clinician of the round", "care coordinator", "clinical lead"}


@pytest.mark.parametrize("kind", ["moved_home", "left", "died"])
@pytest.mark.parametrize("line", [line for line in LINES if line.words in OF_HOME_AND_PCN], ids=lambda line: line.words)
def test_so_does_every_link_about_somebody_who_has_gone(
    line: Line, kind: str, world: World, addressed: dict[str, str]
) -> None:
    """From the pages of everything that was written about them, for the home and the PCN that had them."""
    record_departure(by=world["nurse"], at=AT, ref=addressed["person"], kind=kind, left_on=AT.date())
    about_them = [address(name, addressed[row.thing], world) for name, row in PAGES.items() if row.opens]
    assert not dead_ends(line, world, *about_them, "/")
