"""A decision for some days only: it ends by itself on every page, what it replaced applies again, and whoever decides
is asked to look at it in the week of its last day. H27, REQ-19, REQ-36.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import (
    Deciding,
    correct_decision,
    decide,
    reply_to_decision,
    settle_dispute,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.queries import applies_now
from homeround.ehch.decisions.words import ENDED_SINCE, NEW, SettledAs
from homeround.ehch.residents.models import Resident
from homeround.ehch.rounds.access import see_worklist
from homeround.ehch.rounds.queries import worklist
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import Invalid
from tests.web.round_of_rose import begin, see
from tests.web.signing_in import sign_in
from tests.web.walking import send, words_of
from tests.world import AT, World

TODAY = AT.date()
DAY = timedelta(days=1)
LAST = TODAY + 6 * DAY
"""The Sunday of the week: `AT` is a Monday."""
BEFORE, FOR_A_WEEK, MEANWHILE = "Water tablet twice.", "No water tablet.", "Half a tablet."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller, looks: Looks) -> time_machine.Traveller:
    return clock


def decided(world: World, words: str, replaces: str = NEW, until_on: date | None = None) -> str:
    decision = Deciding("medicine", words, "Dry.", "x" if replaces == NEW else "", TODAY, replaces, until_on=until_on)
    return decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=decision)


def for_a_week(world: World) -> str:
    return decided(world, FOR_A_WEEK, decided(world, BEFORE), LAST)


def dispute(world: World, ref: str) -> None:
    ask = Ask.objects.get(decision__ref=ref).ref
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE)


def done(world: World, at: datetime) -> list[str]:
    """What the home does about her, without what is said to have ended."""
    person = Resident.objects.get(ref=world.residents["margaret"]).pk
    return [line.does for line in applies_now([person], at=at)[person] if not line.has_ended]


@pytest.mark.parametrize(("days", "words"), [(0, FOR_A_WEEK), (6, FOR_A_WEEK), (7, BEFORE), (60, BEFORE)])
def test_up_to_its_last_day_it_applies_and_then_what_it_replaced(world: World, days: int, words: str) -> None:
    for_a_week(world)
    assert done(world, AT + days * DAY) == [words]


def test_what_replaced_nothing_ends_and_nothing_comes_after(world: World) -> None:
    decided(world, FOR_A_WEEK, until_on=LAST)
    assert done(world, AT + 6 * DAY) == [FOR_A_WEEK]
    assert done(world, AT + 7 * DAY) == []


def test_a_later_decision_in_its_place_stays(world: World) -> None:
    decided(world, MEANWHILE, for_a_week(world))
    assert done(world, AT) == done(world, AT + 30 * DAY) == [MEANWHILE]


def test_a_dispute_about_it_does_not_end_by_its_day(world: World) -> None:
    """Only people settle it; what was settled otherwise has no last day."""
    ref = for_a_week(world)
    dispute(world, ref)
    assert done(world, AT + 30 * DAY) == [MEANWHILE]
    settle_dispute(by=world["clinician"], at=AT, ref=ref, words="Called.", settled_as="meanwhile", from_now_on="")
    assert done(world, AT + 30 * DAY) == [MEANWHILE]


def test_settled_as_it_was_decided_it_ends_on_its_day(world: World) -> None:
    ref = for_a_week(world)
    dispute(world, ref)
    settle_dispute(by=world["clinician"], at=AT, ref=ref, words="Called.", settled_as="decided", from_now_on="")
    assert done(world, AT + 6 * DAY) == [FOR_A_WEEK]
    assert done(world, AT + 7 * DAY) == [BEFORE]


def test_once_it_has_ended_it_is_neither_settled_as_decided_nor_disputed(
    world: World, clock: time_machine.Traveller
) -> None:
    """The home would be told nothing, under “settled” and “she agrees”."""
    ref, other = for_a_week(world), decided(world, "No sugar.", until_on=LAST)
    dispute(world, ref)
    later = AT + 9 * DAY
    with pytest.raises(Invalid, match="do nothing of it"):
        settle_dispute(by=world["clinician"], at=later, ref=ref, words="Called.", settled_as="decided")
    ask = Ask.objects.get(decision__ref=other).ref
    with pytest.raises(Invalid, match="is done no more"):
        reply_to_decision(by=world["gp"], at=later, ref=ask, kind="do_not_adopt", words="No.", meanwhile="Some.")
    clock.move_to(later)
    page = sign_in(world["clinician"]).get(reverse("settlement", args=[ref])).content.decode()
    assert [value for value in SettledAs if f'value="{value}"' in page] == [
        value for value in SettledAs if value is not SettledAs.DECIDED
    ]


@pytest.mark.parametrize("withdrawn_first", [True, False])
def test_what_was_written_to_have_applied_before_is_said_where_nothing_else_is_left(
    world: World, withdrawn_first: bool
) -> None:
    """A decision that was withdrawn beneath one for some days leaves a gap after its last day."""
    base = decided(world, BEFORE)
    decided(world, FOR_A_WEEK, base, LAST)
    withdraw_decision(
        by=world["clinician"], at=AT if withdrawn_first else AT + 8 * DAY, ref=base, because="The wrong chart."
    )
    person = Resident.objects.get(ref=world.residents["margaret"]).pk
    said = {line.before for line in applies_now([person], at=AT + 9 * DAY)[person]}
    assert said == {"x"}
    assert done(world, AT + 6 * DAY) == [FOR_A_WEEK]


def test_nothing_is_said_of_before_where_what_it_replaced_applies_again(world: World) -> None:
    for_a_week(world)
    person = Resident.objects.get(ref=world.residents["margaret"]).pk
    assert {line.before for line in applies_now([person], at=AT + 9 * DAY)[person]} == {""}


PLACES = ("home_today", "worklist", "resident")


@pytest.mark.parametrize("place", PLACES)
def test_every_place_says_until_when_and_then_that_it_has_ended(
    world: World, clock: time_machine.Traveller, place: str
) -> None:
    for_a_week(world)
    args = [world.residents["margaret"] if place == "resident" else world.code("rose")]
    for who in ("carer", "nurse", "clinician"):
        if who == "carer" and place == "worklist":
            continue
        page = words_of(sign_in(world[who]).get(reverse(place, args=args)))
        assert "Until Sun 22 Nov 2026" in page, who
        assert BEFORE not in page.partition("Everything written down")[0].partition("Decisions, and")[0], who
    clock.shift(7 * DAY)
    for who in ("carer", "nurse", "clinician"):
        if who == "carer" and place == "worklist":
            continue
        page = words_of(sign_in(world[who]).get(reverse(place, args=args)))
        assert f"This was until Sun 22 Nov 2026 and has ended: “{FOR_A_WEEK}”" in page, who
        assert page.index(BEFORE) < page.index("This was until"), who
    if place == "resident":
        assert "Again since Mon 23 Nov 2026" in page


@pytest.mark.parametrize("is_seen", [False, True])
def test_fourteen_days_later_it_is_said_only_where_nobody_has_looked(
    world: World, clock: time_machine.Traveller, *, is_seen: bool
) -> None:
    """The reason to see her is there as long; and what applies again says since when for good."""
    for_a_week(world)
    clock.shift(8 * DAY)
    if is_seen:
        see(world, begin(world, at=AT + 8 * DAY), at=AT + 8 * DAY)
    clock.shift(80 * DAY)
    page = words_of(sign_in(world["carer"]).get(reverse("resident", args=[world.residents["margaret"]])))
    assert ("This was until" in page) is not is_seen
    assert bool(ends(world, AT + 88 * DAY)) is not is_seen
    assert BEFORE in page
    assert "Again since Mon 23 Nov 2026" in page


def test_a_reply_owed_about_it_says_that_it_has_ended(world: World, clock: time_machine.Traveller) -> None:
    ref = for_a_week(world)
    clock.shift(9 * DAY)
    assert f"{ENDED_SINCE} {FOR_A_WEEK.rstrip('.')}" in words_of(sign_in(world["lead"]).get(reverse("waiting")))
    gp = words_of(sign_in(world["gp"]).get(reverse("awaiting_reply")))
    assert "Does not apply any more: it was until Sun 22 Nov 2026" in gp
    assert "until Sun 22 Nov 2026" in words_of(sign_in(world["gp"]).get(reverse("decision", args=[ref])))


def ends(world: World, at: datetime) -> list[str]:
    """What the worklist says of her about a decision that ends."""
    found = worklist(see_worklist(viewer=world["nurse"], code=world.code("rose"), at=at))
    rows = [row for row in (*found.with_reason, *found.others) if row.ref == world.residents["margaret"]]
    return [reason.evidence for row in rows for reason in row.reasons if reason.code == "decision_ends"]


def test_it_is_a_reason_from_the_monday_of_its_last_week_until_she_is_seen(
    world: World, clock: time_machine.Traveller
) -> None:
    decided(world, FOR_A_WEEK, decided(world, BEFORE), LAST + 7 * DAY)
    assert ends(world, AT + 6 * DAY) == []
    assert ends(world, AT + 7 * DAY) == ["No water tablet: ends Sun 29 Nov 2026"]
    assert ends(world, AT + 14 * DAY) == ["No water tablet: ended Sun 29 Nov 2026"]
    clock.shift(2 * DAY)
    see(world, begin(world, at=AT + 2 * DAY), at=AT + 2 * DAY)
    assert ends(world, AT + 14 * DAY), "seen in the week before: the end is still to be looked at"
    clock.shift(12 * DAY)
    see(world, begin(world, at=AT + 14 * DAY), at=AT + 14 * DAY)
    assert ends(world, AT + 15 * DAY) == []


def test_what_is_replaced_in_dispute_or_taken_back_is_no_reason(world: World) -> None:
    ref = for_a_week(world)
    assert ends(world, AT + 7 * DAY)
    dispute(world, ref)
    assert ends(world, AT + 7 * DAY) == []
    settle_dispute(by=world["clinician"], at=AT, ref=ref, words="Called.", settled_as="decided", from_now_on="")
    assert ends(world, AT + 7 * DAY)
    decided(world, MEANWHILE, ref)
    assert ends(world, AT + 7 * DAY) == []


def test_the_last_day_does_not_come_before_the_first(world: World) -> None:
    with pytest.raises(Invalid, match="The last day cannot come before the first"):
        decided(world, FOR_A_WEEK, until_on=TODAY - DAY)
    assert not Decision.objects.exists()


def test_a_correction_is_asked_until_when_as_well(world: World, clock: time_machine.Traveller) -> None:
    """Its form has the day; without one it applies until it is changed."""
    ref = for_a_week(world)
    page = sign_in(world["clinician"]).get(reverse("correction", args=[ref]))
    assert 'name="until_on-day"' in page.content.decode()
    assert 'value="22"' in page.content.decode()
    right = Deciding("medicine", MEANWHILE, "Dry.", "", TODAY, until_on=None)
    correct_decision(by=world["clinician"], at=AT, ref=ref, because="Half.", decision=right)
    assert MEANWHILE in done(world, AT + 30 * DAY)


def test_the_form_of_a_review_keeps_the_last_day(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    address = f"/rounds/{held}/people/{world.residents['margaret']}"
    days = {f"until_on-{part}": value for part, value in (("day", "22"), ("month", "11"), ("year", "2026"))}
    began = {f"in_force_from_on-{part}": value for part, value in (("day", "16"), ("month", "11"), ("year", "2026"))}
    typed = {"how": "in_person", "outcome": "medicine_changed", "decided": FOR_A_WEEK, "because": "Dry.",
             "replaces": NEW, "before": "x"}  # fmt: skip
    refused = send(client, address, **typed, **began, **(days | {"until_on-day": "10"}))
    assert refused.status_code == 422
    assert "The last day cannot come before the first" in words_of(refused)
    assert send(client, address, **typed, **began, **days).status_code == 303
    assert Decision.objects.get().until_on == LAST
