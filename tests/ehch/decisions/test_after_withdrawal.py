"""A decision that was taken back asks nothing of anybody: no later act opens again what the withdrawal closed (H34)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from homeround.accounts.viewer import Viewer
from homeround.ehch.decisions import actions
from homeround.ehch.decisions.models import Ask, Dispute
from homeround.kernel.refusals import Invalid, NotAllowed
from tests.web.round_of_rose import begin, change_plan
from tests.world import AT, World

Act = Callable[[dict[str, str], Callable[[], datetime], World], object]


def reply(kind: str, words: str = "Because.") -> Act:
    return lambda refs, now, world: actions.reply_to_decision(
        by=world["gp"], at=now(), ref=refs["ask"], kind=kind, words=words, meanwhile="Stop it meanwhile."
    )


def of(thing: str, verb: Callable[..., object], who: str, **content: str) -> Act:
    def act(refs: dict[str, str], now: Callable[[], datetime], world: World) -> object:
        by: Viewer = world[who]
        return verb(by=by, at=now(), ref=refs[thing], **content)

    return act


READ, QUERY, DISPUTE = reply("read", ""), reply("query"), reply("do_not_adopt")
ANSWER = of("ask", actions.answer_query, "clinician", words="Since May.")
SETTLE = of("decision", actions.settle_dispute, "clinician", words="Agreed.", settled_as="decided")
BACK = {"because": "Sent in error."}
CASES = {
    "replied": ([], READ),
    "asked": ([], QUERY),
    "disputed": ([], DISPUTE),
    "answered": ([QUERY], ANSWER),
    "reply taken back": ([READ], of("ask", actions.take_back_reply, "gp", **BACK)),
    "question taken back": ([QUERY], of("ask", actions.take_back_reply, "gp", **BACK)),
    "dispute taken back": ([DISPUTE], of("ask", actions.take_back_reply, "gp", **BACK)),
    "answer taken back": ([QUERY, ANSWER], of("ask", actions.take_back_answer, "clinician", **BACK)),
    "settled": ([DISPUTE], SETTLE),
    "settlement taken back": ([DISPUTE, SETTLE], of("decision", actions.take_back_settlement, "clinician", **BACK)),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_opens_again_what_a_withdrawal_closed(case: str, world: World) -> None:
    before, act = CASES[case]
    instant = [AT]

    def now() -> datetime:
        instant[0] += timedelta(minutes=1)
        return instant[0]

    ask = change_plan(world, begin(world))
    refs = {"ask": ask, "decision": Ask.objects.select_related("decision").get(ref=ask).decision.ref}
    for earlier in before:
        earlier(refs, now, world)
    actions.withdraw_decision(by=world["clinician"], at=now(), ref=refs["decision"], because="On the wrong person.")
    with pytest.raises((Invalid, NotAllowed), match="taken back"):
        act(refs, now, world)
    for rows in (Ask.objects, Dispute.objects):
        assert not rows.filter(decision__ref=refs["decision"], ended_at=None).exists()
