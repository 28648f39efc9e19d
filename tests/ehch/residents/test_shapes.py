"""Arriving, registering, moving, leaving: the rows that they write, and what the database itself refuses.

REQ-07, REQ-67; H12, H17.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from homeround.directory.models import CareHome
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import (
    Place,
    Somebody,
    change_stay,
    co_opt,
    expect_resident,
    move_in,
    move_room,
    record_departure,
    record_living_here,
    register_with,
)
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.residents.models import Arrival, Correction, IdentityClaim, RegistrationStart, Resident, Stay
from homeround.ehch.residents.queries import banner_of, living_here
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.queries.waiting import waits_in
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.calendar import bank_holidays
from homeround.kernel.record import nhs_number
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere, SaidOtherwise
from tests.world import AT, World

TODAY = date(2026, 11, 16)
LATER = AT + timedelta(hours=2)
ADA = Somebody("Ada", "Byron", date(1940, 2, 29), known_as="Addy", nhs_number=nhs_number.made(500))
ROOM = Place(kind="respite", place="residential", room="21", planned_end_on=date(2026, 11, 30))


def arrive(world: World, **change: object) -> str:
    given: dict[str, object] = {
        "by": world["nurse"],
        "at": AT,
        "code": world.code("rose"),
        "who": ADA,
        "stay": ROOM,
        "registration": Registering("permanent", world.code("far"), gp_name="Dr Dunn"),
        "arrived_on": TODAY,
    }
    return move_in(**(given | change))  # type: ignore[arg-type]


def fits(number: str) -> bool:
    """Whether the check digit fits."""
    try:
        return bool(nhs_number.parse(number))
    except Invalid:
        return False


def write(row: Model) -> None:
    """Write a row as the tests, in a transaction of its own."""
    with acting(SystemActor("tests", "tests"), typed_for=None):
        row.save(force_insert=True)


def banner(world: World, ref: str, username: str = "nurse"):  # type: ignore[no-untyped-def]
    return banner_of(see_resident(viewer=world[username], ref=ref, at=LATER))


def test_moving_in_starts_the_clock(world: World, looks: Looks) -> None:
    ref = arrive(world)
    arrival = Arrival.objects.get(resident__ref=ref)
    assert (arrival.due_on, arrival.due_calendar_on) == (date(2026, 11, 25), date(2026, 11, 23))
    assert arrival.rule_set == "7-working-days-2023"
    assert not arrival.provisional
    seen = banner(world, ref)
    assert (seen.identity.called, seen.room, seen.age) == ("Addy Byron", "21", 86)
    assert (seen.responsible.practice, seen.lead) == ("Far Practice", "Lena Hart")


def test_an_age_on_the_day_before_a_birthday_that_is_on_29_february(world: World, looks: Looks) -> None:
    ref = arrive(world)
    identity = banner(world, ref).identity
    assert identity.age(date(2027, 2, 28)) == 86
    assert identity.age(date(2027, 3, 1)) == 87


def test_the_same_form_twice_is_one_person_and_another_under_its_token_is_shown(world: World) -> None:
    first = arrive(world, token="t1")
    assert arrive(world, token="t1", at=LATER) == first
    with pytest.raises(SaidOtherwise):
        arrive(world, token="t1", who=Somebody("Bea", "Byron", date(1941, 1, 1), no_number_because="not told"))
    assert Resident.objects.filter(ref=first).count() == 1
    assert Resident.objects.count() == len(world.residents) + 1


def test_every_field_that_cannot_be_kept_is_named_and_nothing_is_half_written(world: World) -> None:
    before = Resident.objects.count()
    with pytest.raises(Invalid) as refusal:
        arrive(
            world,
            who=Somebody("", "", None),
            stay=Place(kind="holiday", place="", room=" ", planned_end_on=date(2026, 1, 1)),
            registration=Registering("permanent", "X99999"),
            arrived_on=date(2026, 11, 17),
        )
    assert set(refusal.value.problems) == {
        "given", "born_on", "nhs_number", "kind", "place", "room", "planned_end_on", "practice_code",
        "arrived_on",
    }  # fmt: skip
    assert Resident.objects.count() == before


def test_a_number_of_a_real_range_is_refused_in_a_demonstration(world: World) -> None:
    not_a_test_number = next(text for last in range(10) if fits(text := f"998000000{last}"))
    with pytest.raises(Invalid) as refusal:
        arrive(world, who=Somebody("Ada", "Byron", date(1940, 1, 1), nhs_number=not_a_test_number))
    assert "999" in refusal.value.problems["nhs_number"]


def test_one_number_is_verified_for_one_person_only(world: World) -> None:
    claims = list(IdentityClaim.objects.exclude(number="")[:2])
    for claim in claims:
        claim.pk, claim.status, claim.number = None, "verified", nhs_number.made(700)
    write(claims[0])
    with pytest.raises(IntegrityError, match=r"verified_once|residents_identityclaim\.number"):
        write(claims[1])


def test_somebody_expected_is_on_no_list_and_no_clock_runs_until_they_move_in(world: World, looks: Looks) -> None:
    given = {"by": world["nurse"], "code": world.code("rose"), "who": ADA, "stay": ROOM}
    unknown = Registering("applied_for")
    ref = expect_resident(at=AT, registration=unknown, expected_on=date(2026, 11, 20), **given)  # type: ignore[arg-type]
    home = see_worklist(viewer=world["nurse"], code=world.code("rose"), at=LATER)
    assert ref not in {person.ref for person in living_here(home)}
    assert not Arrival.objects.filter(resident__ref=ref).exists()
    arrived = AT + timedelta(days=4)
    came = move_in(
        at=arrived,
        registration=unknown,
        arrived_on=date(2026, 11, 20),
        expected_ref=ref,
        **given,  # type: ignore[arg-type]
    )
    assert came == ref
    home = see_worklist(viewer=world["nurse"], code=world.code("rose"), at=arrived)
    assert ref in {person.ref for person in living_here(home)}
    assert [stay.basis for stay in Stay.objects.filter(resident__ref=ref).order_by("pk")] == ["expected", "moved_in"]


def test_somebody_already_living_here_since_nobody_knows_when(world: World, looks: Looks) -> None:
    ref = record_living_here(
        by=world["nurse"], at=AT, code=world.code("rose"), who=ADA, stay=ROOM, living_since=None,
        registration=Registering("none"),
    )  # fmt: skip
    assert not Arrival.objects.filter(resident__ref=ref).exists()
    assert banner(world, ref).responsible.why_nobody == "not registered with any practice"


def test_a_room_is_moved_and_the_old_one_stays_in_the_record(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    move_room(by=world["nurse"], at=AT, ref=ref, room="7", unit="Garden")
    assert (banner(world, ref).room, banner(world, ref).unit) == ("7", "Garden")
    with pytest.raises(Invalid):
        move_room(by=world["nurse"], at=AT, ref=ref, room=" ")


def test_registration_changed_twice_in_a_day_leaves_one_that_stands(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    for kind, practice in (("permanent", world.code("far")), ("not_known", "")):
        register_with(by=world["nurse"], at=LATER, ref=ref, registration=Registering(kind, practice))
    standing = RegistrationStart.objects.filter(resident__ref=ref, stands=True).order_by("from_on")
    assert [start.kind for start in standing] == ["permanent", "not_known"]
    assert Correction.objects.filter(resident__ref=ref).count() == 1


def test_the_home_shows_people_of_other_practices_like_everybody_else(world: World, looks: Looks) -> None:
    home = see_worklist(viewer=world["coordinator"], code=world.code("rose"), at=AT)
    assert {person.ref for person in living_here(home)} >= {world.residents["albert"], world.residents["nobody"]}


def test_leaving_ends_the_stay_for_the_home_and_takes_nothing_from_the_practice(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="left", left_on=TODAY)
    home = see_worklist(viewer=world["nurse"], code=world.code("rose"), at=LATER)
    assert ref not in {person.ref for person in living_here(home)}
    see_resident(viewer=world["nurse"], ref=ref, at=AT + timedelta(weeks=8))
    with pytest.raises(NotHere):
        see_resident(viewer=world["nurse"], ref=ref, at=AT + timedelta(weeks=8, days=1))
    with pytest.raises(NotHere):
        see_resident(viewer=world["coordinator"], ref=ref, at=AT + timedelta(weeks=8, days=1))
    see_resident(viewer=world["gp"], ref=ref, at=AT + timedelta(weeks=20))


def test_the_dead_stay_with_those_who_had_them(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="died", left_on=TODAY)
    much_later = AT + timedelta(days=400)
    for username in ("nurse", "coordinator", "gp"):
        see_resident(viewer=world[username], ref=ref, at=much_later)
    with pytest.raises(NotAllowed):
        move_room(by=world["nurse"], at=LATER, ref=ref, room="3")


def test_a_former_home_does_not_learn_where_the_person_lives_now(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="moved_home", left_on=TODAY)
    resident = Resident.objects.get(ref=ref)
    start = RegistrationStart.objects.filter(resident=resident).get()
    start.pk, start.practice_id, start.from_on = None, world.bodies["far"].pk, TODAY + timedelta(days=1)
    write(start)
    seen = banner_of(see_resident(viewer=world["nurse"], ref=ref, at=AT + timedelta(days=3)))
    assert seen.responsible.practice == "Mill Practice"
    assert seen.left == "moved_home"


def test_a_stay_ends_once_and_not_before_it_began(world: World) -> None:
    ref = world.residents["margaret"]
    with pytest.raises(Invalid):
        record_departure(by=world["nurse"], at=AT, ref=ref, kind="left", left_on=date(2026, 11, 1))
    with pytest.raises(Invalid):
        record_departure(by=world["nurse"], at=AT, ref=ref, kind="vanished", left_on=date(2026, 12, 1))
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="left", left_on=TODAY)
    with pytest.raises(NotAllowed):
        record_departure(by=world["nurse"], at=LATER, ref=ref, kind="died", left_on=TODAY)


def test_a_co_option_ends_after_a_day_and_nobody_co_opts_themselves(world: World, looks: Looks) -> None:
    ref, asked_in = world.residents["margaret"], world["stranger"]
    with pytest.raises(NotHere):
        see_resident(viewer=asked_in, ref=ref, at=AT)
    co_opt(by=world["nurse"], at=AT, ref=ref, member=asked_in.membership_id, because="swallowing")
    see_resident(viewer=asked_in, ref=ref, at=AT + timedelta(hours=23))
    with pytest.raises(NotHere):
        see_resident(viewer=asked_in, ref=ref, at=AT + timedelta(hours=24))
    with pytest.raises(Invalid):
        co_opt(by=world["clinician"], at=AT, ref=ref, member=world["clinician"].membership_id, because="me")
    with pytest.raises(Invalid):
        co_opt(by=world["nurse"], at=AT, ref=ref, member=world["carer"].membership_id, because="helps")


@pytest.mark.parametrize(
    "change",
    [{"from_on": None}, {"planned_end_on": date(2020, 1, 1)}],
    ids=["a stay without a first day", "a stay planned to end before it began"],
)
def test_the_database_refuses_a_stay_that_cannot_be(world: World, change: dict[str, object]) -> None:
    stay = Stay.objects.filter(basis="moved_in").first()
    assert stay is not None
    stay.pk, stay.ended_at, stay.home_id = None, None, world.bodies["elm"].pk
    for column, value in change.items():
        setattr(stay, column, value)
    with pytest.raises(IntegrityError, match="residents_stay_"):
        write(stay)


def test_a_practice_that_has_closed_sees_its_patients_no_more_and_the_coordinator_is_asked(
    world: World, looks: Looks
) -> None:
    """C04: by the directory's closing day, in the rules and in the database alike."""
    ref = world.residents["margaret"]
    see_resident(viewer=world["gp"], ref=ref, at=AT)
    world.bodies["mill"].closed_on = TODAY
    with acting(SystemActor("tests", "tests"), typed_for=None):
        world.bodies["mill"].save()
    assert banner(world, ref).responsible.why_nobody == "Mill Practice closed on Mon 16 Nov 2026"
    with pytest.raises(NotHere):
        see_resident(viewer=world["gp"], ref=ref, at=AT)
    waiting = {wait.kind for wait in waits_in([world.bodies["rose"].pk], AT) if wait.person_ref == ref}
    assert "nobody_responsible" in waiting
    register_with(by=world["nurse"], at=LATER, ref=ref, registration=Registering("permanent", world.code("far")))
    assert banner(world, ref).responsible.practice == "Far Practice"


