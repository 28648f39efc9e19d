"""Lists of concerns, their signs and the page of one: who sees them, in which order, at what cost. REQ-87; H3, H24."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from homeround.accounts.rights import Kind
from homeround.ehch.alignment.access import see_home
from homeround.ehch.alignment.actions import set_hours
from homeround.ehch.alignment.queries import cover_of
from homeround.ehch.alignment.rules import Contact
from homeround.ehch.deterioration.access import see_concern
from homeround.ehch.deterioration.actions import answer_concern, mark_read, move_concern, raise_concern, record_call
from homeround.ehch.deterioration.queries import (
    OpenConcern,
    concern_page,
    concerns_of,
    entries,
    open_concerns,
    signs,
)
from homeround.ehch.deterioration.waits import waits
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.residents.models import Resident
from homeround.ehch.residents.rules import Entry, Sign, Wait
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import NotAllowed
from tests.statements import statements
from tests.world import AT, OFFICE, World

CHRISTMAS_NIGHT = datetime(2026, 12, 25, 2, tzinfo=UTC)
PEOPLE = ("margaret", "margaret_h", "albert", "winifred", "nobody")


def worry(world: World, person: str = "margaret", at: datetime = AT, **other: Any) -> str:
    sent: dict[str, Any] = {"by": world["carer"], "at": at, "ref": world.residents[person]}
    return raise_concern(**sent | {"words": "Not herself.", "help_now": False} | other)


def listed(world: World, who: str = "nurse", at: datetime = AT, **other: Any) -> list[OpenConcern]:
    return open_concerns(see_home(viewer=world[who], code=world.code("rose"), at=at), **other)


def signed(world: World, home: str = "rose", at: datetime = AT) -> list[Sign]:
    first, *rest = signs(homes=[world.bodies[home].pk], at=at)
    return [Sign(*row) for row in first.union(*rest, all=True)]


def waiting(world: World, *homes: str) -> list[Wait]:
    of = [world.bodies[home].pk for home in homes or ("rose",)]
    first, *rest = waits(homes=of, today=AT.date(), left_since=AT - timedelta(weeks=8))
    return [Wait(*row) for row in first.union(*rest, all=True)]


def number_of(world: World, person: str) -> int:
    return Resident.objects.get(ref=world.residents[person]).pk


class TestOpenConcerns:
    def test_to_be_phoned_then_standing_out_then_the_oldest(self, world: World, looks: Looks) -> None:
        worry(world, "margaret", at=AT - timedelta(hours=1), words="older")
        worry(world, "albert", words="newer")
        worry(world, "winifred", at=AT - timedelta(hours=5), words="late")
        worry(world, "nobody", words="now", help_now=True)
        found = listed(world)
        assert [line.concern.words for line in found] == ["now", "late", "older", "newer"]
        assert [bool(line.concern.stands_out) for line in found] == [True, True, False, False]
        assert found[0].identity.name == "Norman Unregistered"
        assert found[0].person_ref == world.residents["nobody"]

    def test_two_in_the_night_of_a_bank_holiday_it_is_red_and_a_number_is_shown(
        self, world: World, looks: Looks
    ) -> None:
        """H3, H24: nothing ran, nobody is at work; home and PCN see the same."""
        ref = worry(world, at=CHRISTMAS_NIGHT)
        for who in ("carer", "coordinator"):
            (one,) = listed(world, who, CHRISTMAS_NIGHT)
            assert one.concern.stands_out == "Nobody who reads this is at work now."
        page = concern_page(see_concern(viewer=world["carer"], ref=ref, at=CHRISTMAS_NIGHT))
        assert page.readers.next_at == datetime(2026, 12, 29, 9, tzinfo=UTC)
        assert page.readers.call == Contact("NHS 111", "111")

    def test_in_hours_the_same_concern_is_calm(self, world: World, looks: Looks) -> None:
        worry(world)
        assert listed(world)[0].concern.stands_out == ""

    def test_answered_ones_and_those_of_people_who_left_are_not_open(self, world: World, looks: Looks) -> None:
        answer_concern(by=world["clinician"], at=AT, ref=worry(world), words="Seen.")
        worry(world, "albert")
        record_departure(
            by=world["nurse"],
            at=AT + timedelta(minutes=1),
            ref=world.residents["albert"],
            kind="died",
            left_on=AT.date(),
        )
        worry(world, "winifred")
        assert [line.identity.given for line in listed(world, at=AT + timedelta(hours=1))] == ["Winifred"]

    def test_nobody_elses_home(self, world: World, looks: Looks) -> None:
        worry(world, "ivan", by=world["ivy_carer"])
        assert listed(world) == []

    @pytest.mark.parametrize("who", ["exe_manager", "icb", "rose_ig"])
    def test_not_for_those_who_read_no_care(self, world: World, looks: Looks, who: str) -> None:
        with pytest.raises(NotAllowed):
            listed(world, who)

    def test_who_was_on_the_list_is_noticed(self, world: World, looks: Looks) -> None:
        worry(world, "margaret")
        worry(world, "albert")
        listed(world)
        (look,) = [look for look in looks.noticed if look.subject_ids]
        assert set(look.subject_ids) == {number_of(world, "margaret"), number_of(world, "albert")}

    def test_the_cost_does_not_grow(self, world: World, looks: Looks) -> None:
        worry(world)
        home = see_home(viewer=world["nurse"], code=world.code("rose"), at=AT)
        with statements() as one:
            open_concerns(home)
        for person in PEOPLE:
            ref = worry(world, person, help_now=True)
            mark_read(by=world["coordinator"], at=AT, ref=ref)
            record_call(by=world["nurse"], at=AT, ref=ref, service="NHS 111", spoke_to="Sam", words="")
        with statements() as many:
            open_concerns(home)
        readers = cover_of(home.home_id, AT).coordinator
        with statements() as asked_before:
            open_concerns(home, readers=readers)
        assert (len(one), len(many), len(asked_before)) == (4, 4, 2)


class TestConcernsOf:
    def test_a_persons_concerns_the_newest_first_in_one_statement(self, world: World, looks: Looks) -> None:
        for hour in range(5):
            ref = worry(world, at=AT - timedelta(hours=hour), words=f"{hour} hours ago")
            mark_read(by=world["coordinator"], at=AT, ref=ref)
        person = see_resident(viewer=world["coordinator"], ref=world.residents["margaret"], at=AT)
        readers = cover_of(world.bodies["rose"].pk, AT).coordinator
        with statements() as asked:
            found = concerns_of(person, readers=readers)
        assert [line.words for line in found if hasattr(line, "words")] == [f"{hour} hours ago" for hour in range(5)]
        assert len(asked) == 1, asked

    def test_not_for_a_clerk(self, world: World, looks: Looks) -> None:
        person = see_resident(viewer=world["clerk"], ref=world.residents["margaret"], at=AT)
        with pytest.raises(NotAllowed):
            concerns_of(person)

    def test_the_timeline_tells_the_same(self, world: World, looks: Looks) -> None:
        ref = worry(world, help_now=True)

        def states() -> list[tuple[str, str, str]]:
            first, *rest = entries(number_of(world, "margaret"))
            rows = [Entry(*row) for row in first.union(*rest, all=True)]
            return [(row.state, row.on, row.words) for row in rows if row.kind == "concern"]

        assert states() == [("unread", "to_be_phoned", "Not herself.")]
        record_call(by=world["nurse"], at=AT, ref=ref, service="NHS 111", spoke_to="Sam", words="")
        assert states() == [("unread", "spoken", "Not herself.")]
        mark_read(by=world["coordinator"], at=AT, ref=ref)
        assert states() == [("read", "spoken", "Not herself.")]
        answer_concern(by=world["coordinator"], at=AT, ref=ref, words="Ring the GP.")
        assert states() == [("answered", "spoken", "Not herself.")]


class TestPage:
    def test_what_the_viewer_may_do(self, world: World, looks: Looks) -> None:
        ref = worry(world, help_now=True)

        def may(who: str) -> tuple[bool, ...]:
            page = concern_page(see_concern(viewer=world[who], ref=ref, at=AT))
            return page.may_record_call, page.may_mark_read, page.may_answer, page.may_move

        assert may("carer") == (True, False, False, True)
        assert may("coordinator") == (True, True, False, True)
        assert may("clinician") == (True, True, True, True)
        record_call(by=world["nurse"], at=AT, ref=ref, service="NHS 111", spoke_to="Sam", words="")
        mark_read(by=world["coordinator"], at=AT, ref=ref)
        assert may("coordinator") == (True, False, True, True)
        answer_concern(by=world["clinician"], at=AT, ref=ref, words="Seen.")
        assert may("clinician") == (True, True, False, True)
        assert may("community") == (False, False, False, False)

    def test_who_reads_it_is_asked_at_the_moment_of_reading(self, world: World, looks: Looks) -> None:
        ref = worry(world)
        set_hours(
            by=world["exe_manager"], at=AT, role="coordinator", week=OFFICE[:1], works_bank_holidays=False,
            phone="01632 960177", otherwise="the hub", otherwise_phone="01632 960178",
            from_on=AT.date() + timedelta(days=1),
        )  # fmt: skip
        tomorrow = AT + timedelta(days=1)
        page = concern_page(see_concern(viewer=world["carer"], ref=ref, at=tomorrow))
        assert page.readers.call == Contact("the hub", "01632 960178")
        assert page.readers.next_at == datetime(2026, 11, 23, 9, tzinfo=UTC)

    def test_the_cost_does_not_grow(self, world: World, looks: Looks) -> None:
        ref = worry(world, help_now=True)
        seen = see_concern(viewer=world["nurse"], ref=ref, at=AT)
        with statements() as one:
            concern_page(seen)
        for who in ("coordinator", "clinician", "pharmacist"):
            mark_read(by=world[who], at=AT, ref=ref)
            record_call(by=world[who], at=AT, ref=ref, service="NHS 111", spoke_to="Sam", words="")
        with statements() as many:
            concern_page(seen)
        assert len(one) == len(many) == 7, many


class TestSigns:
    def test_an_open_concern_waits_with_its_words_since_it_was_written_down(self, world: World) -> None:
        ref = worry(world, happened_at=AT - timedelta(hours=2), words="Coughing all night.")
        (wait,) = waiting(world)
        assert (wait.person, wait.since, wait.words) == (number_of(world, "margaret"), AT, "Coughing all night.")
        assert (wait.kind, wait.ref, wait.person_ref) == ("unread", ref, world.residents["margaret"])

    def test_each_open_concern_is_one(self, world: World) -> None:
        worry(world, words="first")
        worry(world, words="second")
        assert {wait.words for wait in waiting(world)} == {"first", "second"}

    @pytest.mark.parametrize("how", ["answered", "left", "moved"])
    def test_none_once_it_is_over(self, world: World, how: str) -> None:
        ref = worry(world)
        if how == "answered":
            answer_concern(by=world["clinician"], at=AT, ref=ref, words="Seen.")
        elif how == "left":
            record_departure(
                by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="moved_home", left_on=AT.date()
            )
        else:
            move_concern(by=world["nurse"], at=AT, ref=ref, to_ref=world.residents["albert"], because="the wrong room")
        about = [(wait.kind, wait.person) for wait in waiting(world)]
        left = [("handover", "margaret"), ("handover_pcn", "margaret")]
        expected = {"moved": [("unread", "albert")], "left": left}.get(how, [])
        assert sorted(about) == [(kind, number_of(world, who)) for kind, who in expected]

    def test_it_waits_for_the_next_thing_until_it_is_answered(self, world: World) -> None:
        ref = worry(world, help_now=True)
        assert [wait.kind for wait in waiting(world)] == ["to_be_phoned"]
        record_call(by=world["nurse"], at=AT, ref=ref, service="NHS 111", spoke_to="Sam", words="")
        assert [(wait.kind, wait.whom) for wait in waiting(world)] == [("phoned", "called NHS 111, spoke to Sam")]
        mark_read(by=world["coordinator"], at=AT, ref=ref)
        assert [wait.kind for wait in waiting(world)] == ["phoned"]
        answer_concern(by=world["clinician"], at=AT, ref=ref, words="Seen.")
        assert waiting(world) == []

    def test_what_was_said_on_the_last_call_stands_beside_it(self, world: World) -> None:
        ref = worry(world, help_now=True)
        for after, words in enumerate(("Keep her still.", "An ambulance is on its way.")):
            then = AT + timedelta(minutes=after)
            record_call(by=world["nurse"], at=then, ref=ref, service="999", spoke_to="a handler", words=words)
        (wait,) = waiting(world)
        assert wait.whom == "called 999, spoke to a handler: An ambulance is on its way."

    def test_when_anything_was_last_recorded(self, world: World) -> None:
        later = AT + timedelta(hours=3)
        ref = worry(world)
        answer_concern(by=world["clinician"], at=later, ref=ref, words="Seen.")
        recorded = [sign for sign in signed(world, at=later) if sign.code == "recorded"]
        assert {sign.person for sign in recorded} == {number_of(world, "margaret")}
        assert max(sign.since for sign in recorded) == later

    def test_nothing_of_other_homes(self, world: World) -> None:
        worry(world)
        assert signed(world, "ivy") == []
        assert waiting(world, "ivy") == []

    def test_of_many_homes_in_one_statement(self, world: World) -> None:
        worry(world)
        worry(world, "ivan", by=world["ivy_carer"])
        with statements() as asked:
            found = waiting(world, "rose", "ivy", "elm")
        assert len(found) == 2
        assert len(asked) == 1, asked
        assert all(wait.since.tzinfo for wait in found)


def test_kind_of_information_is_living(world: World, looks: Looks) -> None:
    ref = worry(world)
    assert see_concern(viewer=world["agency"], ref=ref, at=AT).person.reads(Kind.LIVING)
