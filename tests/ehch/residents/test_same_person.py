"""One person, one record: who is written down anew is looked for among the people of the home. H10, H27; C02, C06 to
C08, C10.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import Registering, Somebody, move_in, register_with, withdraw_move_in
from homeround.ehch.residents.models import Arrival, IdentityClaim, NotTheSame, RegistrationStart, Stay
from homeround.ehch.residents.queries import banner_of, known_here, living_here
from homeround.ehch.residents.queries.identity import identities
from homeround.kernel.audit.noticed import Looks, looking
from homeround.kernel.record import nhs_number
from homeround.kernel.refusals import Invalid
from tests.ehch.residents.arriving import ADA, LATER, NUMBER, ROOM, TODAY, apart, come, leave, refused, same
from tests.world import AT, World

MARGARET = Somebody("Margaret", "Hill", date(1938, 3, 27), nhs_number=nhs_number.made(0))
NO_NUMBER: dict[str, Any] = {"nhs_number": "", "no_number_because": "the papers are not here"}


@pytest.mark.parametrize(
    "who",
    [
        MARGARET,
        replace(MARGARET, given="Peggy", family="Somebody", born_on=date(1940, 1, 1)),
        replace(MARGARET, **NO_NUMBER),
        replace(MARGARET, given="MARGARET", family="Híll", **NO_NUMBER),
        replace(MARGARET, given="Margret", family="Hil", **NO_NUMBER),
        replace(MARGARET, given="Hill", family="Margaret", **NO_NUMBER),
    ],
    ids=["all the same", "the number only", "name and birth date", "as the eye reads it", "mistyped", "turned round"],
)
def test_somebody_who_lives_here_is_asked_about(world: World, who: Somebody) -> None:
    problems = refused(world, who=who)
    assert set(problems) == {"same_person"}
    assert "Margaret Hill" in problems["same_person"]


@pytest.mark.parametrize(
    "who",
    [
        replace(MARGARET, born_on=date(1939, 3, 27), **NO_NUMBER),
        replace(MARGARET, given="Walter", family="Achterberg", **NO_NUMBER),
        Somebody("Ivan", "Petrov", date(1950, 9, 9), nhs_number=nhs_number.made(5)),
    ],
    ids=["another birth date", "another name", "lives in another home"],
)
def test_nobody_else_is(world: World, who: Somebody) -> None:
    assert come(world, who=who)


@pytest.mark.parametrize("basis", ["moved_in", "expected", "living_here"])
def test_who_lives_here_is_not_written_down_again(world: World, basis: str) -> None:
    problems = refused(world, basis, who=MARGARET, same=same(world.residents["margaret"]))
    assert "lives here already, Room 1" in problems["same_person"]


@pytest.mark.parametrize("basis", ["moved_in", "living_here"])
def test_who_was_expected_is_the_one_who_comes(world: World, basis: str) -> None:
    ref = come(world, "expected")
    assert "Addy Byron" in refused(world, basis)["same_person"]
    assert come(world, basis, same=same(ref)) == ref
    assert [stay.basis for stay in Stay.objects.filter(resident__ref=ref).order_by("pk")] == ["expected", basis]
    assert Stay.objects.open().filter(resident__ref=ref).count() == 1


def test_nobody_is_expected_twice(world: World) -> None:
    ref = come(world, "expected")
    assert "expected already" in refused(world, "expected", same=same(ref))["same_person"]


@pytest.mark.parametrize("basis", ["moved_in", "expected", "living_here"])
def test_who_left_comes_back_on_the_same_day_with_everything_on_the_one_record(
    world: World, looks: Looks, basis: str
) -> None:
    ref = come(world)
    leave(world, ref)
    back_at = LATER + timedelta(hours=1)
    assert come(world, basis, at=back_at, same=same(ref)) == ref
    stay = Stay.objects.open().get(resident__ref=ref)
    assert stay.follows is not None
    seen = banner_of(see_resident(viewer=world["nurse"], ref=ref, at=back_at))
    assert (seen.left, seen.identity.called) == ("", "Addy Byron")
    if basis == "moved_in":
        assert Arrival.objects.filter(resident__ref=ref).count() == 2
        here = see_home(viewer=world["nurse"], code=world.code("rose"), at=back_at)
        assert [person.ref for person in living_here(here)].count(ref) == 1


def test_the_dead_do_not_come_back_but_by_the_correction(world: World) -> None:
    ref = come(world)
    leave(world, ref, "died")
    words = refused(world, at=LATER + timedelta(hours=1), same=same(ref))["same_person"]
    assert "recorded as having died on Mon 16 Nov 2026" in words


def test_another_birth_date_stays_as_recorded_or_as_typed_as_somebody_says(world: World, looks: Looks) -> None:
    ref = come(world)
    leave(world, ref)
    typed = replace(ADA, born_on=date(1938, 3, 3))
    at = LATER + timedelta(hours=1)
    assert come(world, at=at, who=typed, same=same(ref)) == ref
    assert banner_of(see_resident(viewer=world["nurse"], ref=ref, at=at)).identity.born_on == date(1940, 2, 29)
    leave(world, ref, at=at)
    at += timedelta(hours=1)
    assert come(world, at=at, who=typed, same=same(ref, typed_is_right=True)) == ref
    assert banner_of(see_resident(viewer=world["nurse"], ref=ref, at=at)).identity.born_on == date(1938, 3, 3)
    assert IdentityClaim.with_removed.filter(resident__ref=ref, kind="birth_date").count() == 2


def test_a_number_that_was_not_known_is_kept_when_they_come_back(world: World, looks: Looks) -> None:
    ref = come(world, who=replace(ADA, **NO_NUMBER))
    leave(world, ref)
    at = LATER + timedelta(hours=1)
    come(world, at=at, same=same(ref))
    assert banner_of(see_resident(viewer=world["nurse"], ref=ref, at=at)).identity.number == NUMBER


def test_twins_are_kept_apart_and_both_are_marked(world: World, looks: Looks) -> None:
    twin = replace(MARGARET, given="Mary", known_as="", **NO_NUMBER)
    assert refused(world, who=twin)
    ref = come(world, who=twin, same=apart(world.residents["margaret"]))
    assert ref != world.residents["margaret"]
    row = NotTheSame.objects.get()
    assert {row.resident.ref, row.other.ref} == {ref, world.residents["margaret"]}
    marked = {person.ref for person in _living(world) if person.is_alike}
    assert {ref, world.residents["margaret"]} <= marked


def test_one_number_on_two_people_marks_both_although_their_names_differ(world: World, looks: Looks) -> None:
    other = Somebody("Zoe", "Quill", date(1950, 1, 1), nhs_number=MARGARET.nhs_number)
    ref = come(world, who=other, same=apart(world.residents["margaret"]))
    assert {ref, world.residents["margaret"]} <= {person.ref for person in _living(world) if person.is_alike}


def test_an_answer_about_somebody_who_is_not_named_any_more_is_asked_again(world: World) -> None:
    problems = refused(world, same=same(world.residents["albert"]))
    assert "changed meanwhile" in problems["same_person"]


def test_about_anybody_out_of_reach_the_answer_is_that_of_nobody_with_the_same_statements(world: World) -> None:
    with looking():
        home = see_home(viewer=world["nurse"], code=world.code("rose"), at=AT)
    elsewhere = Somebody("Ivan", "Petrov", date(1950, 9, 9), nhs_number=nhs_number.made(5))
    nobody = Somebody("Nemo", "Nobody", date(1950, 9, 9), nhs_number=nhs_number.made(900))
    asked = []
    for who in (elsewhere, nobody):
        with CaptureQueriesContext(connection) as queries:
            assert known_here(home, who.facts) == []
        asked.append([query["sql"] for query in queries.captured_queries])
    assert asked[0] == asked[1]


def test_somebody_who_left_longer_ago_than_the_home_reads_is_nobody(world: World) -> None:
    ref = come(world)
    leave(world, ref)
    later = LATER + timedelta(weeks=8, minutes=1)
    first = later.date()
    assert come(world, at=later, arrived_on=first) != ref


def test_the_practice_typed_on_the_second_form_of_a_day_is_kept(world: World, looks: Looks) -> None:
    ref = come(world, "expected", registration=Registering("not_known"))
    move_in(
        by=world["nurse"], at=LATER, code=world.code("rose"), who=ADA, stay=ROOM, arrived_on=TODAY, expected_ref=ref,
        registration=Registering("permanent", world.code("mill"), gp_name="Dr X"),
    )  # fmt: skip
    responsible = banner_of(see_resident(viewer=world["nurse"], ref=ref, at=LATER)).responsible
    assert (responsible.practice, responsible.gp_name) == ("Mill Practice", "Dr X")
    assert RegistrationStart.with_removed.filter(resident__ref=ref).count() == 2


@pytest.mark.parametrize(
    ("basis", "change", "field"),
    [
        ("expected", {"expected_on": date(2026, 12, 20), "stay": replace(ROOM, planned_end_on=date(2026, 12, 10))},
         "planned_end_on"),
        ("living_here", {"living_since": TODAY + timedelta(3), "stay": replace(ROOM, planned_end_on=TODAY)},
         "living_since"),
        ("moved_in", {"arrived_on": date(26, 3, 3)}, "arrived_on"),
        ("moved_in", {"arrived_on": date(1926, 3, 3)}, "arrived_on"),
        ("living_here", {"living_since": date(2062, 1, 1)}, "living_since"),
        ("living_here", {"living_since": date(1926, 1, 1)}, "living_since"),
        ("expected", {"expected_on": date(2020, 1, 1)}, "expected_on"),
        ("expected", {"expected_on": date(2226, 12, 1)}, "sure"),
        ("moved_in", {"stay": replace(ROOM, planned_end_on=date(2126, 12, 1))}, "sure"),
        ("moved_in", {"who": replace(ADA, born_on=TODAY)}, "sure"),
        ("moved_in", {"who": replace(ADA, born_on=date(2012, 1, 1))}, "sure"),
        ("moved_in", {"arrived_on": TODAY - timedelta(40)}, "sure"),
        ("moved_in", {"stay": replace(ROOM, room="1" * 21)}, "room"),
        ("moved_in", {"who": replace(ADA, family="x" * 101)}, "family"),
    ],
)  # fmt: skip
def test_no_constraint_is_the_only_check(world: World, basis: str, change: dict[str, object], field: str) -> None:
    assert field in refused(world, basis, **change)
    if field == "sure":
        assert come(world, basis, **change, sure=True)


def test_one_name_only_is_kept_as_typed(world: World, looks: Looks) -> None:
    prince = Somebody("Prince", "", date(1958, 6, 7), **NO_NUMBER)
    with pytest.raises(Invalid):
        come(world, who=prince)
    ref = come(world, who=prince, sure=True)
    assert banner_of(see_resident(viewer=world["nurse"], ref=ref, at=LATER)).identity.called == "Prince"


def _living(world: World):  # type: ignore[no-untyped-def]
    return living_here(see_home(viewer=world["nurse"], code=world.code("rose"), at=LATER))


WRONG_YES = Somebody("Ada", "Byron", date(1941, 5, 6), known_as="Queenie", nhs_number=NUMBER)
"""Another Ada Byron, of whom somebody says wrongly that she is the same, and that what was typed is right."""


@pytest.mark.parametrize("basis", ["moved_in", "living_here", "expected"])
@pytest.mark.parametrize("typed_is_right", [True, False])
@pytest.mark.parametrize("practice", ["mill", ""])
def test_a_wrong_yes_leaves_nothing_behind_when_it_is_taken_back(
    world: World, basis: str, typed_is_right: bool, practice: str
) -> None:
    """What the act that is taken back said about the person goes with it: who they are, and who is responsible."""
    ref = come(world, "moved_in")
    leave(world, ref)
    before = _as_it_is_shown(world, ref)
    registration = Registering("permanent", world.code(practice)) if practice else Registering("not_known")
    answered = same(ref, typed_is_right=typed_is_right)
    assert (
        come(world, basis, at=LATER + timedelta(hours=1), who=WRONG_YES, same=answered, registration=registration)
        == ref
    )
    assert _as_it_is_shown(world, ref) != before
    withdraw_move_in(
        by=world["nurse"],
        at=LATER + timedelta(hours=2),
        ref=ref,
        because="another Ada",
        is_looked_through=True,
        is_expected=basis == "expected",
    )
    assert _as_it_is_shown(world, ref) == before


def test_what_somebody_changed_since_stays_when_the_move_in_is_taken_back(world: World) -> None:
    ref = come(world, "moved_in")
    leave(world, ref)
    later = LATER + timedelta(hours=1)
    come(world, "moved_in", at=later, who=WRONG_YES, same=same(ref), registration=Registering("not_known"))
    register_with(
        by=world["nurse"],
        at=later + timedelta(minutes=5),
        ref=ref,
        registration=Registering("permanent", world.code("mill")),
    )
    shown = _as_it_is_shown(world, ref)[1]
    withdraw_move_in(
        by=world["nurse"], at=later + timedelta(hours=1), ref=ref, because="another Ada", is_looked_through=True
    )
    assert _as_it_is_shown(world, ref)[1] == shown


def _as_it_is_shown(world: World, ref: str) -> tuple[object, object]:
    with looking():
        person = see_resident(viewer=world["nurse"], ref=ref, at=LATER + timedelta(hours=5))
        return identities([person.resident_id]), banner_of(person).responsible
