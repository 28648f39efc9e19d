"""Another body's resident and one who does not exist are answered alike: status, bytes, number of statements. H53.

The answers may differ in what is made anew for every request (the id, the nonce, form tokens) and in the ref asked for.
"""

from __future__ import annotations

import re

import pytest

from homeround.kernel.record.refs import new_ref
from tests.access.people import LINES
from tests.access.test_pages import PAGES, address
from tests.statements import statements
from tests.web.signing_in import sign_in
from tests.world import AT, World

pytestmark = pytest.mark.once

ABOUT_PEOPLE = [name for name, row in PAGES.items() if row.thing not in {"rose", "exe", "icb", "colleague"}]
SEE_A_PART = {"carer", "registered practice, clinician", "registered practice, clerk", "community team member"}
"""Lines to whom the person is theirs, and much about the person is not."""
MADE_ANEW = (
    re.compile(rb'nonce="[^"]*"'),
    re.compile(rb'name="(?:csrfmiddlewaretoken|token|signature|capacity)" value="[^"]*"'),
    re.compile(rb'"X-CSRFToken": ?"[^"]*"'),
    re.compile(rb"\b[0-9a-f]{8}\b"),
    re.compile(rb"\b[0-9A-Z]{8}\b"),
)


def bare(content: bytes, ref: str) -> bytes:
    """The page without what is made anew for every request, and without the ref asked for."""
    content = content.replace(ref.encode(), b"REF")
    for pattern in MADE_ANEW:
        content = pattern.sub(b"", content)
    return content


def test_elsewhere_and_nowhere_are_answered_alike(world: World, addressed: dict[str, str]) -> None:
    for line in [line for line in LINES if line.other != line.own]:
        client = sign_in(world[line.other], at=AT)
        client.get("/my-rights")  # the first page after signing in asks more
        for name in ABOUT_PEOPLE:
            answers = []
            for ref in (addressed[PAGES[name].thing], new_ref()):
                with statements() as asked:
                    response = client.get(address(name, ref, world))
                answers.append((response.status_code, bare(response.content, ref), asked))
            (status, page, first), (no_status, no_page, second) = answers
            assert (status, len(first)) == (no_status, len(second)), (name, line.words, first, second)
            assert page == no_page, (name, line.words)


def test_what_is_refused_about_ones_own_people_shows_nobody(world: World, addressed: dict[str, str]) -> None:
    """A door may have opened before the refusal: its page says no more than that of nothing, and prints nobody."""
    for line in [line for line in LINES if line.words in SEE_A_PART]:
        client = sign_in(world[line.own], at=AT)
        client.get("/my-rights")
        for name in ABOUT_PEOPLE:
            ref = addressed[PAGES[name].thing]
            response = client.get(address(name, ref, world))
            if response.status_code in {403, 404}:
                assert b'data-shown=""' in response.content, (name, line.words)
            if response.status_code == 404:
                nowhere = new_ref()
                nothing = client.get(address(name, nowhere, world))
                assert bare(response.content, ref) == bare(nothing.content, nowhere), (name, line.words)
