"""Aligning homes, naming leads, hours and MDTs: what is kept, what is refused, and by whom. REQ-01, 03, 16, 17, 58."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from homeround.accounts.actions import end_membership
from homeround.accounts.rights import Role
from homeround.accounts.viewer import Viewer
from homeround.directory.models import Body
from homeround.ehch.alignment.access import homes_of, see_home
from homeround.ehch.alignment.actions import align_home, name_lead, place_on_mdt, set_hours, take_off_mdt
from homeround.ehch.alignment.models import AlignmentStart, HoursStart, LeadStart, MdtPlace
from homeround.ehch.alignment.queries import alignments_of, cover_of, leads_of, mdt_of
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere, SaidOtherwise
from homeround.nonprod import building
from tests.world import AT, BEFORE, OFFICE, PASSWORD, World

TODAY = AT.date()
WEEK = timedelta(days=7)


def aligning(world: World, **other: Any) -> dict[str, Any]:
    """What the ICB of the area sends to align the home that nobody covers."""
    sent = {
        "by": world["icb"],
        "at": AT,
        "code": world.code("elm"),
        "pcn_code": world.code("exe"),
        "from_on": TODAY,
        "agreed_with": "Elm Court and Exe PCN",
    }
    return sent | other


def naming(world: World, **other: Any) -> dict[str, Any]:
    """What the PCN's manager sends to name its lead for a home."""
    sent = {
        "by": world["exe_manager"],
        "at": AT,
        "code": world.code("rose"),
        "lead": world["lead"].membership_id,
        "from_on": TODAY,
    }
    return sent | other


def hours(world: World, **other: Any) -> dict[str, Any]:
    """What the PCN's manager sends to say when its coordinators are at work."""
    sent = {
        "by": world["exe_manager"],
        "at": AT,
        "role": Role.COORDINATOR,
        "week": OFFICE,
        "works_bank_holidays": False,
        "phone": "01632 960199",
        "otherwise": "NHS 111",
        "otherwise_phone": "111",
        "from_on": TODAY,
    }
    return sent | other


def problems(action: Any, sent: dict[str, Any]) -> set[str]:
    with pytest.raises(Invalid) as refused:
        action(**sent)
    return set(refused.value.problems)


def another_lead(world: World, *, profession: str, body: str = "exe", manager: str = "exe_manager") -> Viewer:
    with building.building():
        building.make_user(username="second_lead", name="Lou Second", password=PASSWORD)
    return building.member(
        by=world[manager],
        at=BEFORE,
        username="second_lead",
        role=Role.CLINICAL_LEAD,
        body=world.bodies[body],
        profession=profession,
    )


def close(body: Body, on: date) -> None:
    """As an import does, when the register says so."""
    with acting(SystemActor("import", "tests")):
        Body.objects.filter(pk=body.pk).update(closed_on=on)


