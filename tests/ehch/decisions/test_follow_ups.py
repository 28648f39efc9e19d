"""What becomes of a follow-up: done, found undoable and left or asked again, passed on, not needed (REQ-46)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from homeround.accounts.actions import end_membership
from homeround.ehch.alignment.access import see_home
from homeround.ehch.decisions.actions import (
    Asking,
    ask_again,
    ask_follow_up,
    cannot_follow_up,
    complete_follow_up,
    drop_follow_up,
    leave_follow_up,
    pass_on_follow_up,
    reopen_follow_up,
)
from homeround.ehch.decisions.models import FollowUp
from homeround.ehch.decisions.queries import (
    Owed,
    asked_of,
    came_back_to,
    follow_up,
    owed_in,
    why_left,
)
from homeround.ehch.decisions.rules import follow_up_by
from homeround.ehch.decisions.words import FollowUpEnd
from homeround.ehch.residents.actions import record_departure
from homeround.ehch.rounds.queries import what_waits
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.calendar.bank_holidays import ENGLAND
from homeround.kernel.refusals import Invalid, NotAllowed
from tests.ehch.decisions.deciding import TODAY, Case, lives_in_ivy_lodge_now
from tests.world import AT, World

LATER = AT + timedelta(hours=1)


@pytest.fixture
def case(world: World, looks: Looks) -> Case:
    return Case(world)


@pytest.fixture
def asked(case: Case) -> str:
    asking = Asking("Weigh her", "home", TODAY)
    return ask_follow_up(by=case.world["clinician"], at=AT, ref=case.world.residents["margaret"], asking=asking)


def owed(ref: str) -> Owed:
    return follow_up(follow_up_id=FollowUp.objects.get(ref=ref).pk, at=LATER)


def test_ticked_by_mistake_it_is_open_again_by_its_own_day(case: Case, asked: str) -> None:
    complete_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="51 kg")
    with pytest.raises(NotAllowed):
        reopen_follow_up(by=case.world["coordinator"], at=AT, ref=asked, because="Wrong row.")
    with pytest.raises(Invalid, match="Say why it is open again"):
        reopen_follow_up(by=case.world["senior"], at=AT, ref=asked, because=" ")
    reopen_follow_up(by=case.world["senior"], at=AT, ref=asked, because="Wrong row.")
    assert (owed(asked).is_open, owed(asked).due_on, owed(asked).came_of_it) == (True, TODAY, "")
    with pytest.raises(Invalid, match="open already"):
        reopen_follow_up(by=case.world["nurse"], at=AT, ref=asked, because="Wrong row.")
    complete_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="61 kg")
    assert owed(asked).came_of_it == "61 kg"


def test_what_cannot_be_done_goes_back_to_whoever_asked(case: Case, asked: str) -> None:
    with pytest.raises(Invalid):
        cannot_follow_up(by=case.world["nurse"], at=AT, ref=asked, words=" ")
    cannot_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="No scales.")
    assert [follow_up.ref for follow_up in came_back_to(viewer=case.world["coordinator"], at=LATER)] == [asked]
    assert not came_back_to(viewer=case.world["nurse"], at=LATER)
    again = ask_again(by=case.world["lead"], at=AT, ref=asked, asking=Asking("Weigh her", "pcn", TODAY))
    assert not came_back_to(viewer=case.world["coordinator"], at=LATER)
    assert [follow_up.ref for follow_up in asked_of(viewer=case.world["coordinator"], at=LATER)] == [again]
    with pytest.raises(Invalid, match="gone on with this already"):
        leave_follow_up(by=case.world["clinician"], at=AT, ref=asked, words="She gains.")
    with pytest.raises(Invalid, match="Ask for it anew"):
        reopen_follow_up(by=case.world["nurse"], at=AT, ref=asked, because="Scales are back.")


def test_what_could_not_be_done_may_be_left_by_those_who_asked(case: Case, asked: str) -> None:
    cannot_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="No scales.")
    with pytest.raises(NotAllowed):
        leave_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="She gains.")
    with pytest.raises(Invalid, match="Say why"):
        leave_follow_up(by=case.world["clinician"], at=AT, ref=asked, words=" ")
    leave_follow_up(by=case.world["clinician"], at=AT, ref=asked, words="She gains.")
    assert not came_back_to(viewer=case.world["coordinator"], at=LATER)
    found = owed(asked)
    assert found.ended_how is FollowUpEnd.CANNOT
    left = why_left(found)
    assert left is not None
    assert (left.words, left.by.name, left.is_open) == ("She gains.", case.world["clinician"].name, True)


def test_what_was_left_may_be_asked_again_once(case: Case, asked: str) -> None:
    cannot_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="No scales.")
    leave_follow_up(by=case.world["clinician"], at=AT, ref=asked, words="She gains.")
    again = Asking("Weigh her", "home", TODAY)
    assert owed(ask_again(by=case.world["coordinator"], at=LATER, ref=asked, asking=again)).is_open
    left = why_left(owed(asked))
    assert left is not None
    assert not left.is_open
    with pytest.raises(Invalid, match="gone on with this already"):
        ask_again(by=case.world["coordinator"], at=LATER, ref=asked, asking=again)


def test_passed_on_to_a_named_colleague_it_stays_due_on_its_day(case: Case, asked: str) -> None:
    senior = str(case.world["senior"].membership_id)
    passed = pass_on_follow_up(by=case.world["nurse"], at=AT, ref=asked, to=senior, words="Off duty.")
    assert owed(passed).owner == "Saul Senior, Rose House"
    assert (owed(passed).due_on, owed(passed).passed_from, owed(asked).passed_to) == (TODAY, asked, passed)
    assert [follow_up.ref for follow_up in asked_of(viewer=case.world["nurse"], at=LATER)] == [passed]


def test_passed_on_it_is_as_old_as_it_was_and_names_who_does_it(case: Case, asked: str) -> None:
    """By name as long as they act there; then it is the role's again, and no list names who has left (REQ-46)."""

    def waits(at: datetime) -> tuple[datetime, str]:
        mine = what_waits(viewer=case.world["nurse"], at=at).mine
        [wait] = [row.wait for row in mine if row.wait.kind == "follow_up"]
        return wait.since, wait.whom

    senior = case.world["senior"].membership_id
    later = AT + timedelta(days=3)
    passed = pass_on_follow_up(by=case.world["nurse"], at=later, ref=asked, to=str(senior), words="Off duty.")
    assert waits(later) == (AT, "Saul Senior, Rose House")
    end_membership(by=case.world["manager"], at=later, membership_id=senior, how="left")
    gone = later + timedelta(minutes=1)
    assert waits(gone) == (AT, "Rose House")
    found = follow_up(follow_up_id=FollowUp.objects.get(ref=passed).pk, at=gone)
    assert found.owner == "senior carer, Rose House"


