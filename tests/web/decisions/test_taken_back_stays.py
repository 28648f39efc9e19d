"""What was taken back stays in what happened, with who took it back and why: nothing that was read vanishes (H34)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import (
    answer_query,
    complete_follow_up,
    reopen_follow_up,
    reply_to_decision,
    settle_dispute,
    take_back_answer,
    take_back_reply,
    take_back_settlement,
    take_back_withdrawal,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, FollowUp
from homeround.ehch.decisions.words import FOLLOW_UP_TAKEN_BACK, SAID_TAKEN_BACK
from homeround.kernel.audit.noticed import Looks
from tests.ehch.rounds.open_things import OPEN_THINGS
from tests.web.signing_in import sign_in
from tests.web.walking import words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")

LATER = AT + timedelta(hours=1)
BECAUSE = "I pressed it on the wrong line."


def _decision(world: World) -> str:
    return Ask.objects.filter(resident__ref=world.residents["winifred"]).latest("pk").decision.ref


def _reply(world: World) -> None:
    OPEN_THINGS["silence"].open(world)
    ask = Ask.objects.filter(resident__ref=world.residents["winifred"]).latest("pk").ref
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="read")
    take_back_reply(by=world["gp"], at=LATER, ref=ask, because=BECAUSE)


def _answer(world: World) -> None:
    OPEN_THINGS["gp_question"].open(world)
    ask = Ask.objects.filter(resident__ref=world.residents["winifred"]).latest("pk").ref
    answer_query(by=world["clinician"], at=AT, ref=ask, words="Since May.")
    take_back_answer(by=world["clinician"], at=LATER, ref=ask, because=BECAUSE)


def _settlement(world: World) -> None:
    OPEN_THINGS["dispute"].open(world)
    ref = _decision(world)
    settle_dispute(by=world["clinician"], at=AT, ref=ref, words="Agreed.", settled_as="decided")
    take_back_settlement(by=world["clinician"], at=LATER, ref=ref, because=BECAUSE)


def _withdrawal(world: World) -> None:
    OPEN_THINGS["silence"].open(world)
    withdraw_decision(by=world["clinician"], at=AT, ref=_decision(world), because="Wrong chart.")
    take_back_withdrawal(by=world["clinician"], at=LATER, ref=_decision(world), because=BECAUSE)


def _ending(world: World) -> None:
    OPEN_THINGS["follow_up"].open(world)
    ref = FollowUp.objects.filter(resident__ref=world.residents["winifred"]).latest("pk").ref
    complete_follow_up(by=world["nurse"], at=AT, ref=ref, words="51 kg.")
    reopen_follow_up(by=world["nurse"], at=LATER, ref=ref, because=BECAUSE)


ACTS: Mapping[str, Callable[[World], None]] = {
    "decisions_reply": _reply,
    "decisions_queryanswer": _answer,
    "decisions_settlement": _settlement,
    "decisions_withdrawal": _withdrawal,
    "decisions_followupending": _ending,
}


def test_each_kind_is_tried() -> None:
    assert set(ACTS) == set(SAID_TAKEN_BACK) | set(FOLLOW_UP_TAKEN_BACK)


@pytest.mark.parametrize("table", ACTS)
def test_it_stays_in_what_happened(world: World, looks: Looks, clock: time_machine.Traveller, table: str) -> None:
    ACTS[table](world)
    clock.move_to(LATER, tick=False)
    said = {**SAID_TAKEN_BACK, **FOLLOW_UP_TAKEN_BACK}[table]
    for who in ("nurse", "clinician", "gp"):
        page = words_of(sign_in(world[who], at=LATER).get(reverse("resident", args=[world.residents["winifred"]])))
        assert said in page, who
        assert BECAUSE in page, who


def test_what_came_of_a_follow_up_is_read_on_the_persons_page_and_what_was_taken_back_beside_it(
    world: World, looks: Looks, clock: time_machine.Traveller
) -> None:
    _ending(world)
    ref = FollowUp.objects.filter(resident__ref=world.residents["winifred"]).latest("pk").ref
    clock.move_to(LATER, tick=False)
    page = words_of(sign_in(world["nurse"], at=LATER).get(reverse("follow_up", args=[ref])))
    assert "Was marked as done Nell Nurse" in page
    assert f"Taken back: {BECAUSE}" in page
    complete_follow_up(by=world["nurse"], at=LATER, ref=ref, words="52 kg.")
    for who in ("carer", "nurse", "clinician"):
        page = words_of(sign_in(world[who], at=LATER).get(reverse("resident", args=[world.residents["winifred"]])))
        assert "Follow-up done" in page, who
        assert "Weigh her: 52 kg." in page, who
