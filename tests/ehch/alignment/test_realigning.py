"""A home goes to another PCN while work is under way: the round is asked about, its leader finishes it that day, and
what the PCN of before gave counts no more. Case C19; H3, H33.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.models import User
from homeround.accounts.viewer import Viewer
from homeround.directory.models import CareHome
from homeround.ehch.alignment.access import homes_of, see_home
from homeround.ehch.alignment.actions import align_home, place_on_mdt
from homeround.ehch.alignment.models import MdtPlace, lead_of
from homeround.ehch.alignment.queries import mdt_of
from homeround.ehch.residents.access import see_resident
from homeround.ehch.rounds.access import see_round
from homeround.ehch.rounds.actions import Reviewing, record_review
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import Invalid, NotHere
from tests.web.round_of_rose import begin
from tests.world import AT, World

TODAY = AT.date()
DAY = timedelta(days=1)
SEEN = Reviewing(how="in_person", outcome="no_change", notes="Well.", wanted="Nothing.")


def take_away(world: World, *, days: int = 0, **other: Any) -> None:
    """From today, or a later day, Rose House is aligned to no PCN."""
    sent: dict[str, Any] = {"by": world["icb"], "at": AT, "code": world.code("rose"), "pcn_code": None}
    align_home(**sent | {"from_on": TODAY + days * DAY, "agreed_with": "home and ICB"} | other)


def sees_margaret(world: World, viewer: Viewer, at: Any = AT) -> bool:
    try:
        see_resident(viewer=viewer, ref=world.residents["margaret"], at=at)
    except NotHere:
        return False
    return True


class TestOpenRound:
    def test_aligning_from_today_asks_about_it(self, world: World) -> None:
        begin(world)
        with pytest.raises(Invalid) as refused:
            take_away(world)
        assert set(refused.value.problems) == {"despite_round"}
        assert "Priya Shah has had a round open here since" in refused.value.problems["despite_round"]
        take_away(world, days=1)

    def test_without_one_nothing_is_asked(self, world: World) -> None:
        take_away(world)

    def test_its_leader_finishes_it_that_day(self, world: World, looks: Looks) -> None:
        held = begin(world)
        take_away(world, despite_round=True)
        leader = world["clinician"]
        assert see_round(viewer=leader, ref=held, at=AT).ref == held
        assert record_review(by=leader, at=AT, ref=held, person=world.residents["margaret"], review=SEEN)

    @pytest.mark.parametrize("who", ["pharmacist", "coordinator", "lead", "exe_manager"])
    def test_nobody_else_of_the_pcn_stays_in_sight(self, world: World, looks: Looks, who: str) -> None:
        begin(world)
        take_away(world, despite_round=True)
        assert not homes_of(viewer=world[who], at=AT).filter(pk=world.bodies["rose"].pk).exists()
        assert not sees_margaret(world, world[who])

    def test_the_next_day_the_leader_is_a_stranger_too(self, world: World, looks: Looks) -> None:
        held = begin(world)
        take_away(world, despite_round=True)
        assert not sees_margaret(world, world["clinician"], AT + DAY)
        with pytest.raises(NotHere):
            see_round(viewer=world["clinician"], ref=held, at=AT + DAY)

    def test_a_round_elsewhere_gives_no_sight(self, world: World, looks: Looks) -> None:
        begin(world)
        assert not homes_of(viewer=world["clinician"], at=AT).filter(pk=world.bodies["ivy"].pk).exists()


class TestMdt:
    def test_a_place_that_the_pcn_of_before_gave_shows_nothing(self, world: World, looks: Looks) -> None:
        assert sees_margaret(world, world["community"])
        take_away(world)
        assert not sees_margaret(world, world["community"])
        assert not homes_of(viewer=world["community"], at=AT).exists()

    def test_the_list_says_whose_it_was(self, world: World, looks: Looks) -> None:
        take_away(world)
        home = see_home(viewer=world["icb"], code=world.code("rose"), at=AT)
        assert [(member.name, member.of_another_pcn) for member in mdt_of(home)] == [("Kit Speech", "Exe PCN")]

    def test_the_pcn_of_now_gives_it_anew(self, world: World, looks: Looks) -> None:
        take_away(world)
        then = AT + DAY
        align_home(
            by=world["other_icb"], at=then, code=world.code("rose"), pcn_code=world.code("tor"),
            from_on=TODAY + DAY, agreed_with="both",
        )  # fmt: skip
        member = world["community"].membership_id
        place_on_mdt(by=world["tor_manager"], at=then, code=world.code("rose"), member=member)
        assert sees_margaret(world, world["community"], then)
        assert [place.held_for.name for place in MdtPlace.objects.open().filter(member=member)] == ["Tor PCN"]


class TestLead:
    def of_rose(self, world: World, at: Any = AT) -> int | None:
        found = CareHome.objects.annotate(lead_now=lead_of("pk", at)).get(pk=world.bodies["rose"].pk)
        lead: int | None = found.lead_now
        return lead

    def test_it_is_the_one_who_was_named(self, world: World) -> None:
        assert self.of_rose(world) == world["lead"].membership_id

    def test_nobody_once_the_home_is_of_another_pcn(self, world: World) -> None:
        take_away(world)
        assert self.of_rose(world) is None

    def test_nobody_once_their_membership_has_ended(self, world: World) -> None:
        end_membership(by=world["exe_manager"], at=AT, membership_id=world["lead"].membership_id, how="left")
        assert self.of_rose(world, AT + timedelta(minutes=1)) is None

    def test_nobody_once_they_may_not_sign_in(self, world: World) -> None:

        with acting(SystemActor("tests", "tests")):
            User.objects.filter(pk=world["lead"].user_id).update(is_active=False)
        assert self.of_rose(world) is None
