"""Nobody answers their own decision in another capacity: no page offers it, a colleague replies. REQ-20, H38."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.ehch.decisions.actions import decide, reply_to_decision
from homeround.ehch.decisions.models import Ask
from homeround.kernel.refusals import NotAllowed
from homeround.nonprod import building
from tests.web.round_of_rose import CHANGE
from tests.web.signing_in import sign_in
from tests.web.walking import text_of, words_of
from tests.world import AT, World

SAID = "You decided this yourself: a colleague of the practice replies."


@pytest.fixture
def in_the_pcn(world: World, clock: time_machine.Traveller) -> Viewer:
    """The GP's second capacity: a clinician of the PCN."""
    return building.member(
        by=world["exe_manager"], at=AT - timedelta(hours=1), username="gp", role=Role.ROUND_CLINICIAN,
        body=world.bodies["exe"], profession="GP",
    )  # fmt: skip


@pytest.mark.parametrize("typed", [False, True])
def test_the_decider_is_told_and_a_colleague_replies(world: World, in_the_pcn: Viewer, *, typed: bool) -> None:
    assert CHANGE.decision is not None
    by, for_whom = (world["coordinator"], in_the_pcn.membership_id) if typed else (in_the_pcn, None)
    decide(by=by, at=AT, ref=world.residents["margaret"], decision=CHANGE.decision, for_whom=for_whom)
    ask = Ask.objects.get().ref
    pages = [reverse("awaiting_reply"), reverse("reply", args=[ask])]
    for page in pages:
        own, colleague = (sign_in(world[who]).get(page) for who in ("gp", "gp_colleague"))
        assert SAID in words_of(own)
        assert "I have read this</button>" not in text_of(own)
        assert SAID not in words_of(colleague)
        assert "I have read this" in words_of(colleague)
    with pytest.raises(NotAllowed, match="You decided this yourself"):
        reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="read")
    reply_to_decision(by=world["gp_colleague"], at=AT, ref=ask, kind="read")
    assert SAID not in words_of(sign_in(world["gp"]).get(pages[0]))
