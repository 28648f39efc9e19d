"""Asking a named clinician in for one person, and ending it, on pages. No break-glass (trust.md)."""

from __future__ import annotations

import pytest
import time_machine

from tests.web.signing_in import sign_in
from tests.web.walking import send, words_of
from tests.world import World


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def test_a_nurse_asks_a_clinician_in_and_ends_it(world: World) -> None:
    ref = world.residents["margaret"]
    guest, nurse = sign_in(world["stranger"]), sign_in(world["nurse"])
    page = f"/residents/{ref}/co-options"
    assert page in nurse.get(f"/residents/{ref}").content.decode()
    assert guest.get(f"/residents/{ref}").status_code == 404
    assert (
        send(nurse, page, username=world["stranger"].username, because="to look at her swallowing").status_code == 303
    )
    assert guest.get(f"/residents/{ref}").status_code == 200
    listed = words_of(nurse.get(page))
    assert world["stranger"].shown in listed
    assert "to look at her swallowing" in listed
    end = f"{page}/{world['stranger'].membership_id}/end"
    assert send(nurse, end).status_code == 303
    assert guest.get(f"/residents/{ref}").status_code == 404
    assert "Nobody is asked in now." in words_of(nurse.get(page))
    assert "There is nothing to end." in words_of(nurse.get(end))


@pytest.mark.parametrize("username", ["nobody", "carer", "", "' OR 1=1", "x" * 151])
def test_who_is_no_clinician_is_refused_at_the_field_and_nothing_is_lost(world: World, username: str) -> None:
    page = f"/residents/{world.residents['margaret']}/co-options"
    answer = send(sign_in(world["nurse"]), page, username=username, because="because of this")
    assert answer.status_code == 422
    assert 'href="#username"' in answer.content.decode()
    assert "because of this" in answer.content.decode()