@pytest.mark.parametrize(
    ("with_nursing", "without_nursing", "refused"),
    [(True, True, set()), (True, False, {"residential"}), (False, True, {"nursing"}), (False, False, set())],
)
def test_a_home_takes_only_for_the_care_it_is_registered_for(
    world: World, with_nursing: bool, without_nursing: bool, refused: set[str]
) -> None:
    kinds = {"with_nursing": with_nursing, "without_nursing": without_nursing}
    with acting(SystemActor("tests", "tests"), typed_for=None):
        CareHome.objects.filter(pk=world.bodies["rose"].pk).update(**kinds)
    for place in ("nursing", "residential"):
        for verb in ("arrive", "change"):
            problems = _problems_of(world, verb, place)
            assert ("place" in problems) is (place in refused), (verb, place)


def _problems_of(world: World, verb: str, place: str) -> set[str]:
    try:
        with transaction.atomic():
            if verb == "arrive":
                arrive(world, stay=Place(kind="respite", place=place, room="21"))
            else:
                change_stay(
                    by=world["nurse"], at=AT, ref=world.residents["margaret"], kind="respite", place=place,
                    planned_end_on=None, because="agreed",
                )  # fmt: skip
            raise _BackError
    except _BackError:
        return set()
    except Invalid as refusal:
        return set(refusal.problems)


class _BackError(Exception):
    """Takes back what was tried."""


def test_past_the_horizon_of_bank_holidays_the_due_date_is_provisional(world: World) -> None:
    horizon = bank_holidays.ENGLAND.horizon
    at = datetime.combine(horizon, AT.timetz())
    ref = arrive(world, at=at, arrived_on=horizon, stay=Place(kind="permanent", place="residential", room="21"))
    assert Arrival.objects.get(resident__ref=ref).provisional
    assert not Arrival.objects.exclude(resident__ref=ref).filter(provisional=True).exists()
