"""What the page of a home says of its rounds: one left open for weeks is late, one that was cancelled was not held."""

from datetime import datetime, timedelta

import time_machine

from homeround.ehch.rounds.actions import cancel_round
from tests.ehch.rounds.open_things import held_on
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World


def the_round(world: World, at: datetime = AT) -> str:
    page = words_of(sign_in(world["nurse"], at=at).get(f"/homes/{world.code('rose')}"))
    return page.partition(" The round ")[2].partition("Decisions that wait")[0]


def test_a_round_left_open_is_late_on_the_homes_page(world: World, clock: time_machine.Traveller) -> None:
    held_on(world, AT)
    assert "A round is open since Mon 16 Nov 2026" in the_round(world)
    clock.move_to(AT + timedelta(weeks=3))
    assert "The round of Mon 16 Nov 2026 was left open" in the_round(world, AT + timedelta(weeks=3))
    assert "is open since" not in the_round(world, AT + timedelta(weeks=3))


def test_a_cancelled_round_is_said_for_two_weeks_and_is_not_the_last_one(
    world: World, clock: time_machine.Traveller
) -> None:
    ref, never = held_on(world, AT), "No round has been held here yet."
    cancel_round(by=world["clinician"], at=AT, ref=ref, because="Outbreak: nobody may come in.")
    said = "! The round of Mon 16 Nov 2026 was cancelled Outbreak: nobody may come in. See it"
    assert the_round(world).strip() == f"{said} {never}"
    clock.move_to(AT + timedelta(days=15), tick=False)
    assert never in the_round(world, AT + timedelta(days=15)).strip()
    assert said not in the_round(world, AT + timedelta(days=15))
