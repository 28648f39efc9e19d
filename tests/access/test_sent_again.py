"""A lost answer is answered: every form, sent a second time with the same content, gets the first answer. H35.

Also when the first sending changed who may open the page (a concern moved, a death, "not our patient"). The pages are
those of the access table, so a new form is tried without a line here, or fails and asks for what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from homeround.ehch.residents import actions as residents
from homeround.ehch.rounds import actions as rounds
from homeround.kernel.models import AuditEntry
from homeround.kernel.record.nhs_number import made
from tests import databases
from tests.access.people import LINES
from tests.access.test_pages import OWN_PAGES, PAGES, address
from tests.web.filling import forms_on
from tests.web.signing_in import sign_in
from tests.world import AT, World

ANSWERS: dict[str, dict[str, str]] = {
    "move_in": {"nhs_number": made(4711), "born_on-year": "1938"},
    "arrival_correction": {"arrived_on-day": "12", "sure": "yes"},
    "review": {"outcome": "clinical_input", "see_again_on-day": "27"},
    "alignment": {"despite_round": "yes"},
    "alignment_error": {"despite_round": "yes"},
    "mdt": {"username": "senior"},
    "co_option": {"username": "stranger"},
    "colleague_new": {"username": "new.person", "email": ""},
    "hours": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00 to 17:00")
    | {"saturday": "", "sunday": "", "phone": "01392 000000", "otherwise_phone": "111"},
}
"""What a page's form needs beyond the first answer of each question, words, and every box ticked."""

THINGS = {"round_amendment": "closed round"}
"""What stands in the address where the thing of the access table is not one on which the form is saved."""


ROLES = 3 if databases.chosen() == databases.SQLITE else 1
"""As how many roles each form is sent: what differs by role is no matter of the database."""


class _Back(Exception):  # noqa: N818 - a way out, no error
    """Leaves a transaction undone."""


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside did not happen."""
    try:
        with transaction.atomic():
            yield
            raise _Back
    except _Back:
        pass


@dataclass
class Tally:
    """How many sendings were saved, and what was wrong, by form."""

    saved: int = 0
    wrong: dict[str, str] = field(default_factory=dict)


@pytest.mark.usefixtures("let_in")
def test_every_form_sent_again_gets_the_first_answer(world: World, addressed: dict[str, str]) -> None:
    addressed["closed round"] = _closed_round(world)
    _ask_in(world)
    clients = {line.words: sign_in(world[line.own], at=AT) for line in LINES}
    pages = {
        name: (address(name, addressed[THINGS.get(name, row.thing)], world), row.opens) for name, row in PAGES.items()
    }
    of_somebody_not_reviewed_yet = reverse("review", args=[addressed["round"], world.residents["albert"]])
    pages["review"] = (of_somebody_not_reviewed_yet, PAGES["review"].opens)
    pages |= {name: (reverse(name), opens) for name, opens in OWN_PAGES.items() if not name.startswith("demo")}
    tally = Tally()
    for name, (url, opens) in pages.items():
        for number, role in enumerate(sorted(opens)[:ROLES]):
            page = clients[role].get(url).content.decode()
            for form in forms_on(page):
                ways = form.ways(ANSWERS.get(name, {}))
                _try(tally, f"{name} as {role}", clients[role], form.action or url, ways[:2] if number else ways)
    assert not tally.wrong, "\n".join(f"{where}: {problem}" for where, problem in tally.wrong.items())
    assert tally.saved > 40 * ROLES


def _ask_in(world: World) -> None:
    """Whom the page that ends it names: a community team member, asked in for Margaret."""
    residents.co_opt(
        by=world["manager"], at=AT, ref=world.residents["margaret"], member=world["community"].membership_id,
        because="Swallowing",
    )  # fmt: skip


def _closed_round(world: World) -> str:
    """The round of a week ago, closed."""
    held = AT - timedelta(days=7)
    ref = rounds.open_round(
        by=world["clinician"], at=held, code=world.code("rose"), mode="in_person",
        home_representative="Nell Nurse", medical_input="Dr Hart",
    )  # fmt: skip
    review = rounds.Reviewing(how="", outcome="not_reached")
    rounds.record_review(by=world["clinician"], at=held, ref=ref, person=world.residents["margaret"], review=review)
    rounds.close_round(by=world["clinician"], at=held, ref=ref)
    return ref


def _try(tally: Tally, where: str, client: Client, to: str, ways: list[dict[str, str]]) -> None:
    """Send each way twice. At least one is to be saved, or ANSWERS lacks a line."""
    refused, saved = "", 0
    for sent in ways:
        with undone():
            first = client.post(to, sent)
            if first.status_code != 303:
                refused = f"never saved, {first.status_code}: {_problems(first.content.decode())}"
                continue
            saved += 1
            problem = _sent_again(client, to, sent, first["Location"])
            if problem:
                tally.wrong[where] = problem
    tally.saved += saved
    if not saved:
        tally.wrong[where] = refused


def _sent_again(client: Client, to: str, sent: dict[str, str], first: str) -> str:
    written = _writes()
    again = client.post(to, sent)
    if (again.status_code, again.get("Location")) != (303, first):
        return f"again {again.status_code}"
    if _writes() != written:
        return "done twice"
    shown = client.get(first)
    if "saved once" not in shown.content.decode():
        return "does not say that it is saved"
    return "" if shown.status_code == 200 else f"leads to {shown.status_code}"


def _problems(page: str) -> str:
    """What the page says is wrong, for whoever must add a line to ANSWERS."""
    return " | ".join(re.findall(r'<a href="#([^"]+)">', page)) or re.sub(r"<[^>]+>|\s+", " ", page)[-600:]


def _writes() -> int:
    return AuditEntry.objects.exclude(table_name="kernel_look").count()
