"""No page reads a table that grows from end to end: at 400,000 residents it would be seconds to no answer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.access.people import LINES
from tests.access.test_pages import OWN_PAGES, PAGES, address
from tests.plans import Asked, asked, read_from_end_to_end
from tests.web.signing_in import sign_in
from tests.world import AT, World

MAY: dict[str, set[str]] = {
    # the newest seal: read from the end, one row as a rule; what people say is wrong: some lines a month, paged
    "system": {"kernel_audit_seal", "accounts_somethingwrong"},
    "health": {"kernel_audit_seal"},
}
"""Pages that may, with the tables: each with its reason beside it."""


@pytest.mark.sqlite
def test_every_statement_of_every_page_has_an_index_to_what_it_reads(world: World, addressed: dict[str, str]) -> None:
    clients = {line.words: sign_in(world[line.own], at=AT) for line in LINES}
    pages = {name: (address(name, addressed[row.thing], world), row.opens) for name, row in PAGES.items()}
    pages |= {name: (reverse(name), opens) for name, opens in OWN_PAGES.items() if not name.startswith("demo")}
    found: dict[str, str] = {}
    explained: dict[str, set[str]] = {}
    for name, (url, opens) in pages.items():
        for role in sorted(opens)[::3]:
            with asked() as statements:
                clients[role].get(url)
            for statement in statements:
                scanned = _explained(statement, explained) - MAY.get(name, set())
                for table in scanned:
                    found.setdefault(f"{table} by {name}, for example as {role}", statement.sql)
    assert not found, "\n".join(f"{what}: ...{sql[-300:]}" for what, sql in sorted(found.items()))
    assert len(explained) > 100


def _explained(statement: Asked, known: dict[str, set[str]]) -> set[str]:
    if statement.sql not in known:
        known[statement.sql] = read_from_end_to_end(statement)
    return known[statement.sql]