class TestAlignHome:
    def test_access_begins_on_the_first_day_and_not_before(self, world: World) -> None:
        tomorrow = TODAY + timedelta(days=1)
        align_home(**aligning(world, from_on=tomorrow))
        elm = world.bodies["elm"].pk
        assert not homes_of(viewer=world["coordinator"], at=AT).filter(pk=elm).exists()
        assert homes_of(viewer=world["coordinator"], at=AT + timedelta(days=1)).filter(pk=elm).exists()

    def test_who_agreed_and_who_decided_is_kept(self, world: World) -> None:
        align_home(**aligning(world))
        (kept,) = alignments_of(see_home(viewer=world["icb"], code=world.code("elm"), at=AT))
        assert (kept.from_on, kept.what, kept.agreed_with) == (TODAY, "Exe PCN", "Elm Court and Exe PCN")
        assert kept.by == world["icb"].author
        assert kept.recorded_at == AT

    def test_to_none_leaves_no_gap_in_the_history(self, world: World) -> None:
        align_home(**aligning(world, code=world.code("rose"), pcn_code=None))
        assert cover_of(world.bodies["rose"].pk, AT).pcn_name == ""
        home = see_home(viewer=world["icb"], code=world.code("rose"), at=AT)
        assert [(line.from_on, line.what) for line in alignments_of(home)] == [
            (TODAY, ""),
            (BEFORE.date(), "Exe PCN"),
        ]

    def test_a_second_start_on_one_day_is_refused_in_words(self, world: World) -> None:
        align_home(**aligning(world))
        with pytest.raises(Invalid) as refused:
            align_home(**aligning(world, pcn_code=None))
        assert refused.value.problems["from_on"].startswith("Something else already begins on Mon 16 Nov 2026")
        assert AlignmentStart.objects.filter(home=world.bodies["elm"].pk).count() == 1

    def test_what_holds_now_is_not_rewritten_from_before_it_began(self, world: World) -> None:
        sent = aligning(world, code=world.code("rose"), pcn_code=None, from_on=BEFORE.date() - WEEK)
        assert problems(align_home, sent) == {"from_on"}

    @pytest.mark.parametrize("other", ["tor", "mill", "icb"])
    def test_only_an_open_pcn_of_the_area(self, world: World, other: str) -> None:
        assert problems(align_home, aligning(world, pcn_code=world.code(other))) == {"pcn_code"}

    def test_a_pcn_that_has_closed_is_refused_from_that_day_on(self, world: World) -> None:
        close(world.bodies["exe"], TODAY + WEEK)
        assert problems(align_home, aligning(world, from_on=TODAY + WEEK)) == {"pcn_code"}
        assert align_home(**aligning(world, from_on=TODAY)) == world.code("elm")

    def test_a_home_that_has_closed_is_aligned_to_none_only(self, world: World) -> None:
        close(world.bodies["elm"], TODAY)
        assert problems(align_home, aligning(world)) == {"pcn_code"}

    def test_the_same_pcn_again_is_no_change(self, world: World) -> None:
        assert problems(align_home, aligning(world, code=world.code("rose"))) == {"pcn_code"}
        assert problems(align_home, aligning(world, pcn_code=None)) == {"pcn_code"}

    def test_everything_wrong_is_said_at_once(self, world: World) -> None:
        sent = aligning(world, pcn_code="NOPE", from_on=date(1999, 1, 1), agreed_with="  ")
        assert problems(align_home, sent) == {"pcn_code", "from_on", "agreed_with"}
        assert not AlignmentStart.objects.filter(home=world.bodies["elm"].pk).exists()

    @pytest.mark.parametrize("agreed_with", ["x" * 201, "A\u202eB", "A\x1bB"])
    def test_words_that_cannot_be_kept(self, world: World, agreed_with: str) -> None:
        assert problems(align_home, aligning(world, agreed_with=agreed_with)) == {"agreed_with"}

    @pytest.mark.parametrize("who", ["exe_manager", "coordinator", "manager", "gp", "other_icb", "admin", "icb_ig"])
    def test_nobody_but_the_icb_of_the_area(self, world: World, who: str) -> None:
        with pytest.raises((NotHere, NotAllowed)):
            align_home(**aligning(world, by=world[who], code=world.code("rose"), pcn_code=None))
        assert AlignmentStart.objects.filter(home=world.bodies["rose"].pk).count() == 1

    def test_sent_twice_is_done_once_and_other_content_is_shown(self, world: World) -> None:
        sent = aligning(world, token="one")
        assert align_home(**sent) == align_home(**sent)
        assert AlignmentStart.objects.filter(home=world.bodies["elm"].pk).count() == 1
        with pytest.raises(SaidOtherwise) as shown:
            align_home(**sent | {"agreed_with": "somebody else"})
        assert shown.value.first["agreed_with"] == "Elm Court and Exe PCN"


