"""Who may do what to people and their stays: the rows of the access table for the actions of this slice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from homeround.ehch.residents import actions as residents
from homeround.ehch.residents.models import HospitalNews
from tests.access.acting import LATER, UNKNOWN, WHO, Row, about, arrival, in_rose, membership_of, on, seen
from tests.access.people import CLINICIANS, HOME, PCN, PRACTICE, SEES, SENIOR, TODAY


def of_theirs(thing: str, verb: Callable[..., object], **content: object) -> Row:
    """What the seniors of a home write about one of the people whom everybody sees but who was co-opted for another."""
    return Row(on(thing, verb, **content), may=SENIOR, refused=SEES - SENIOR - {"co-opted"})


def news_key() -> str:
    """The key of what a hospital said, as a form offers it."""
    return str(HospitalNews.objects.values_list("pk", flat=True).first())


ROWS: dict[str, Row] = {
    "residents.move_in": arrival(residents.move_in, arrived_on=TODAY),
    "residents.expect_resident": arrival(residents.expect_resident, expected_on=date(2026, 11, 20)),
    "residents.record_living_here": arrival(residents.record_living_here, living_since=None),
    "residents.move_room": seen(about(residents.move_room, room="12"), SENIOR),
    "residents.register_with": seen(about(residents.register_with, registration=UNKNOWN), SENIOR, {"care coordinator"}),
    "residents.record_departure": seen(about(residents.record_departure, kind="left", left_on=TODAY), SENIOR),
    "residents.go_to_hospital": seen(about(residents.go_to_hospital, went_on=TODAY), SENIOR),
    "residents.return_from_hospital": of_theirs(
        "in hospital", residents.return_from_hospital, back_on=TODAY, how="admitted"
    ),
    "residents.note_hospital_news": of_theirs("in hospital", residents.note_hospital_news, words="Eats again."),
    "residents.withdraw_hospital": of_theirs("in hospital", residents.withdraw_hospital, because="her neighbour"),
    "residents.withdraw_hospital_news": Row(
        lambda world, things, by: residents.withdraw_hospital_news(
            by=by, at=LATER, ref=things["in hospital"], news=news_key(), because="her neighbour"
        ),
        may=SENIOR,
        refused=SEES - SENIOR - {"co-opted"},
    ),
    "residents.correct_return": of_theirs(
        "back", residents.correct_return, back_on=TODAY, how="not_admitted", because="only seen there"
    ),
    "residents.withdraw_return": of_theirs("back", residents.withdraw_return, because="her neighbour"),
    "residents.hand_over": Row(
        on("moved away", residents.hand_over, words="Called the new home."),
        may=SENIOR | PCN,
        refused=(HOME - SENIOR) | PRACTICE,
    ),
    "residents.withdraw_departure": Row(
        on("departed", residents.withdraw_departure, because="her neighbour"),
        may=SENIOR,
        refused=(HOME | PCN | PRACTICE) - SENIOR,
    ),
    "residents.correct_departure": Row(
        on("departed", residents.correct_departure, kind="left", left_on=TODAY, because="not died"),
        may=SENIOR,
        refused=(HOME | PCN | PRACTICE) - SENIOR,
    ),
    "residents.withdraw_move_in": Row(
        on("newcomer", residents.withdraw_move_in, because="never came", is_looked_through=True),
        may=SENIOR,
        refused=SEES - SENIOR - {"co-opted"},
    ),
    "residents.put_back_move_in": in_rose(residents.put_back_move_in, "taken out", because="the wrong line"),
    "residents.correct_arrival_day": seen(
        lambda world, things, by: residents.correct_arrival_day(
            by=by, at=LATER, ref=things["person"], arrived_on=TODAY, because="typed wrongly"
        ),
        SENIOR,
    ),
    "residents.correct_identity": seen(about(residents.correct_identity, who=WHO, because="typed wrongly"), SENIOR),
    "residents.correct_room": seen(about(residents.correct_room, room="12", because="typed wrongly"), SENIOR),
    "residents.change_stay": seen(
        about(residents.change_stay, kind="respite", place="nursing", planned_end_on=None, because="agreed"), SENIOR
    ),
    "residents.end_co_option": seen(
        lambda world, things, by: residents.end_co_option(
            by=by, at=LATER, ref=things["person"], member=membership_of(world, "gp_colleague")
        ),
        SENIOR,
        CLINICIANS,
    ),
    "residents.co_opt": seen(
        lambda world, things, by: residents.co_opt(
            by=by, at=LATER, ref=things["person"], member=membership_of(world, "stranger"), because="eats badly"
        ),
        SENIOR,
        CLINICIANS,
    ),
}