def test_what_could_not_be_done_is_on_the_list_of_the_home_until_whoever_asked_goes_on(case: Case, asked: str) -> None:
    cannot_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="No scales.")
    [found] = owed_in(see_home(viewer=case.world["nurse"], code=case.world.code("rose"), at=LATER))
    assert (found.ref, found.came_back, found.is_open) == (asked, True, False)
    leave_follow_up(by=case.world["coordinator"], at=AT, ref=asked, words="She gains.")
    assert not owed_in(see_home(viewer=case.world["nurse"], code=case.world.code("rose"), at=LATER))


def test_what_could_not_be_done_goes_with_the_person_to_the_list_of_their_home(case: Case) -> None:
    """As what is open does, and off the list of the home they left."""
    person = case.world.residents["margaret"]
    asked = ask_follow_up(by=case.world["clinician"], at=AT, ref=person, asking=Asking("Weigh her", "home", TODAY))
    lives_in_ivy_lodge_now(case.world, person, AT)
    cannot_follow_up(by=case.world["ivy_nurse"], at=LATER, ref=asked, words="No scales.")
    assert listed(case, "ivy_nurse", "ivy") == [asked]
    assert listed(case, "nurse", "rose") == []


def test_however_often_it_is_passed_on_whoever_asked_first_is_the_one_who_asked(case: Case, asked: str) -> None:
    first, ref = owed(asked), asked
    for number, (who, to) in enumerate((("nurse", "senior"), ("senior", "manager")), start=1):
        at = AT + timedelta(minutes=number)
        to_whom = str(case.world[to].membership_id)
        ref = pass_on_follow_up(by=case.world[who], at=at, ref=ref, to=to_whom, words="Off duty.")
        found = owed(ref)
        assert (found.asked_by, found.asked_at, found.asked_by_body) == (
            first.asked_by, first.asked_at, first.asked_by_body,
        )  # fmt: skip
        assert found.passed_on_by is not None
        assert found.passed_on_by.name == case.world[who].name
        acts: tuple[Any, ...] = (drop_follow_up, ask_again, leave_follow_up)
        for action in acts:
            extra: dict[Any, dict[str, Any]] = {
                drop_follow_up: {"words": "x"},
                ask_again: {"asking": Asking("Weigh her", "home", TODAY)},
                leave_follow_up: {"words": "x"},
            }
            with pytest.raises(NotAllowed):
                action(by=case.world[who], at=at, ref=ref, **extra.get(action, {}))
    cannot_follow_up(by=case.world["manager"], at=LATER, ref=ref, words="Nobody has charts here.")
    assert [follow_up.ref for follow_up in came_back_to(viewer=case.world["clinician"], at=LATER)] == [ref]
    assert not came_back_to(viewer=case.world["nurse"], at=LATER)
    leave_follow_up(by=case.world["clinician"], at=LATER, ref=ref, words="She gains.")


@pytest.mark.parametrize("to", ["", "x", "²", "99999999999999999999", "home", "carer", "nurse", "clinician"])
def test_it_is_passed_on_to_colleagues_who_do_follow_ups_only(case: Case, asked: str, to: str) -> None:
    chosen = str(case.world[to].membership_id) if to in {"carer", "nurse", "clinician"} else to
    with pytest.raises(Invalid):
        pass_on_follow_up(by=case.world["nurse"], at=AT, ref=asked, to=chosen, words="Off duty.")


