"""Whatever is typed into any form is read again by whoever typed it, also when the form can be taken no more. H39.

Each form of the access table is opened; then everybody died, or the home went to another PCN; then it is sent. Where
that is refused, the words stand on the page that refuses, and at the form's address afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from homeround.ehch.alignment.actions import align_home
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.models import Stay
from tests.access.people import LINES
from tests.access.test_pages import PAGES, address
from tests.access.test_sent_again import ANSWERS
from tests.web.filling import WORDS, forms_on
from tests.web.signing_in import sign_in
from tests.world import AT, World

pytestmark = pytest.mark.once

MARK = "These words were typed"


def everybody_died(world: World) -> None:
    for stay in Stay.objects.open().filter(home__body__code=world.code("rose")).exclude(basis="expected"):
        record_departure(by=world["manager"], at=AT, ref=stay.resident.ref, kind="died", left_on=AT.date())


def the_pcn_is_another(world: World) -> None:
    align_home(
        by=world["icb"],
        at=AT,
        code=world.code("rose"),
        pcn_code=None,
        from_on=AT.date(),
        agreed_with="all",
        despite_round=True,
    )


@pytest.mark.parametrize("happens", [everybody_died, the_pcn_is_another])
def test_what_was_typed_is_given_back(
    world: World, addressed: dict[str, str], happens: Callable[[World], None]
) -> None:
    clients = {line.words: sign_in(world[line.own], at=AT) for line in LINES}
    opened = []
    for name, row in PAGES.items():
        url = address(name, addressed[row.thing], world)
        for role in sorted(row.opens)[:1]:
            for form in forms_on(clients[role].get(url).content.decode()):
                sent = form.ways(ANSWERS.get(name, {}))[1]
                typed = {field: MARK if words == WORDS else words for field, words in sent.items()}
                if MARK in typed.values():
                    opened.append((name, role, form.action or url, typed))
    happens(world)
    refused, lost = 0, []
    for name, role, to, typed in opened:
        answer = clients[role].post(to, typed)
        if answer.status_code in (403, 404):
            refused += 1
            again = clients[role].get(to)
            shown = [page.content.decode() for page in (answer, again) if page.status_code in (403, 404)]
            if not all(MARK in page for page in shown):
                lost.append(f"{name} as {role}: {answer.status_code}, then {again.status_code}")
    assert refused > 8
    assert lost == []


def test_nobody_else_is_given_it(world: World, addressed: dict[str, str]) -> None:
    """Not another member at the same address, nor the same person when they are signed out."""
    url = address("concern_new", addressed["person"], world)
    carer, nurse = sign_in(world["carer"]), sign_in(world["nurse"])
    typed = forms_on(carer.get(url).content.decode())[0].ways({})[1]
    everybody_died(world)
    assert MARK in carer.post(url, {**typed, "words": MARK}).content.decode()
    assert MARK not in nurse.get(url).content.decode()
    carer.cookies.clear()
    assert MARK not in carer.get(url, follow=True).content.decode()
