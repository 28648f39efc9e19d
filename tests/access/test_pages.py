"""Every address by every line of the access table: 200, 403 or 404, in the own place and in another.

An address without a row fails the suite. Between yes and no one fact changes: who asks, or from where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from homeround.ehch.deterioration.models import Call
from homeround.kernel.models import AuditEntry
from tests.access.people import (
    CLINICIANS,
    EVERYBODY,
    GUESTS,
    HAVE_TURNS,
    HOME,
    LINES,
    MANAGE_A_BODY,
    PCN,
    PRACTICE,
    PUT_FORWARD,
    RAISE_CONCERNS,
    READ_WORKLISTS,
    READS_HOME,
    SENIOR,
)
from tests.access.rows import stated
from tests.web.signing_in import sign_in
from tests.world import AT, BEFORE, World

GP, CLERK, TEAM = "registered practice, clinician", "registered practice, clerk", "community team member"
GRANTING = {
    *("home manager", "PCN manager", "registered practice, clinician", "ICB officer", "system administrator"),
    *GUESTS,
}
"""Lines whose role says who acts for their body."""
SERVICE = {"PCN manager", "IG lead", "ICB officer", TEAM}
"""Lines to whom the home can be theirs, but not what is written about its people."""


@dataclass(frozen=True)
class Page:
    """Which thing stands in the address, who is shown the page, to whom it is refused in words (403); to others 404.

    `sent_on`: to whom it answers with another page that is theirs.
    """

    thing: str
    opens: frozenset[str]
    refused: frozenset[str] = frozenset()
    sent_on: frozenset[str] = frozenset()


def page(thing: str, opens: set[str] | frozenset[str], refused: set[str] | frozenset[str] = frozenset()) -> Page:
    """A page as a row of the table."""
    return Page(thing, frozenset(opens), frozenset(refused))


def about(opens: set[str] | frozenset[str], thing: str = "person") -> Page:
    """A page about a person: refused in words to whoever sees the person and may not see or do this."""
    sees = (HOME | PCN | PRACTICE | GUESTS) - {"co-opted"}
    return page(thing, opens, sees - opens)


SEES_FOLLOW_UPS = HOME | PCN | {GP, TEAM}

PAGES: dict[str, Page] = {
    # a home
    "home_today": page("rose", READ_WORKLISTS, SERVICE),
    "home_today_now": Page("rose", frozenset(), frozenset(SERVICE), sent_on=READ_WORKLISTS),
    "concern_whom": page("rose", RAISE_CONCERNS, (READ_WORKLISTS - RAISE_CONCERNS) | SERVICE),
    "worklist": page("rose", READ_WORKLISTS, SERVICE),
    "move_in": page("rose", SENIOR, (HOME - SENIOR) | PCN | SERVICE),
    "taken_out": page("rose", SENIOR, (HOME - SENIOR) | PCN | SERVICE),
    "put_back": page("taken out", SENIOR, (HOME - SENIOR) | PCN | SERVICE),
    "home_replies": page("rose", SENIOR | PCN, (HOME - SENIOR) | SERVICE),
    "round_preparing": page("rose", READ_WORKLISTS, SERVICE),
    "home_waits": page("rose", READ_WORKLISTS, SERVICE),
    "home_follow_ups": page("rose", HOME | PCN | {TEAM}, SERVICE - {TEAM}),
    "round_new": page("rose", PCN, EVERYBODY - PCN),
    # a person
    "resident": about(HOME | PCN | PRACTICE | {TEAM}),
    "arrival": about(HOME | PCN | {GP, TEAM}),
    "arrival_new": page("expected", SENIOR, (HOME - SENIOR) | PCN | {TEAM}),
    "room": about(SENIOR),
    "co_option": about(SENIOR | CLINICIANS),
    "co_option_end": about(SENIOR | CLINICIANS),
    "registration": about(SENIOR | {"care coordinator"}),
    "departure": about(SENIOR),
    "departure_correction": page("departed", SENIOR, (HOME | PCN | PRACTICE) - SENIOR),
    "departure_removal": page("departed", SENIOR, (HOME | PCN | PRACTICE) - SENIOR),
    "hospital": about(SENIOR),
    "hospital_news": page("in hospital", SENIOR, (HOME | PCN | PRACTICE | {TEAM}) - SENIOR),
    "hospital_news_removal": page("in hospital", SENIOR, (HOME | PCN | PRACTICE | {TEAM}) - SENIOR),
    "hospital_return": page("in hospital", SENIOR, (HOME | PCN | PRACTICE | {TEAM}) - SENIOR),
    "hospital_removal": page("in hospital", SENIOR, (HOME | PCN | PRACTICE | {TEAM}) - SENIOR),
    "hospital_return_correction": page("back", SENIOR, (HOME | PCN | PRACTICE | {TEAM}) - SENIOR),
    "hospital_return_removal": page("back", SENIOR, (HOME | PCN | PRACTICE | {TEAM}) - SENIOR),
    "handover": page("moved away", SENIOR | PCN, (HOME - SENIOR) | PRACTICE),
    "arrival_correction": about(SENIOR),
    "move_in_removal": page("newcomer", SENIOR, (HOME | PCN | PRACTICE | {TEAM}) - SENIOR),
    "identity": about(SENIOR),
    "stay_change": about(SENIOR),
    "obligation": about(SENIOR | PCN),
    "obligation_undo": about(SENIOR | PCN),
    "looks": page("person", {"home manager", "IG lead"}, (HOME | PCN | PRACTICE | {TEAM}) - {"home manager"}),
    # a concern
    "concern_new": about(RAISE_CONCERNS),
    "concern": about(HOME | PCN | {GP, TEAM}, "concern"),
    "call_new": about(RAISE_CONCERNS, "urgent"),
    "answer_new": about(PCN, "concern"),
    "words_new": about(RAISE_CONCERNS, "urgent"),
    "unread": about(PCN, "answered"),
    "concern_reopen": about(PCN, "answered"),
    "concern_remove": about(SENIOR | CLINICIANS | {"carer"}, "concern"),  # a carer wrote it
    "concern_put_back": about(SENIOR | CLINICIANS | {"carer"}, "removed"),
    "call_remove": about(SENIOR | PCN | {"carer"}, "phoned"),
    "concern_move": about(RAISE_CONCERNS, "concern"),
    # a decision
    "decision": about(SENIOR | PCN | {GP, TEAM}, "disputed"),
    "settlement": about(CLINICIANS | {GP}, "disputed"),
    "query_answer": about(PCN, "queried decision"),
    "withdrawal": about(CLINICIANS, "decision"),
    "correction": about(CLINICIANS, "decision"),
    "confirmation": about(SENIOR | PCN | {GP, TEAM}, "typed"),
    "news": about(CLINICIANS | {GP}, "withdrawn"),
    "take_back_reply": about({GP}, "replied decision"),
    "take_back_answer": about({"clinician of the round"}, "answered decision"),
    "take_back_settlement": about(CLINICIANS | {GP}, "settled"),
    "take_back_withdrawal": about(CLINICIANS, "withdrawn"),
    "reply": Page(
        "ask",
        opens=frozenset(PRACTICE),
        refused=frozenset(HOME - SENIOR),
        sent_on=frozenset(SENIOR | PCN | {TEAM}),
    ),
    "follow_up": page("follow_up", HOME | PCN | {GP, TEAM}),
    "follow_up_cannot": page("follow_up", SENIOR, SEES_FOLLOW_UPS - SENIOR),
    "follow_up_passed-on": page("follow_up", SENIOR, SEES_FOLLOW_UPS - SENIOR),
    "follow_up_not-needed": page("follow_up", PCN, SEES_FOLLOW_UPS - PCN),
    "follow_up_open-again": page("done", SENIOR, SEES_FOLLOW_UPS - SENIOR),
    "follow_up_again": page("came back", PCN, SEES_FOLLOW_UPS - PCN),
    "follow_up_left": page("came back", PCN, SEES_FOLLOW_UPS - PCN),
    # for the round
    "put_forward_new": about(PUT_FORWARD),
    "put_forward": about(PUT_FORWARD, "put forward"),
    "put_forward_not_needed": about(PUT_FORWARD, "put forward"),
    "put_forward_moving": about(RAISE_CONCERNS, "put forward"),
    # a round
    "round": page("round", HOME | PCN, SERVICE),
    "review": page("round", PCN, HOME | SERVICE),
    "round_cancelling": page("round", PCN, HOME | SERVICE),
    "round_reopening": page("cancelled round", PCN, HOME | SERVICE),
    "round_amendment": page("round", CLINICIANS, HOME | SERVICE | {"care coordinator"}),
    "review_moving": page("round", CLINICIANS, HOME | SERVICE | {"care coordinator"}),
    "review_confirming": page("typed in round", PCN, HOME | SERVICE),
    "review_holding": page("round in question", CLINICIANS, HOME | SERVICE | {"care coordinator"}),
    "review_carrying": page("round", CLINICIANS, HOME | SERVICE | {"care coordinator"}),
    "round_closing": page("round", CLINICIANS, HOME | SERVICE | {"care coordinator"}),
    # a PCN, an area
    "pcn_week": page("exe", PCN, {"PCN manager"}),
    "our_pcn": page("exe", PCN | {"PCN manager"}),
    "cover": page("icb", {"ICB officer"}),
    # a colleague
    "colleague": page("colleague", {"home manager"}, EVERYBODY - GRANTING),
    "colleague_ended": page("colleague", {"home manager"}, EVERYBODY - GRANTING),
    "colleague_helped": page("colleague", {"home manager"}, EVERYBODY - GRANTING),
    "colleague_cut_off": page("colleague", {"home manager"}, EVERYBODY - GRANTING),
    "alignment": page("rose", {"ICB officer"}, READS_HOME - {"ICB officer"}),
    "alignment_error": page("rose", {"ICB officer"}, READS_HOME - {"ICB officer"}),
    "lead": page("rose", {"PCN manager"}, READS_HOME - {"PCN manager"}),
    "lead_error": page("rose", {"PCN manager"}, READS_HOME - {"PCN manager"}),
    "mdt": page("rose", {"PCN manager"}, READS_HOME - {"PCN manager"}),
    "mdt_end": page("rose", {"PCN manager"}, READS_HOME - {"PCN manager"}),
    "hours_error": page("exe", {"PCN manager"}, PCN),
}
PAGES |= {name: Page(*row) for name, row in stated("PAGES").items()}

OWN_PAGES: dict[str, frozenset[str]] = {
    # pages of whoever asks, without a place in their address; to everybody else refused in words
    "my_rounds": frozenset(PCN),
    "my_homes": frozenset(PCN),
    "awaiting_reply": frozenset(PRACTICE),
    "my_patients": frozenset(PRACTICE),
    "waiting": HAVE_TURNS,
    "asked_of_me": frozenset(HOME | PCN | GUESTS | {GP}),
    "who_looked": frozenset({"IG lead"}),
    "colleagues": frozenset(GRANTING),
    "colleague_new": frozenset(GRANTING),
    "hours": frozenset(MANAGE_A_BODY),
    "find": frozenset(HOME | PCN | PRACTICE | GUESTS),
    "my_people": frozenset(GUESTS),
    "system": frozenset({"system administrator"}),
    "my_rights": EVERYBODY,
    "capacity": EVERYBODY,
    "something_wrong": EVERYBODY,
    "way_in": EVERYBODY,
    "numbers": EVERYBODY,
    "demo": EVERYBODY,
    "demo_mail": EVERYBODY,
    "demo_patterns": EVERYBODY,
    "demo_pattern_form": EVERYBODY,
    "health_serving": EVERYBODY,
    "lock_state": EVERYBODY,
    "mfa_index": EVERYBODY,
    "your_sign_in": EVERYBODY,
    "account_change_password": EVERYBODY,
    "sign_out": EVERYBODY,
    "account_reauthenticate": EVERYBODY,
}

SENT_ELSEWHERE = {
    # answers somebody who is signed in with another address, or is nobody's to open before it is set up
    "first_page",
    "account_login",
    "lock",
    "mfa_authenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
}

ONLY_SENT = {
    # what is only sent, never opened: an opened address answers 405, and the action behind it has its row
    "lock_here",
    "drafts",
    "drafts_discard",
    "system_seen",
    "sign_in_ended",
    "printed",
    "reply_read",
    "round_outcome",
}

WELL_OR_NOT = {"health"}
"""Answers anybody, 200 or 503, and knows nothing about anybody: tests/jobs/test_condition.py."""

OPEN_TO_ANYBODY = {
    "account_login",
    "way_in",
    "something_wrong",
    "numbers",
    "health_serving",
    "lock_state",
    "demo",
    "demo_mail",
    "demo_patterns",
    "sign_out",
}
"""Addresses that answer somebody who is not signed in; they know nothing about anybody."""


def test_every_address_has_a_row() -> None:
    assert set(_addresses()) == {*PAGES, *OWN_PAGES, *SENT_ELSEWHERE, *ONLY_SENT, *WELL_OR_NOT}


def test_a_page_for_everybody_in_their_own_place(world: World, addressed: dict[str, str]) -> None:
    own = {line.words: sign_in(world[line.own], at=AT) for line in LINES}
    answers = {name: _opened_by(own, address(name, addressed[row.thing], world)) for name, row in PAGES.items()}
    assert answers == {name: {words: _expected(row, words) for words in own} for name, row in PAGES.items()}


@pytest.mark.once
def test_a_page_for_everybody_elsewhere(world: World, addressed: dict[str, str]) -> None:
    elsewhere = _from_elsewhere(world)
    answers = {name: _opened_by(elsewhere, address(name, addressed[row.thing], world)) for name, row in PAGES.items()}
    by_role_alone = {"round_new": PAGES["round_new"].refused} | {
        name: row.refused for name, row in PAGES.items() if row.thing == "colleague"
    }
    assert answers == {
        name: {words: 403 if words in by_role_alone.get(name, ()) else 404 for words in elsewhere} for name in PAGES
    }


@pytest.mark.once
def test_nothing_is_written_from_elsewhere(world: World, addressed: dict[str, str]) -> None:
    elsewhere = _from_elsewhere(world)
    before = _writes()
    for name in [name for name in PAGES if PAGES[name].thing != "icb"]:
        url = address(name, addressed[PAGES[name].thing], world)
        for words, client in elsewhere.items():
            answer = client.post(url, {"words": "x", "kind": "read"}).status_code
            assert answer in {403, 404, 405}, (name, words)
        assert _writes() == before, name


def test_a_page_of_ones_own(world: World, addressed: dict[str, str]) -> None:
    own = {line.words: sign_in(world[line.own], at=AT) for line in LINES}
    answers = {name: _opened_by(own, reverse(name)) for name in OWN_PAGES}
    assert answers == {name: {words: 200 if words in OWN_PAGES[name] else 403 for words in own} for name in OWN_PAGES}


def test_what_is_only_sent_is_not_opened(world: World, addressed: dict[str, str]) -> None:
    client, things = sign_in(world["clinician"], at=AT), {"reply_read": "ask", "round_outcome": "round"}
    for name in ONLY_SENT:
        url = address(name, addressed[things.get(name, "person")], world)
        assert client.get(url).status_code == 405, name


def test_nobody_who_is_not_signed_in_is_shown_anything(world: World, addressed: dict[str, str]) -> None:
    for name in (*PAGES, *OWN_PAGES, *SENT_ELSEWHERE, *ONLY_SENT):
        thing = PAGES[name].thing if name in PAGES else "person"
        response = Client().get(address(name, addressed[thing], world))
        if name in OPEN_TO_ANYBODY:
            assert response.status_code == 200, name
            continue
        assert response.status_code in {302, 303}, name
        assert response["Location"].startswith(reverse("account_login")), name


def _from_elsewhere(world: World) -> dict[str, Client]:
    return {line.words: sign_in(world[line.other], at=AT) for line in LINES if line.other != line.own}


def _opened_by(clients: dict[str, Client], url: str) -> dict[str, int]:
    return {words: client.get(url).status_code for words, client in clients.items()}


def address(name: str, thing: str, world: World) -> str:
    """The address of a page, about this thing."""
    pattern = _addresses()[name]
    call = Call.objects.values_list("ref", flat=True).first() or ""
    known = {
        "call": call,
        "ref": thing,
        "code": thing,
        "person": world.residents["margaret"],
        "which": "plan",
        "column": "silence",
    }
    if "ref" in pattern.converters:
        known["code"] = world.code("rose")
    known["to"] = world.residents["albert"]
    known |= {"day": BEFORE.date().isoformat(), "role": "coordinator", "member": str(world["community"].membership_id)}
    return reverse(name, kwargs={word: known[word] for word in pattern.converters})


def _addresses() -> dict[str, Any]:
    """Every address of the service by its name, with what stands in it; all of them lie on one level."""
    return {pattern.name or "": pattern.pattern for pattern in get_resolver().url_patterns}  # type: ignore[union-attr]


def _expected(row: Page, words: str) -> int:
    if words in row.opens:
        return 200
    if words in row.sent_on:
        return 303
    return 403 if words in row.refused else 404


def _writes() -> int:
    """How many entries of the log are writes and not looks."""
    return AuditEntry.objects.exclude(table_name__in=("kernel_look", "kernel_outbox")).exclude(op="look").count()