def test_what_is_not_needed_any_more_is_dropped_by_those_who_asked(case: Case, asked: str) -> None:
    with pytest.raises(NotAllowed):
        drop_follow_up(by=case.world["nurse"], at=AT, ref=asked, words="She gains.")
    drop_follow_up(by=case.world["coordinator"], at=AT, ref=asked, words="She gains.")
    assert owed(asked).ended_how is FollowUpEnd.NOT_NEEDED


@pytest.mark.parametrize(("kind", "is_open"), [("died", False), ("left", False), ("moved_home", True)])
def test_a_departure_closes_follow_ups_as_the_table_says(case: Case, asked: str, kind: str, is_open: bool) -> None:
    record_departure(by=case.world["nurse"], at=LATER, ref=case.world.residents["margaret"], kind=kind, left_on=TODAY)
    assert owed(asked).is_open is is_open
    assert bool(FollowUp.objects.open().filter(ref=asked)) is is_open
    assert bool(FollowUp.objects.late(TODAY + timedelta(days=1)).filter(ref=asked)) is is_open


def listed(case: Case, who: str, home: str) -> list[str]:
    """What the home's own list says is still to be done."""
    return [one.ref for one in owed_in(see_home(viewer=case.world[who], code=case.world.code(home), at=LATER))]


def test_what_was_asked_of_a_home_is_asked_of_the_home_where_the_person_lives_now(case: Case, asked: str) -> None:
    lives_in_ivy_lodge_now(case.world, case.world.residents["margaret"], AT)
    assert (owed(asked).owner, owed(asked).owner_id) == ("Ivy Lodge", case.world.bodies["ivy"].pk)
    assert (listed(case, "ivy_nurse", "ivy"), listed(case, "nurse", "rose")) == ([asked], [])
    with pytest.raises(NotAllowed, match="another home now"):
        complete_follow_up(by=case.world["nurse"], at=LATER, ref=asked)
    cannot_follow_up(by=case.world["ivy_nurse"], at=LATER, ref=asked, words="No scales here.")
    assert [one.ref for one in came_back_to(viewer=case.world["tor_clinician"], at=LATER)] == [asked]
    assert not came_back_to(viewer=case.world["clinician"], at=LATER), "its PCN goes on with it"
    with pytest.raises(NotAllowed):
        leave_follow_up(by=case.world["clinician"], at=LATER, ref=asked, words="She gains.")
    again = ask_again(by=case.world["tor_clinician"], at=LATER, ref=asked, asking=Asking("Weigh her", "home", TODAY))
    assert listed(case, "ivy_nurse", "ivy") == [again]


def test_while_nobody_else_has_them_whoever_had_them_finishes_it(case: Case, asked: str) -> None:
    """It stands on their list as long as it is theirs to do."""
    person = case.world.residents["margaret"]
    record_departure(by=case.world["nurse"], at=AT, ref=person, kind="moved_home", left_on=TODAY)
    assert listed(case, "nurse", "rose") == [asked]
    cannot_follow_up(by=case.world["nurse"], at=LATER, ref=asked, words="She lives elsewhere.")
    with pytest.raises(NotAllowed):
        ask_again(by=case.world["clinician"], at=LATER, ref=asked, asking=Asking("Weigh her", "home", TODAY))
    leave_follow_up(by=case.world["clinician"], at=LATER, ref=asked, words="Told the new home by phone.")


def test_what_a_pcn_was_asked_goes_on_with_the_pcn_of_the_home_where_they_live_now(case: Case) -> None:
    person = case.world.residents["margaret"]
    ref = ask_follow_up(by=case.world["clinician"], at=AT, ref=person, asking=Asking("Send the diary", "pcn", TODAY))
    lives_in_ivy_lodge_now(case.world, person, AT)
    assert [one.ref for one in asked_of(viewer=case.world["tor_coordinator"], at=LATER)] == [ref]
    assert not asked_of(viewer=case.world["coordinator"], at=LATER)
    passed = pass_on_follow_up(by=case.world["tor_coordinator"], at=LATER, ref=ref, to="home", words="They can.")
    assert listed(case, "ivy_nurse", "ivy") == [passed]
    complete_follow_up(by=case.world["ivy_nurse"], at=LATER, ref=passed)


@pytest.mark.parametrize(
    ("words", "owner", "due_on", "field"),
    [
        (" ", "home", TODAY, "follow_up"),
        ("Weigh her", "home", None, "due_on"),
        ("Weigh her", "home", TODAY - timedelta(days=1), "due_on"),
        ("Weigh her", "anybody", TODAY, "owner"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    case: Case, words: str, owner: str, due_on: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ask_follow_up(
            by=case.world["clinician"], at=AT, ref=case.world.residents["margaret"], asking=Asking(words, owner, due_on)
        )
    assert set(refused.value.problems) == {field}


def test_five_working_days_are_offered() -> None:
    assert follow_up_by(TODAY, ENGLAND) == TODAY + timedelta(days=7)
