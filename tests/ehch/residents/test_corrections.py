"""A way back from everything about who lives where (trust.md): what was closed is open again on its own
dates, clocks count anew, and what stood before can be found. H32; C12.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from homeround.ehch.alignment.access import see_home
from homeround.ehch.care_plans.actions import mark_done
from homeround.ehch.care_plans.queries import clocks_of
from homeround.ehch.decisions.actions import Asking, ask_follow_up
from homeround.ehch.decisions.models import FollowUp
from homeround.ehch.deterioration.actions import answer_concern, raise_concern
from homeround.ehch.deterioration.models import Concern
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import (
    Registering,
    Somebody,
    change_stay,
    co_opt,
    correct_arrival_day,
    correct_departure,
    correct_identity,
    correct_room,
    end_co_option,
    move_room,
    put_back_move_in,
    register_with,
    withdraw_departure,
    withdraw_move_in,
)
from homeround.ehch.residents.models import (
    Arrival,
    Correction,
    Departure,
    RegistrationStart,
    Resident,
    RoomStart,
    Stay,
    closing_departures,
)
from homeround.ehch.residents.queries import banner_of, entries, taken_out_of
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.models import Outbox
from homeround.kernel.record import nhs_number
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere
from tests.ehch.residents.arriving import ADA, LATER, NUMBER, TODAY, come, leave, refused, same
from tests.world import AT, World

EVENING = AT + timedelta(hours=8)
WHY = "it was her neighbour"


def banner(world: World, ref: str, username: str = "nurse"):  # type: ignore[no-untyped-def]
    return banner_of(see_resident(viewer=world[username], ref=ref, at=EVENING))


def problems(verb, **given: object) -> set[str]:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refusal:
        verb(**given)
    return set(refusal.value.problems)


@pytest.mark.parametrize("kind", ["died", "left", "moved_home"])
@pytest.mark.parametrize("who", ["nurse", "manager", "senior"])
def test_a_departure_in_error_opens_all_it_had_closed_on_its_own_dates(world: World, kind: str, who: str) -> None:
    ref = world.residents["margaret"]
    raise_concern(by=world["carer"], at=AT, ref=ref, words="Very sleepy", help_now=False)
    ask_follow_up(by=world["nurse"], at=AT, ref=ref, asking=Asking("Weigh", "home", TODAY))
    leave(world, ref, kind)
    assert not Concern.objects.open().filter(resident__ref=ref).exists()
    withdraw_departure(by=world[who], at=EVENING, ref=ref, because=WHY)
    concern = Concern.objects.open().get(resident__ref=ref)
    assert concern.happened_at == AT
    follow_up = FollowUp.objects.open().get(resident__ref=ref)
    assert follow_up.due_on == TODAY
    assert not closing_departures_of(follow_up)
    stay = Stay.objects.open().get(resident__ref=ref)
    assert (stay.ended_at, stay.ended_by, stay.ended_how) == (None, None, "")
    assert not Departure.objects.exists()
    correction = Correction.objects.get()
    assert (correction.kind, correction.because, correction.table) == ("in_error", WHY, "residents_departure")


def closing_departures_of(follow_up: FollowUp) -> bool:
    from django.db.models import Exists  # noqa: PLC0415

    return FollowUp.objects.filter(Exists(closing_departures("follow_up")), pk=follow_up.pk).exists()


def test_who_serves_them_is_told_that_they_are_here_again(world: World) -> None:
    ref = world.residents["margaret"]
    leave(world, ref, "died")
    before = set(Outbox.objects.values_list("user_id", flat=True))
    withdraw_departure(by=world["nurse"], at=EVENING, ref=ref, because=WHY)
    told = set(Outbox.objects.values_list("user_id", flat=True)) - before
    assert {world["coordinator"].user_id, world["gp"].user_id} <= told
    assert not told & {world["tor_coordinator"].user_id, world["outside_gp"].user_id, world["ivy_manager"].user_id}


def test_a_clock_runs_again_after_a_death_in_error_and_a_second_death_is_kept(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    before = [clock.due_on for clock in clocks_of(see_resident(viewer=world["nurse"], ref=ref, at=AT))]
    leave(world, ref, "died")
    withdraw_departure(by=world["nurse"], at=EVENING, ref=ref, because=WHY)
    clocks = clocks_of(see_resident(viewer=world["nurse"], ref=ref, at=EVENING))
    assert [clock.due_on for clock in clocks] == before
    assert all(clock.is_open for clock in clocks)
    leave(world, ref, "died", at=EVENING + timedelta(hours=1))
    assert Departure.objects.get(resident__ref=ref).kind == "died"


def test_a_departure_is_put_right_and_its_day_is_what_is_shown(world: World, looks: Looks) -> None:
    ref = world.residents["margaret"]
    leave(world, ref, "left")
    correct_departure(
        by=world["nurse"], at=EVENING, ref=ref, kind="died", left_on=date(2026, 11, 14), because="in hospital"
    )
    seen = banner(world, ref)
    assert (seen.left, seen.left_on, seen.left_written_on) == ("died", date(2026, 11, 14), TODAY)
    assert seen.age == 88
    assert problems(
        correct_departure, by=world["nurse"], at=EVENING, ref=ref, kind="died", left_on=date(2026, 11, 14), because=WHY
    ) == {"left_on"}


def test_the_home_they_left_corrects_its_own_departure_and_nobody_else_does(world: World) -> None:
    ref = world.residents["margaret"]
    leave(world, ref, "moved_home")
    for username in ("coordinator", "clinician", "carer", "gp"):
        with pytest.raises(NotAllowed):
            withdraw_departure(by=world[username], at=EVENING, ref=ref, because=WHY)
    with pytest.raises(NotHere):
        withdraw_departure(by=world["ivy_manager"], at=EVENING, ref=ref, because=WHY)
    with pytest.raises(NotHere):
        withdraw_departure(by=world["nurse"], at=EVENING + timedelta(weeks=8, days=1), ref=ref, because=WHY)
    withdraw_departure(by=world["nurse"], at=EVENING, ref=ref, because=WHY)


def test_nothing_is_withdrawn_twice_nor_without_a_reason_nor_over_a_later_stay(world: World) -> None:
    ref = come(world)
    assert problems(withdraw_departure, by=world["nurse"], at=EVENING, ref=ref, because=WHY) == {"because"}
    leave(world, ref)
    assert problems(withdraw_departure, by=world["nurse"], at=EVENING, ref=ref, because="") == {"because"}


@pytest.mark.parametrize("kind", ["died", "not_coming"])
@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(3), TODAY - timedelta(20)])
def test_somebody_expected_is_called_off_on_any_day_and_expected_again(
    world: World, looks: Looks, kind: str, day: date
) -> None:
    ref = come(world, "expected")
    leave(world, ref, kind, day, words="went to her daughter")
    assert not Stay.objects.open().filter(resident__ref=ref).exists()
    assert banner(world, ref).left == kind
    withdraw_departure(by=world["nurse"], at=EVENING, ref=ref, because="another Ada")
    stay = Stay.objects.open().get(resident__ref=ref)
    assert (stay.basis, stay.from_on) == ("expected", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("basis", "kind"), [("expected", "left"), ("expected", "moved_home"), ("moved_in", "not_coming")]
)
def test_who_is_expected_does_not_leave_and_who_lives_here_does_not_fail_to_come(
    world: World, basis: str, kind: str
) -> None:
    ref = come(world, basis)
    assert problems(leave, world=world, ref=ref, kind=kind) == {"kind"}


@pytest.mark.parametrize(("day", "field"), [(date(1939, 1, 1), "left_on"), (TODAY + timedelta(1), "left_on")])
def test_nobody_dies_before_birth_or_tomorrow(world: World, day: date, field: str) -> None:
    ref = come(world, "living_here", living_since=None)
    assert problems(leave, world=world, ref=ref, kind="died", left_on=day) == {field}
    assert problems(leave, world=world, ref=ref, kind="died", left_on=TODAY - timedelta(40)) == {"sure"}


def test_the_day_of_arrival_is_put_right_and_both_due_dates_are_counted_anew(world: World, looks: Looks) -> None:
    ref = come(world)
    met: dict[str, Any] = {"document": "folder", "took_part": "Nell", "person_took_part": "yes"}
    mark_done(by=world["nurse"], at=AT, ref=ref, obligation="assessment", done_on=TODAY, **met)
    correct_arrival_day(by=world["nurse"], at=EVENING, ref=ref, arrived_on=date(2026, 11, 12), because="typed wrongly")
    arrival = Arrival.objects.get(resident__ref=ref)
    assert (arrival.due_on, arrival.due_calendar_on) == (date(2026, 11, 23), date(2026, 11, 19))
    assert arrival.first is not None
    person = see_resident(viewer=world["nurse"], ref=ref, at=EVENING)
    clocks = {clock.obligation: clock for clock in clocks_of(person)}
    assert clocks["assessment"].done is not None
    assert clocks["plan"].is_open
    assert clocks["plan"].arrived_on == date(2026, 11, 12)
    assert banner(world, ref).from_on == date(2026, 11, 12)
    correct_arrival_day(by=world["nurse"], at=EVENING, ref=ref, arrived_on=date(2026, 11, 13), because="and again")
    clocks = {clock.obligation: clock for clock in clocks_of(person)}
    assert clocks["assessment"].done is not None
    assert [clock.arrived_on for clock in clocks.values()] == [date(2026, 11, 13)] * 2
    with pytest.raises(Exception, match="assessment"):
        mark_done(by=world["nurse"], at=EVENING, ref=ref, obligation="assessment", done_on=TODAY, **met)


@pytest.mark.parametrize(
    ("day", "field"),
    [(TODAY, "arrived_on"), (TODAY + timedelta(1), "arrived_on"), (date(1926, 1, 1), "arrived_on"),
     (TODAY - timedelta(50), "sure")],
)  # fmt: skip
def test_a_day_of_arrival_that_cannot_be(world: World, day: date, field: str) -> None:
    ref = come(world)
    given: dict[str, Any] = {"by": world["nurse"], "at": EVENING, "ref": ref, "arrived_on": day, "because": WHY}
    assert problems(correct_arrival_day, **given) == {field}


def test_a_move_in_in_error_is_taken_out_and_the_person_is_in_no_list(world: World, looks: Looks) -> None:
    ref = come(world)
    given: dict[str, Any] = {"by": world["nurse"], "at": EVENING, "ref": ref, "because": "the wrong home"}
    assert problems(withdraw_move_in, **given) == {"is_looked_through"}
    withdraw_move_in(**given, is_looked_through=True)
    with pytest.raises(NotHere):
        see_resident(viewer=world["nurse"], ref=ref, at=EVENING)
    with pytest.raises(NotHere):
        see_resident(viewer=world["outside_gp"], ref=ref, at=EVENING)
    assert not Resident.objects.filter(ref=ref).exists()
    assert not Arrival.objects.filter(resident__ref=ref).exists()
    assert {row.because for row in Correction.objects.all()} == {"the wrong home"}


def test_who_was_taken_out_by_mistake_is_put_back_with_all_that_was_written(world: World, looks: Looks) -> None:
    ref = come(world)
    by = world["nurse"]
    concern = raise_concern(by=world["carer"], at=AT, ref=ref, words="Very sleepy", help_now=False)
    answer_concern(by=world["clinician"], at=LATER, ref=concern, words="Seen.")
    before = banner(world, ref)
    clocks = clocks_of(see_resident(viewer=by, ref=ref, at=EVENING))
    withdraw_move_in(by=by, at=EVENING, ref=ref, because="the wrong line", is_looked_through=True)
    home = see_home(viewer=by, code=world.code("rose"), at=EVENING)
    assert [(entry.ref, entry.because, entry.room) for entry in taken_out_of(home)] == [(ref, "the wrong line", "21")]
    assert "put them back" in refused(world, at=EVENING, same=same(ref))["same_person"]
    assert "may be the same person" in refused(world, at=EVENING)["same_person"]

    given: dict[str, Any] = {"by": by, "at": EVENING + timedelta(minutes=5), "code": world.code("rose"), "ref": ref}
    assert problems(put_back_move_in, **given, because="") == {"because"}
    assert put_back_move_in(**given, because="tapped the wrong line") == ref
    assert banner(world, ref) == before
    assert clocks_of(see_resident(viewer=by, ref=ref, at=EVENING)) == clocks
    assert taken_out_of(home) == []
    with pytest.raises(NotHere):
        put_back_move_in(**given, because=WHY)
    withdraw_move_in(by=by, at=given["at"] + timedelta(minutes=5), ref=ref, because=WHY, is_looked_through=True)
    assert [entry.because for entry in taken_out_of(replace(home, at=given["at"] + timedelta(minutes=9)))] == [WHY]


def test_one_act_of_correcting_is_one_line_of_what_happened(world: World, looks: Looks) -> None:
    ref = come(world, "expected")
    come(world, same=same(ref))
    by = world["nurse"]
    correct_arrival_day(by=by, at=LATER, ref=ref, arrived_on=TODAY - timedelta(1), because="Sunday")
    withdraw_move_in(by=by, at=EVENING, ref=ref, because="never came", is_looked_through=True)
    person = see_resident(viewer=by, ref=ref, at=EVENING)
    rows = [row for branch in entries(person.resident_id) for row in branch]
    found = [row for row in rows if "never came" in row or "Sunday" in row]
    assert len(found) == 2


def test_what_is_open_about_them_is_dealt_with_first(world: World) -> None:
    ref = come(world)
    concern = raise_concern(by=world["carer"], at=AT, ref=ref, words="Very sleepy", help_now=False)
    given: dict[str, Any] = {"by": world["nurse"], "at": EVENING, "ref": ref, "because": WHY, "is_looked_through": True}
    with pytest.raises(Invalid, match="concern of Mon 16 Nov 2026"):
        withdraw_move_in(**given)
    answer_concern(by=world["clinician"], at=LATER, ref=concern, words="Seen.")
    withdraw_move_in(**given)
    assert Concern.objects.filter(ref=concern).exists()


def test_who_never_came_is_expected_again_and_who_lived_here_before_has_left_again(world: World, looks: Looks) -> None:
    ref = come(world, "expected")
    come(world, same=same(ref))
    withdraw_move_in(by=world["nurse"], at=EVENING, ref=ref, because="never came", is_looked_through=True)
    stay = Stay.objects.open().get(resident__ref=ref)
    assert stay.basis == "expected"
    assert problems(withdraw_move_in, by=world["nurse"], at=EVENING, ref=ref, because=WHY, is_looked_through=True) == {
        "because"
    }
    margaret = world.residents["margaret"]
    leave(world, margaret)
    back = Somebody("Margaret", "Hill", date(1938, 3, 27), nhs_number=nhs_number.made(0))
    come(world, at=LATER + timedelta(hours=1), who=back, same=same(margaret))
    withdraw_move_in(by=world["nurse"], at=EVENING, ref=margaret, because="never came", is_looked_through=True)
    assert banner(world, margaret).left == "left"


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"given": "Adelaide"}, ("given", "Adelaide")),
        ({"family": "Lovelace"}, ("family", "Lovelace")),
        ({"known_as": ""}, ("known_as", "")),
        ({"born_on": date(1941, 3, 1)}, ("born_on", date(1941, 3, 1))),
        ({"nhs_number": nhs_number.made(501)}, ("number", nhs_number.made(501))),
        (
            {"nhs_number": "", "no_number_because": "it was her sister’s"},
            ("number_absent_because", "it was her sister’s"),
        ),
    ],
)
def test_who_somebody_is_is_put_right_and_what_stood_is_kept(
    world: World, looks: Looks, change: dict[str, Any], kept: tuple[str, object]
) -> None:
    ref = come(world)
    correct_identity(by=world["nurse"], at=EVENING, ref=ref, who=replace(ADA, **change), because="typed wrongly")
    identity = banner(world, ref).identity
    assert getattr(identity, kept[0]) == kept[1]
    assert Correction.objects.filter(resident__ref=ref, kind="identity").count() == 1
    if "no_number_because" in change:
        assert identity.number == ""


def test_a_number_is_added_later_and_one_that_another_has_is_named(world: World, looks: Looks) -> None:
    ref = come(world, who=replace(ADA, nhs_number="", no_number_because="not here"))
    taken = replace(ADA, nhs_number=nhs_number.made(0))
    given: dict[str, Any] = {"by": world["nurse"], "at": EVENING, "ref": ref, "because": "the papers came"}
    with pytest.raises(Invalid, match="Margaret Hill, who lives here, has this NHS number"):
        correct_identity(**given, who=taken)
    elsewhere = replace(ADA, nhs_number=nhs_number.made(5))
    correct_identity(**given, who=elsewhere)
    correct_identity(**given, who=ADA)
    assert banner(world, ref).identity.number == NUMBER
    assert problems(correct_identity, **given, who=ADA) == {"given"}


def test_the_name_of_the_dead_is_put_right_by_their_home(world: World, looks: Looks) -> None:
    ref = come(world)
    leave(world, ref, "died")
    correct_identity(by=world["manager"], at=EVENING, ref=ref, who=replace(ADA, family="Lovelace"), because=WHY)
    assert banner(world, ref).identity.name == "Ada Lovelace"
    with pytest.raises(NotAllowed):
        correct_identity(by=world["coordinator"], at=EVENING, ref=ref, who=ADA, because=WHY)


def test_a_stay_is_changed_and_the_expected_day_too(world: World, looks: Looks) -> None:
    ref = come(world, "expected")
    given: dict[str, Any] = {"by": world["nurse"], "at": EVENING, "ref": ref, "because": "the hospital called"}
    change_stay(**given, kind="respite", place="nursing", planned_end_on=date(2026, 12, 24), from_on=date(2026, 12, 1))
    seen = banner(world, ref)
    assert (seen.stay_kind, seen.place, seen.from_on, seen.planned_end_on) == (
        "respite", "nursing", date(2026, 12, 1), date(2026, 12, 24),
    )  # fmt: skip
    too_early: dict[str, Any] = {"kind": "respite", "place": "nursing", "planned_end_on": date(2026, 11, 25)}
    assert problems(change_stay, **given, **too_early, from_on=date(2026, 12, 1)) == {"planned_end_on"}
    same: dict[str, Any] = {"kind": "respite", "place": "nursing", "planned_end_on": date(2026, 12, 24)}
    assert problems(change_stay, **given, **same, from_on=date(2026, 12, 1)) == {"kind"}
    assert problems(change_stay, **given, **same, from_on=None) == {"from_on"}


@pytest.mark.parametrize(("kind", "age"), [("died", 85), ("left", 86)])
def test_the_age_of_the_dead_is_that_of_their_last_day(world: World, looks: Looks, kind: str, age: int) -> None:
    ref = come(world, who=replace(ADA, born_on=date(1940, 11, 15)), arrived_on=date(2026, 11, 13))
    assert banner(world, ref).age == 86
    leave(world, ref, kind, date(2026, 11, 14), at=LATER)
    assert banner(world, ref).age == age


def test_a_room_written_wrongly_is_put_right_from_when_it_was_written(world: World, looks: Looks) -> None:
    ref = come(world)
    correct_room(by=world["nurse"], at=EVENING, ref=ref, room="12", because="typed 21")
    start = RoomStart.objects.get(resident__ref=ref)
    assert (start.room, start.from_at) == ("12", AT)
    move_room(by=world["nurse"], at=EVENING + timedelta(minutes=1), ref=ref, room="13", unit="Garden")
    assert RoomStart.objects.filter(resident__ref=ref).count() == 2
    assert problems(correct_room, by=world["nurse"], at=EVENING, ref=ref, room="", because="") == {"room", "because"}


def test_a_registration_is_put_right_from_the_right_day(world: World, looks: Looks) -> None:
    ref = come(world)
    first = Registering("permanent", world.code("mill"))
    given: dict[str, Any] = {"by": world["nurse"], "at": EVENING, "ref": ref}
    assert problems(register_with, **given, registration=first, was_wrong=True) == {"because"}
    register_with(**given, registration=first, was_wrong=True, because="the other practice", from_on=date(2026, 11, 1))
    start = RegistrationStart.objects.get(resident__ref=ref)
    assert (start.practice_id, start.from_on) == (world.bodies["mill"].pk, date(2026, 11, 1))
    assert problems(register_with, **given, registration=first, from_on=TODAY + timedelta(1)) == {"from_on"}
    assert problems(register_with, **given, registration=first, from_on=date(1930, 1, 1)) == {"from_on"}


def test_somebody_let_in_is_let_out_at_once(world: World, looks: Looks) -> None:
    ref, member = world.residents["margaret"], world["stranger"].membership_id
    co_opt(by=world["nurse"], at=AT, ref=ref, member=member, because="swallowing")
    see_resident(viewer=world["stranger"], ref=ref, at=LATER)
    end_co_option(by=world["clinician"], at=LATER, ref=ref, member=member)
    with pytest.raises(NotHere):
        see_resident(viewer=world["stranger"], ref=ref, at=LATER)
    assert problems(end_co_option, by=world["nurse"], at=EVENING, ref=ref, member=member) == {"member"}
