"""No page leads into a refusal: the links of a first page, of what waits and of a person's page open for its reader."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from homeround.accounts.rights import RIGHTS
from homeround.ehch.rounds.actions import Reviewing, record_review
from tests.access.people import LINES, Line
from tests.ehch.rounds.open_things import held_on
from tests.web.signing_in import sign_in
from tests.world import AT, World

pytestmark = pytest.mark.once

LINK = re.compile(r'href="(/[^"#]*)')
REF = re.compile(r"/[0-9A-HJKMNP-TV-Z]{16}(?=/|$)")
NOT_PAGES = ("/static/", "/demo", "/second-step", "/password-again")


@pytest.fixture
def held(world: World, addressed: dict[str, str]) -> dict[str, str]:
    """A round that is over stands on Margaret's timeline."""
    yesterday = AT - timedelta(days=1)
    ref = held_on(world, yesterday)
    review = Reviewing(how="in_person", outcome="no_change")
    record_review(by=world["clinician"], at=yesterday, ref=ref, person=world.residents["margaret"], review=review)
    return addressed


def links_of(page: Any) -> dict[str, str]:
    """One address of each kind that the page links to."""
    text = page.content.decode()
    found = (link for link in LINK.findall(text) if not link.startswith(NOT_PAGES) and link != "/")
    return {REF.sub("/REF", link.partition("?")[0]): link for link in found}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.words)
def test_every_link_opens(world: World, held: dict[str, str], line: Line) -> None:
    client = sign_in(world[line.own], at=AT)
    about = f"/residents/{world.residents[line.about]}"
    first = client.get("/", follow=True)
    assert first.status_code == 200, RIGHTS[world[line.own].role].first_page
    pages = [first] + [page for page in (client.get(about), client.get("/waiting")) if page.status_code == 200]
    links = {kind: link for page in pages for kind, link in links_of(page).items()}
    refused = {link: answer for link in links.values() if (answer := client.get(link).status_code) >= 400}
    assert not refused
