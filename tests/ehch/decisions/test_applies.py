"""What applies now about a person is one reading, whatever happened to what was decided. REQ-19, H27."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from homeround.ehch.alignment.access import see_home
from homeround.ehch.decisions.actions import Deciding, answer_query, decide, withdraw_decision
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.queries import applies_in, applies_now, unsettled
from homeround.ehch.decisions.rules import STOPPED_SHOWN, Source
from homeround.ehch.decisions.rules.applies import AppliesFacts, what_applies
from homeround.ehch.decisions.words import AskState, SettledAs
from homeround.kernel.audit.noticed import Looks
from homeround.kernel.refusals import Invalid
from tests.ehch.decisions.deciding import TODAY, Case
from tests.statements import statements
from tests.world import AT, World


@pytest.fixture
def case(world: World) -> Case:
    return Case(world)


def test_nothing_was_decided(case: Case) -> None:
    assert case.applying() == []


def test_what_was_decided_applies_since_its_day_by_its_decider(case: Case) -> None:
    ref = case.decide("Turn 3-hourly")
    [line] = case.applying()
    assert (line.does, line.source, line.since_on, line.decision_ref) == ("Turn 3-hourly", Source.DECIDED, TODAY, ref)
    assert line.by.shown == "Priya Shah, clinician of the round, Exe PCN"
    assert (line.state, line.is_coming, line.is_in_dispute, line.not_this) == (AskState.AWAITED, False, False, "")


def test_what_changes_nothing_is_no_line(case: Case) -> None:
    decision = Deciding("other", "Watch and wait")
    decide(by=case.world["clinician"], at=AT, ref=case.world.residents["margaret"], decision=decision)
    assert case.does() == []


def test_a_later_decision_takes_the_place_of_what_it_replaces_and_of_nothing_else(case: Case) -> None:
    case.decide("Turn 3-hourly")
    case.decide("Walk daily")
    case.decide("Turn 2-hourly", replaces="Turn 3-hourly")
    assert set(case.does()) == {"Turn 2-hourly", "Walk daily"}
    case.decide("Turn hourly", replaces="Turn 2-hourly")
    assert set(case.does()) == {"Turn hourly", "Walk daily"}


def test_what_starts_later_is_coming_and_what_applies_goes_on_until_then(case: Case) -> None:
    monday = date(2026, 11, 23)
    case.decide("Turn 3-hourly")
    case.decide("Turn 2-hourly", replaces="Turn 3-hourly", from_on=monday)
    assert case.does() == ["Turn 3-hourly", "Turn 2-hourly"]
    assert [line.is_coming for line in case.applying()] == [False, True]
    assert case.does(monday) == ["Turn 2-hourly"]


def test_a_decision_of_today_replaces_one_that_was_to_come(case: Case) -> None:
    monday = date(2026, 11, 23)
    case.decide("Turn 2-hourly", from_on=monday)
    case.decide("Turn hourly", replaces="Turn 2-hourly")
    assert case.does() == case.does(monday) == ["Turn hourly"]


@pytest.mark.parametrize("kind", ["read", "query"])
def test_a_reply_changes_nothing_of_what_applies(case: Case, kind: str) -> None:
    case.decide("Turn 3-hourly")
    case.reply("Turn 3-hourly", kind, words="Why?" if kind == "query" else "")
    [line] = case.applying()
    assert line.does == "Turn 3-hourly"
    assert line.state is {"read": AskState.READ, "query": AskState.QUERIED}[kind]


def test_in_dispute_the_interim_instruction_applies_and_stands_first(case: Case) -> None:
    case.decide("Water tablet once")
    case.decide("Walk daily")
    case.dispute("Water tablet once", "Both doses as before")
    first, _ = case.applying()
    assert (first.does, first.source, first.not_this) == (
        "Both doses as before", Source.MEANWHILE, "Water tablet once",
    )  # fmt: skip
    assert first.by.name == "Grace Poole"
    assert first.decided_by.name == "Priya Shah"


def test_in_dispute_before_its_day_the_interim_instruction_is_all_that_applies(case: Case) -> None:
    case.decide("Both doses")
    case.decide("Water tablet once", replaces="Both doses", from_on=date(2026, 11, 23))
    case.dispute("Water tablet once", "Both doses as before")
    assert case.does() == ["Both doses as before"]


@pytest.mark.parametrize(
    ("settled_as", "words", "does"),
    [
        ("decided", "", ["Water tablet once"]),
        ("meanwhile", "", ["Both doses as before"]),
        ("otherwise", "One and a half", ["One and a half"]),
        ("stopped", "", ["Stop: Both doses as before"]),
    ],
)
def test_settled_what_was_settled_applies_never_the_disputed_order(
    case: Case, settled_as: str, words: str, does: list[str]
) -> None:
    case.decide("Water tablet once")
    case.dispute("Water tablet once", "Both doses as before")
    case.settle("Water tablet once", settled_as, words)
    assert case.does() == does
    [line] = case.applying()
    assert line.state is AskState.SETTLED
    assert line.by.name == "Priya Shah"
    assert not line.not_this
    if settled_as == "stopped":
        assert line.is_stopped
        assert case.does(TODAY + STOPPED_SHOWN) == does
        assert case.does(TODAY + STOPPED_SHOWN + timedelta(days=1)) == []


@pytest.mark.parametrize("how", [Source.WITHDRAWN, Source.CORRECTED, Source.WRONG_PERSON])
@pytest.mark.parametrize("settled_as", ["", *(value.value for value in SettledAs)])
def test_what_was_taken_back_never_says_not_to_stop(how: Source, settled_as: str) -> None:
    """Table: how it was taken back x how a dispute had been settled. "Do not do this: stop" reads as "go on"."""
    words = what_applies(
        AppliesFacts(
            decided="Oramorph 2.5 mg at night.", in_force_from_on=AT.date(), stops=False,
            meanwhile="Paracetamol only.", settled_as=settled_as, from_now_on="Patches.",
            settled_on=AT.date() if settled_as else None, ended_as=how, ended_on=AT.date(),
        ),
        AT.date(),
    )  # fmt: skip
    assert words is not None
    assert "Stop:" not in words.does
    if settled_as in {"", SettledAs.DECIDED, SettledAs.STOPPED}:
        assert "“Oramorph 2.5 mg at night.”" in words.does


def test_a_stop_that_is_taken_back_names_what_stopped(case: Case) -> None:
    case.decide("Night sedative")
    case.decide("Hot milk at night", replaces="Night sedative", stops=True)
    withdraw_decision(by=case.world["clinician"], at=AT, ref=case.made["Hot milk at night"], because="Misheard.")
    taken_back, again = case.applying()
    assert taken_back.does.startswith("That “Night sedative")
    assert "stops was taken back." in taken_back.does
    assert again.does.startswith("Night sedative")


def test_what_stops_is_shown_as_stopped_for_a_while(case: Case) -> None:
    case.decide("Night sedative")
    case.decide("Hot milk at night", replaces="Night sedative", stops=True)
    [line] = case.applying()
    assert line.is_stopped
    assert line.does.startswith("“Night sedative"), "beside “stopped” stands what stops, never what is done instead"
    assert "Decided: “Hot milk at night”" in line.does
    assert case.does(TODAY + STOPPED_SHOWN + timedelta(days=1)) == []


def test_a_decision_cannot_replace_what_does_not_apply_or_is_in_dispute(case: Case) -> None:
    case.decide("Turn 3-hourly")
    case.decide("Turn 2-hourly", replaces="Turn 3-hourly")
    with pytest.raises(Invalid) as refusal:
        case.decide("Turn hourly", replaces="Turn 3-hourly")
    assert set(refusal.value.problems) == {"replaces"}
    case.dispute("Turn 2-hourly", "Turn 4-hourly")
    with pytest.raises(Invalid, match="Settle the dispute first"):
        case.decide("Turn hourly", replaces="Turn 2-hourly")
    with pytest.raises(Invalid):
        case.decide("Turn hourly", replaces="0000000000000000")


def test_what_a_new_decision_replaces_is_what_applied_before(case: Case) -> None:
    case.decide("Turn 3-hourly")
    decision = Deciding("plan", "Turn 2-hourly", "Red heel.", "", TODAY, replaces=case.made["Turn 3-hourly"])
    ref = decide(by=case.world["clinician"], at=AT, ref=case.world.residents["margaret"], decision=decision)
    assert Decision.objects.get(ref=ref).before == "Turn 3-hourly"


def test_a_question_rests_the_clock_of_the_practice_and_its_answer_starts_it_again(case: Case) -> None:
    case.decide("Turn 3-hourly")
    case.reply("Turn 3-hourly", "query", words="Which side?")
    weeks_later = TODAY + timedelta(days=21)
    [line] = case.applying(weeks_later)
    assert line.state is AskState.QUERIED
    case.at = AT + timedelta(days=21)
    answer_query(
        by=case.world["clinician"], at=case.at, words="Both.",
        ref=Ask.objects.get(decision__ref=case.made["Turn 3-hourly"]).ref,
    )  # fmt: skip
    [line] = case.applying(weeks_later)
    assert (line.state, line.answer_by_on) == (AskState.AWAITED, date(2026, 12, 14))
    [line] = case.applying(date(2026, 12, 15))
    assert line.state is AskState.LATE


def test_whoever_has_an_open_question_or_dispute_is_unsettled(case: Case) -> None:
    assert unsettled([case.person], at=AT) == frozenset()
    case.decide("Turn 3-hourly")
    assert unsettled([case.person], at=AT) == frozenset()
    case.reply("Turn 3-hourly", "query", words="Which side?")
    assert unsettled([case.person], at=AT) == {case.person}


def test_a_whole_home_is_one_statement_and_the_same_words(case: Case, looks: Looks) -> None:
    case.decide("Turn 3-hourly")
    home = see_home(viewer=case.world["nurse"], code=case.world.code("rose"), at=AT)
    applies_in(home)
    with statements() as asked:
        found = applies_in(home)
    assert len(asked) == 1
    assert found == {case.person: tuple(case.applying())}
    person = case.person
    with statements() as asked:
        applies_now([person, person + 1], at=AT)
    assert len(asked) == 1


def test_as_of_an_earlier_day_it_is_as_it_was(case: Case) -> None:
    """A former home sees what applied when they left, and nothing that came after."""
    case.decide("Turn 3-hourly")
    case.at = AT + timedelta(days=2)
    case.decide("Turn 2-hourly", replaces="Turn 3-hourly", from_on=date(2026, 11, 18))
    case.dispute("Turn 2-hourly", "Turn 4-hourly")
    assert case.does() == ["Turn 3-hourly"]
    assert case.does(date(2026, 11, 18)) == ["Turn 4-hourly"]
