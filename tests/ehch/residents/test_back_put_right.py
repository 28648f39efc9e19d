"""A return from hospital put right or taken back: what the hospital said and what was done since is lost to nobody.

REQ-67; H1, H8, H32.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from homeround.ehch.care_plans.actions import mark_done, mark_not_done
from homeround.ehch.care_plans.queries import clocks_of, signs
from homeround.ehch.residents.access import see_resident
from homeround.ehch.residents.actions import (
    correct_return,
    go_to_hospital,
    note_hospital_news,
    return_from_hospital,
    withdraw_hospital,
    withdraw_hospital_news,
    withdraw_return,
)
from homeround.ehch.residents.models import Arrival, HospitalReturn
from homeround.ehch.residents.queries import banner_of, last_return, news_of, said_on_return
from homeround.ehch.rounds.queries import record_of, what_waits
from homeround.kernel.refusals import Invalid
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("looks")

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
SAID = "UTI, antibiotics with her: nitrofurantoin. STOPPED warfarin."
WENT, BACK, NOW = 0, 3, 5
"""In days from today: the day she went, the day she was said to be back, the day that is put right."""


def acts(world: World, days: int, **more: Any) -> dict[str, Any]:
    return {"by": world["nurse"], "at": AT + days * DAY, "ref": world.residents["winifred"]} | more


def back(world: World, days: int = BACK, on: int | None = None, how: str = "admitted", words: str = SAID) -> None:
    return_from_hospital(**acts(world, days, back_on=TODAY + (days if on is None else on) * DAY, how=how, words=words))


def put_right(world: World, on: int = BACK, how: str = "admitted", words: str = SAID, days: int = NOW) -> None:
    correct_return(**acts(world, days, back_on=TODAY + on * DAY, how=how, words=words, because="Typed wrongly."))


def assessed(world: World, days: int = BACK + 1) -> None:
    mark_done(
        **acts(world, days, obligation="assessment", done_on=TODAY + days * DAY, document="the office"),
        took_part="Nell Nurse",
        person_took_part="yes",
    )


def of_the_return(world: World, days: int = NOW) -> dict[str, tuple[date, bool]]:
    """What is due since she came back: by when, and whether it is done."""
    return {
        clock.obligation: (clock.arrived_on, clock.done is not None)
        for clock in clocks_of(see(world, days))
        if clock.arrival == "back from hospital"
    }


def see(world: World, days: int = NOW) -> Any:
    return see_resident(viewer=world["nurse"], ref=world.residents["winifred"], at=AT + days * DAY)


def lines(world: World, kind: str, days: int = NOW) -> list[str]:
    return [entry.words for entry in record_of(see(world, days)).of(kind)]


@pytest.fixture(autouse=True)
def _went(world: World) -> None:
    go_to_hospital(**acts(world, 0, went_on=TODAY, hospital="Royal Infirmary"))


@pytest.mark.parametrize(
    ("on", "how", "due_since"),
    [
        (BACK, "admitted", BACK),
        (BACK - 1, "admitted", BACK - 1),
        (BACK + 1, "admitted", BACK + 1),
        (NOW, "admitted", NOW),
        (BACK, "not_admitted", None),
    ],
)
def test_what_was_done_since_they_came_back_stays_done(world: World, on: int, how: str, due_since: int | None) -> None:
    back(world)
    assessed(world)
    put_right(world, on, how, "Letter only.")
    found = of_the_return(world)
    if due_since is None:
        assert not found
        put_right(world, on, "admitted", days=NOW + 1)
        found, due_since = of_the_return(world, NOW + 1), BACK
    day = TODAY + due_since * DAY
    assert found == {"assessment": (day, True), "plan": (day, False)}
    assert lines(world, "obligation_done") == ["the office"]


@pytest.mark.parametrize(
    ("words", "kept"), [(SAID, []), ("UTI only.", [SAID]), ("", [SAID])], ids=["the same", "other", "none"]
)
def test_what_was_said_before_stays_readable_where_it_stands_nowhere_else(
    world: World, words: str, kept: list[str]
) -> None:
    back(world)
    put_right(world, BACK - 1, words=words)
    assert lines(world, "hospital_back") == [words]
    assert lines(world, "hospital_words_taken_back") == kept
    assert lines(world, "correction") == ["Typed wrongly."], "one act is one line"
    now = last_return(see(world))
    assert now is not None
    assert (now.back_on, now.how, now.words) == (TODAY + (BACK - 1) * DAY, "admitted", words)
    assert banner_of(see(world)).away is None


def test_words_put_right_do_not_make_them_come_back_again(world: World) -> None:
    """What was decided, or seen, between the return and its putting right is not from before the stay."""
    back(world)
    happened_at = HospitalReturn.objects.get().happened_at
    put_right(world, words="UTI only.", days=BACK)
    assert HospitalReturn.objects.get().happened_at == happened_at


def test_taken_back_the_words_stand_as_taken_back_and_are_offered_to_the_next(world: World) -> None:
    back(world)
    assert said_on_return(see(world)) == ""
    withdraw_return(**acts(world, NOW, because="Only seen there."))
    assert lines(world, "hospital_back") == []
    assert lines(world, "hospital_words_taken_back") == [SAID]
    assert said_on_return(see(world)) == SAID
    back(world, NOW + 1)
    assert lines(world, "hospital_words_taken_back", NOW + 1) == [], "it stands where it belongs again"
    assert lines(world, "hospital_back", NOW + 1) == [SAID]


@pytest.mark.parametrize(("on", "is_done"), [(BACK - 1, True), (BACK, True), (BACK + 1, True), (NOW, False)])
def test_taken_back_and_written_anew_it_is_the_same_return_only_before_it_was_taken_back(
    world: World, on: int, is_done: bool
) -> None:
    back(world)
    assessed(world)
    withdraw_return(**acts(world, NOW, because="Another day."))
    back(world, NOW, on=on)
    assert of_the_return(world)["assessment"] == (TODAY + on * DAY, is_done)


def test_two_returns_of_one_day_are_one_clock_until_both_are_taken_back(world: World) -> None:
    back(world, 0)
    go_to_hospital(**acts(world, 0, went_on=TODAY))
    back(world, 0)
    withdraw_return(**acts(world, 0, because="Once only."))
    standing = Arrival.objects.filter(stay=see(world, 0).stay_id, kind="back_from_hospital")
    assert [arrival.arrived_on for arrival in standing] == [TODAY]
    withdraw_hospital(**acts(world, 0, because="Once only."))
    withdraw_return(**acts(world, 0, because="Not even that."))
    assert not standing.all().exists()


def test_what_the_hospital_said_is_taken_back_one_by_one(world: World) -> None:
    for days, words in ((1, "Stable."), (2, "Eats again.")):
        note_hospital_news(**acts(world, days, words=words))
    [newest, first] = news_of(see(world))
    withdraw_hospital_news(**acts(world, NOW, news=first.key, because="Of yesterday."))
    assert [one.words for one in news_of(see(world))] == ["Eats again."]
    assert lines(world, "hospital_news") == ["Eats again."]
    assert lines(world, "hospital_words_taken_back") == ["Stable."]
    assert lines(world, "correction") == ["Of yesterday."]
    back(world, NOW)
    withdraw_hospital_news(**acts(world, NOW, news=newest.key, because="Also when they are back."))
    assert news_of(see(world)) == []


def test_without_what_was_said_the_home_has_not_asked(world: World) -> None:
    note_hospital_news(**acts(world, 6, words="Stable."))
    waiting = {row.wait.kind for row in what_waits(viewer=world["coordinator"], at=AT + 8 * DAY).mine}
    assert "in_hospital" not in waiting
    withdraw_hospital_news(**acts(world, 7, news=news_of(see(world))[0].key, because="Not called."))
    waiting = {row.wait.kind for row in what_waits(viewer=world["coordinator"], at=AT + 8 * DAY).mine}
    assert "in_hospital" in waiting


@pytest.mark.parametrize("of_somebody_else", [True, False])
@pytest.mark.parametrize("what", ["return", "hospital", "news"])
def test_what_was_said_of_somebody_else_is_shown_nowhere(world: World, what: str, of_somebody_else: bool) -> None:
    """H1: words about another person stay nowhere; that something was taken back is said."""
    more = {"because": "Of her neighbour.", "of_somebody_else": of_somebody_else}
    if what == "return":
        back(world)
        withdraw_return(**acts(world, NOW, **more))
    else:
        note_hospital_news(**acts(world, 1, words=SAID))
        if what == "hospital":
            withdraw_hospital(**acts(world, NOW, **more))
        else:
            withdraw_hospital_news(**acts(world, NOW, news=news_of(see(world))[0].key, **more))
    assert lines(world, "hospital_words_taken_back") == ([] if of_somebody_else else [SAID])
    assert said_on_return(see(world)) == (SAID if what == "return" and not of_somebody_else else "")
    assert lines(world, "correction") == ["Of her neighbour."]


@pytest.mark.parametrize("of_somebody_else", [True, False])
@pytest.mark.parametrize("is_hospital", [True, False])
def test_what_was_put_right_before_goes_with_it(world: World, is_hospital: bool, of_somebody_else: bool) -> None:
    more = {"because": "Of her neighbour.", "of_somebody_else": of_somebody_else}
    back(world)
    put_right(world, words="UTI only.")
    withdraw_return(**acts(world, NOW, **more if not is_hospital else {"because": "Not back."}))
    if is_hospital:
        withdraw_hospital(**acts(world, NOW + 1, **more))
    assert set(lines(world, "hospital_words_taken_back", NOW + 1)) == (
        set() if of_somebody_else else {SAID, "UTI only."}
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"back_on": TODAY - DAY}, "back_on"),
        ({"back_on": TODAY + 9 * DAY}, "back_on"),
        ({"how": "perhaps"}, "how"),
        ({"words": "x" * 501}, "words"),
        ({"because": "", "words": "Other."}, "because"),
        ({}, "back_on"),
    ],
)
def test_putting_right_is_refused_at_its_field(world: World, more: dict[str, Any], field: str) -> None:
    back(world)
    same = {"back_on": TODAY + BACK * DAY, "how": "admitted", "words": SAID, "because": "x"}
    with pytest.raises(Invalid) as refusal:
        correct_return(**acts(world, NOW, **same | more))
    assert set(refusal.value.problems) == {field}
    assert lines(world, "hospital_back") == [SAID]


@pytest.mark.parametrize("days", [0, NOW])
def test_nothing_is_put_right_of_who_is_still_there_or_there_again(world: World, days: int) -> None:
    if days:
        back(world)
        go_to_hospital(**acts(world, 4, went_on=TODAY + 4 * DAY))
    for act in (put_right, lambda world: withdraw_return(**acts(world, NOW, because="x"))):
        with pytest.raises(Invalid, match="not back"):
            act(world)


@pytest.mark.parametrize("news", ["", "0", "nothing", "9" * 40])
def test_news_that_is_not_there_is_not_taken_back(world: World, news: str) -> None:
    note_hospital_news(**acts(world, 1, words="Stable."))
    with pytest.raises(Invalid) as refusal:
        withdraw_hospital_news(**acts(world, NOW, news=news, because="x"))
    assert set(refusal.value.problems) == {"news"}


def test_what_was_done_since_a_return_that_is_put_right_can_be_taken_back(world: World) -> None:
    back(world)
    assessed(world)
    put_right(world, on=BACK - 1)
    assert of_the_return(world)["assessment"][1]
    mark_not_done(**acts(world, NOW, obligation="assessment", because="It was hers of last year."))
    assert not of_the_return(world)["assessment"][1]


def test_done_since_a_return_that_was_taken_back_says_of_nobody_that_they_were_seen_to(world: World) -> None:
    def recorded() -> list[str]:
        first, *_ = signs(homes=[world.bodies["rose"].pk], at=AT + NOW * DAY)
        return [row[1] for row in first if row[0] == seen.resident_id]

    seen = see(world)
    back(world)
    before = recorded()
    assessed(world)
    assert len(recorded()) == len(before) + 1
    withdraw_return(**acts(world, NOW, because="She is still there."))
    assert recorded() == before
