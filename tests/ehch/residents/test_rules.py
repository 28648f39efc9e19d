"""Who is medically responsible, what a departure closes, whose names can be taken for each other. REQ-19; H1, H12."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from homeround.ehch.residents import rules
from homeround.ehch.residents.words import DepartureKind, RegistrationKind
from homeround.kernel.record import nhs_number

ON = date(2026, 11, 16)
AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


def registration(kind: str, until_on: date | None = None, practice: int | None = 7) -> rules.Registration:
    return rules.Registration(kind, practice, "Mill Practice", "Dr Poole", "01632 960001", until_on, None, "told")


def test_the_registered_practice_is_responsible() -> None:
    found = rules.responsible_for(registration("permanent"), ON)
    assert found.is_known
    assert (found.practice, found.gp_name) == ("Mill Practice", "Dr Poole")


@pytest.mark.parametrize(("until", "is_known"), [(date(2026, 11, 16), True), (date(2026, 11, 15), False)])
def test_a_temporary_registration_ends_by_itself_and_is_not_extended(until: date, is_known: bool) -> None:
    found = rules.responsible_for(registration("temporary", until), ON)
    assert found.is_known is is_known
    if not is_known:
        assert found.why_nobody == "temporary registration ended on Sun 15 Nov 2026"


@pytest.mark.parametrize("kind", sorted(set(RegistrationKind.values()) - {"permanent", "temporary"}))
def test_every_other_kind_says_why_nobody_is_known(kind: str) -> None:
    found = rules.responsible_for(registration(kind), ON)
    assert not found.is_known
    assert found.why_nobody


@pytest.mark.parametrize(
    ("closed_on", "is_known"), [(ON, False), (date(2026, 11, 17), True), (date(2026, 11, 1), False)]
)
def test_a_practice_that_has_closed_is_nobodys_from_that_day(closed_on: date, is_known: bool) -> None:
    found = rules.responsible_for(replace(registration("permanent"), closed_on=closed_on), ON)
    assert found.is_known is is_known
    if not is_known:
        assert "Mill Practice closed on" in found.why_nobody


def test_no_registration_is_said_and_nobody_is_put_in_its_place() -> None:
    assert rules.responsible_for(None, ON).why_nobody == "registration not recorded here"


@pytest.mark.parametrize("departure", DepartureKind.values())
@pytest.mark.parametrize("what", sorted(rules.CLOSED_BY_DEPARTURE))
def test_a_departure_closes_what_came_before_it_and_nothing_later(what: str, departure: str) -> None:
    left = (departure, AT)
    before, after = AT - timedelta(days=1), AT + timedelta(days=1)
    assert rules.is_open(what, before, None, left) is not rules.closes(what, departure)
    assert rules.is_open(what, after, None, left)
    assert rules.is_open(what, before, None, None)
    assert not rules.is_open(what, before, AT, None)


@pytest.mark.parametrize("departure", DepartureKind.values())
def test_what_others_owe_stays_open_after_a_death(departure: str) -> None:
    assert not rules.closes("ask", departure)
    assert not rules.closes("dispute", departure)


def test_work_that_the_table_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError):
        rules.closes("complaint", "died")


def identity(**change: object) -> set[str]:
    given: dict[str, object] = {
        "given": "Ada",
        "family": "Byron",
        "born_on": date(1940, 1, 1),
        "nhs_number": nhs_number.made(1),
        "no_number_because": "",
        "today": ON,
    }
    return set(rules.problems_of_identity(**(given | change)))  # type: ignore[arg-type]


def test_who_somebody_is_is_said_in_full() -> None:
    assert identity() == set()
    assert identity(given=" ", family="", born_on=None) == {"given", "born_on"}


@pytest.mark.parametrize("change", [{"given": "Prince", "family": ""}, {"given": "", "family": "Prince"}])
def test_one_name_is_enough_and_asked_about(change: dict[str, object]) -> None:
    assert identity(**change) == {"sure"}
    assert identity(**change, sure=True) == set()


@pytest.mark.parametrize("born_on", [date(2026, 11, 17), date(1905, 1, 1)])
def test_impossible_birth_dates_are_refused(born_on: date) -> None:
    assert identity(born_on=born_on) == {"born_on"}


@pytest.mark.parametrize("born_on", [date(2008, 11, 16), date(1907, 1, 1)])
def test_no_age_that_can_be_is_refused(born_on: date) -> None:
    assert identity(born_on=born_on) == set()


@pytest.mark.parametrize("born_on", [ON, date(2008, 11, 17), date(2012, 5, 1)])
def test_somebody_under_18_is_asked_about(born_on: date) -> None:
    assert identity(born_on=born_on) == {"sure"}
    assert identity(born_on=born_on, sure=True) == set()


def test_a_missing_number_needs_a_reason_and_a_wrong_one_is_refused() -> None:
    assert identity(nhs_number="") == {"nhs_number"}
    assert identity(nhs_number="", no_number_because="comes from abroad") == set()
    assert identity(nhs_number="999 000 0000") == {"nhs_number"}