class TestNameLead:
    def test_a_gp_of_the_aligned_pcn(self, world: World) -> None:
        second = another_lead(world, profession="GP")
        name_lead(**naming(world, lead=second.membership_id))
        home = see_home(viewer=world["exe_manager"], code=world.code("rose"), at=AT)
        assert [(line.from_on, line.what) for line in leads_of(home)] == [
            (TODAY, "Lou Second"),
            (BEFORE.date(), "Lena Hart"),
        ]

    def test_another_profession_needs_the_exception_and_the_skills(self, world: World) -> None:
        paramedic = another_lead(world, profession="paramedic").membership_id
        sent = naming(world, lead=paramedic)
        assert problems(name_lead, sent) == {"exception_because", "skills_evidence"}
        name_lead(**sent, exception_because="No GP took it on.", skills_evidence="Twelve years in care homes.")
        cover = cover_of(world.bodies["rose"].pk, AT)
        assert (cover.lead_name, cover.lead_profession) == ("Lou Second", "paramedic")

    def test_nobody_is_a_gap(self, world: World) -> None:
        name_lead(**naming(world, lead=None))
        cover = cover_of(world.bodies["rose"].pk, AT)
        assert (cover.lead_name, cover.why_no_lead) == ("", "no clinical lead is named")

    @pytest.mark.parametrize("who", ["clinician", "coordinator", "tor_lead", "gp", "manager"])
    def test_nobody_but_a_clinical_lead_of_this_pcn(self, world: World, who: str) -> None:
        assert problems(name_lead, naming(world, lead=world[who].membership_id)) == {"lead"}

    def test_somebody_who_has_left_is_no_lead(self, world: World) -> None:
        second = another_lead(world, profession="GP").membership_id
        end_membership(by=world["exe_manager"], at=AT, membership_id=second, how="left")
        assert problems(name_lead, naming(world, lead=second, at=AT + timedelta(hours=1))) == {"lead"}

    def test_not_from_a_day_when_the_home_is_aligned_elsewhere(self, world: World) -> None:
        align_home(**aligning(world, code=world.code("rose"), pcn_code=None, from_on=TODAY + WEEK))
        assert problems(name_lead, naming(world, lead=None, from_on=TODAY + WEEK)) == {"from_on"}
        assert name_lead(**naming(world, lead=None, from_on=TODAY)) == world.code("rose")

    def test_a_second_start_on_one_day_is_refused(self, world: World) -> None:
        name_lead(**naming(world, lead=None))
        assert problems(name_lead, naming(world)) == {"from_on"}
        assert LeadStart.objects.filter(home=world.bodies["rose"].pk).count() == 2

    @pytest.mark.parametrize(
        ("who", "refusal"),
        [
            ("coordinator", NotAllowed),
            ("lead", NotAllowed),
            ("icb", NotAllowed),
            ("tor_manager", NotHere),
            ("gp", NotHere),
        ],
    )
    def test_only_the_pcns_manager(self, world: World, who: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            name_lead(**naming(world, by=world[who]))


class TestSetHours:
    def test_from_a_day_on(self, world: World) -> None:
        set_hours(**hours(world, from_on=TODAY + WEEK))
        home = world.bodies["rose"].pk
        assert cover_of(home, AT).coordinator.call.phone == "01632 960100"
        assert cover_of(home, AT + WEEK).coordinator.call.phone == "01632 960199"

    def test_a_home_says_its_own(self, world: World) -> None:
        assert set_hours(**hours(world, by=world["manager"], role="")) == world.code("rose")
        assert HoursStart.objects.get(body=world.bodies["rose"].pk).held_for_id == world.bodies["rose"].pk

    def test_of_one_role_at_a_time(self, world: World) -> None:
        set_hours(**hours(world, role=""))
        assert cover_of(world.bodies["rose"].pk, AT).coordinator.call.phone == "01632 960100"

    @pytest.mark.parametrize("role", [Role.CARER, "queen"])
    def test_only_for_roles_of_the_body(self, world: World, role: str) -> None:
        assert problems(set_hours, hours(world, role=role)) == {"role"}

    def test_everything_wrong_is_said_at_once(self, world: World) -> None:
        sent = hours(world, week=[[0, "x", "y"]], phone="", otherwise="", otherwise_phone="", from_on=BEFORE.date())
        assert problems(set_hours, sent) == {"week", "phone", "otherwise", "otherwise_phone", "from_on"}

    @pytest.mark.parametrize("who", ["coordinator", "lead", "nurse", "clerk"])
    def test_only_whoever_manages_the_body(self, world: World, who: str) -> None:
        with pytest.raises(NotAllowed):
            set_hours(**hours(world, by=world[who]))


class TestMdt:
    def place(self, world: World, who: str, **other: Any) -> str:
        sent: dict[str, Any] = {"by": world["exe_manager"], "at": AT, "code": world.code("rose")}
        return place_on_mdt(**sent | {"member": world[who].membership_id} | other)

    def test_home_staff_are_core_unless_said_otherwise(self, world: World) -> None:
        self.place(world, "nurse")
        self.place(world, "pharmacist")
        self.place(world, "senior", core=False)
        home = see_home(viewer=world["exe_manager"], code=world.code("rose"), at=AT)
        assert [(member.name, member.core) for member in mdt_of(home)] == [
            ("Nell Nurse", True),
            ("Kit Speech", False),
            ("Piotr Nowak", False),
            ("Saul Senior", False),
        ]

    @pytest.mark.parametrize("who", ["ivy_nurse", "tor_clinician", "exe_manager", "icb", "clerk", "rose_ig"])
    def test_only_those_who_work_for_the_home_its_pcn_a_practice_or_a_team(self, world: World, who: str) -> None:
        with pytest.raises(Invalid, match="Choose somebody"):
            self.place(world, who)

    def test_one_place_each(self, world: World) -> None:
        with pytest.raises(Invalid, match="already"):
            self.place(world, "community")
        assert MdtPlace.objects.filter(member=world["community"].membership_id).count() == 1

    def test_what_they_saw_ends_with_the_place(self, world: World) -> None:
        rose = world.bodies["rose"].pk
        assert homes_of(viewer=world["community"], at=AT).filter(pk=rose).exists()
        member = world["community"].membership_id
        take_off_mdt(by=world["exe_manager"], at=AT, code=world.code("rose"), member=member)
        assert not homes_of(viewer=world["community"], at=AT).filter(pk=rose).exists()
        with pytest.raises(Invalid, match="not on"):
            take_off_mdt(by=world["exe_manager"], at=AT, code=world.code("rose"), member=member)
        self.place(world, "community")
        assert homes_of(viewer=world["community"], at=AT).filter(pk=rose).exists()

    @pytest.mark.parametrize(
        ("who", "refusal"), [("coordinator", NotAllowed), ("manager", NotAllowed), ("tor_manager", NotHere)]
    )
    def test_only_the_pcns_manager(self, world: World, who: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            self.place(world, "nurse", by=world[who])
        with pytest.raises(refusal):
            take_off_mdt(by=world[who], at=AT, code=world.code("rose"), member=world["community"].membership_id)
