"""What a review with two concerns costs: one door a thing, one statement for all who are told."""

from __future__ import annotations

from dataclasses import replace

from homeround.ehch.rounds.actions import record_review
from tests.ehch.rounds.open_things import held_on
from tests.ehch.rounds.test_way_back import CHANGE
from tests.statements import statements
from tests.web.round_of_rose import worry
from tests.world import AT, World

DOORS = ("directory_carehome", "residents_resident")


def test_a_review_with_two_concerns(world: World) -> None:
    held = held_on(world, AT)
    for who in ("albert", "margaret"):
        concerns = tuple(worry(world, who) for _ in range(2))
        with statements() as asked:
            record_review(
                by=world["clinician"],
                at=AT,
                token=f"{who}-1",
                ref=held,
                person=world.residents[who],
                review=replace(CHANGE, answers=concerns),
            )
    for table in DOORS:
        assert sum(sql.startswith("SELECT") and f'FROM "{table}"' in sql[:4000] for sql in asked) <= 2, table
    assert len(asked) <= 24, "\n".join(sql[:160] for sql in asked)
