"""Who reads what about somebody who left: the home and PCN of before their own, and nothing that came after. H15."""

from __future__ import annotations

from datetime import timedelta

import pytest

from homeround.ehch.alignment.actions import align_home
from homeround.ehch.decisions.access import see_ask, see_decision, see_follow_up
from homeround.ehch.decisions.actions import Asking, Deciding, ask_follow_up, complete_follow_up, decide
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.queries import asked_of
from homeround.ehch.decisions.words import NEW
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import NotHere
from tests.ehch.deterioration.test_moving import carry_over
from tests.world import AT, World

LATER = AT + timedelta(hours=1)


def decided(world: World, who: str, at: object = AT) -> tuple[str, str, str]:
    """The refs of a decision, of what is asked about it, and of a follow-up."""
    given = {"by": world[who], "at": at, "ref": world.residents["margaret"]}
    change = Deciding("plan", f"by {who}", "Needed.", "nothing", AT.date(), replaces=NEW)
    decision = decide(decision=change, **given)  # type: ignore[arg-type]
    asked = ask_follow_up(asking=Asking("Weigh her", "home", AT.date()), **given)  # type: ignore[arg-type]
    return decision, Ask.objects.get(decision__ref=decision).ref, asked


def leaves(world: World) -> None:
    record_departure(
        by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="moved_home", left_on=AT.date()
    )  # fmt: skip


@pytest.mark.parametrize("who", ["nurse", "clinician"])
def test_the_home_of_before_reads_its_own_decisions_and_none_of_the_next(world: World, looks: Looks, who: str) -> None:
    own = decided(world, "clinician")
    leaves(world)
    carry_over(by=world["ivy_manager"], at=AT, ref=world.residents["margaret"], home=world.bodies["ivy"].pk)
    next_ = decided(world, "tor_clinician", LATER)
    for see, ours, theirs in zip((see_decision, see_ask, see_follow_up), own, next_, strict=True):
        see(viewer=world[who], ref=ours, at=LATER)
        with pytest.raises(NotHere):
            see(viewer=world[who], ref=theirs, at=LATER)
        see(viewer=world["tor_clinician"], ref=theirs, at=LATER)


def test_a_member_of_the_mdt_sees_nobody_who_left(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    see_resident(viewer=world["community"], ref=ref, at=AT)
    leaves(world)
    with pytest.raises(NotHere):
        see_resident(viewer=world["community"], ref=ref, at=LATER)


def test_the_pcn_of_their_last_day_still_sees_them_when_the_home_is_of_another(world: World, looks: Looks) -> None:
    """Whoever left before the home changed its PCN stays with the PCN that served them, and never comes to the new."""
    leaves(world)
    for officer, pcn, days in (("icb", None, 1), ("other_icb", "tor", 2)):
        align_home(
            by=world[officer], at=AT + timedelta(days=days), code=world.code("rose"),
            pcn_code=world.code(pcn) if pcn else None, from_on=(AT + timedelta(days=days)).date(), agreed_with="all",
        )  # fmt: skip
    at = AT + timedelta(days=3)
    see_resident(viewer=world["clinician"], ref=world.residents["margaret"], at=at)
    with pytest.raises(NotHere):
        see_resident(viewer=world["tor_clinician"], ref=world.residents["margaret"], at=at)
    with pytest.raises(NotHere):
        see_resident(viewer=world["clinician"], ref=world.residents["winifred"], at=at)


def test_what_a_pcn_was_to_do_falls_to_the_pcn_that_serves_the_home_now(world: World, looks: Looks) -> None:
    """On its lists, named as whose it is, with the acts of whoever it is asked of; the PCN of before has none of it."""
    given = {"by": world["clinician"], "at": AT, "ref": world.residents["margaret"]}
    asked = ask_follow_up(asking=Asking("Send cards", "pcn", AT.date() + timedelta(days=2)), **given)  # type: ignore[arg-type]
    assert [owed.ref for owed in asked_of(viewer=world["coordinator"], at=LATER)] == [asked]
    for officer, pcn, days in (("icb", None, 1), ("other_icb", "tor", 2)):
        align_home(
            by=world[officer], at=AT + timedelta(days=days), code=world.code("rose"),
            pcn_code=world.code(pcn) if pcn else None, from_on=(AT + timedelta(days=days)).date(), agreed_with="all",
        )  # fmt: skip
    at = AT + timedelta(days=3)
    assert asked_of(viewer=world["coordinator"], at=at) == []
    [owed] = asked_of(viewer=world["tor_clinician"], at=at)
    assert (owed.ref, owed.owner) == (asked, "care coordinator, Tor PCN")
    assert "follow_up_pcn" in {row.wait.kind for row in what_waits(viewer=world["tor_coordinator"], at=at).mine}
    with pytest.raises(NotHere):
        complete_follow_up(by=world["coordinator"], at=at, ref=asked, words="Sent.")
    complete_follow_up(by=world["tor_clinician"], at=at, ref=asked, words="Sent.")
    assert asked_of(viewer=world["tor_clinician"], at=at) == []
