"""The review of one person: the three things, two editors, somebody who types for a clinician."""

from __future__ import annotations

from datetime import date

import pytest

from homeround.ehch.decisions.actions import reply_to_decision
from homeround.ehch.decisions.models import Ask, Decision, FollowUp
from homeround.ehch.deterioration.actions import answer_concern, raise_concern
from homeround.ehch.deterioration.models import Concern, ConcernAnswer
from homeround.ehch.rounds import models
from homeround.ehch.rounds.models import Review
from homeround.ehch.rounds.words import Outcome, RoundMode, Seen
from homeround.kernel.models import Look
from homeround.web.presenters import rounds as words
from tests.web.round_of_rose import DRINKS, WORRY, begin, change_plan, typed_review, worry
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, words_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")


def of(world: World, held: str, who: str = "margaret") -> str:
    return f"/rounds/{held}/people/{world.residents[who]}"


def test_the_page_offers_what_is_kept() -> None:
    assert {option.value for option in words.OUTCOMES} == set(Outcome)
    assert {option.value for option in words.WAYS} == set(Seen)
    assert {option.value for option in words.MODES} == set(RoundMode)


def test_a_full_review_does_its_three_things_and_answers_the_concern(world: World) -> None:
    concern = worry(world)
    held, client = begin(world), sign_in(world["clinician"])
    page = client.get(of(world, held))
    assert WORRY in words_of(page)
    assert f'value="{concern}" checked' in text_of(page)
    answer = send(client, of(world, held), **typed_review(answers=[concern]))
    assert answer.url == f"/rounds/{held}?saved=yes"
    decision = Decision.objects.get()
    assert (decision.kind, decision.decided, decision.before) == ("plan", DRINKS, "Drinks at meals.")
    assert Ask.objects.filter(decision=decision).exists()
    assert FollowUp.objects.get().words == "Weigh her"
    assert Concern.objects.get().ended_at is not None


def test_a_concern_that_somebody_answered_meanwhile_holds_nothing_up(world: World) -> None:
    concern = worry(world)
    held, client = begin(world), sign_in(world["clinician"])
    sent = hidden_in(client.get(of(world, held)), of(world, held)) | typed_review(answers=[concern])
    answer_concern(by=world["coordinator"], at=AT, ref=concern, words="Rang: she is eating again.")
    assert client.post(of(world, held), sent).status_code == 303


def test_a_coordinator_answers_the_concern_for_the_clinician(world: World) -> None:
    concern = worry(world)
    held, client = begin(world), sign_in(world["coordinator"])
    priya = world["clinician"].membership_id
    send(client, of(world, held), **typed_review(for_whom=str(priya), answers=[concern]))
    assert ConcernAnswer.objects.get().for_whom_id == priya


def test_a_concern_that_is_unticked_stays_open(world: World) -> None:
    worry(world)
    held = begin(world)
    send(sign_in(world["clinician"]), of(world, held), how="in_person", outcome="no_change")
    assert Concern.objects.get().ended_at is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": None}, "Choose what came of it."),
        ({"decided": "", "before": "", "because": ""}, "Say what changes for the home"),
        ({"decided": ""}, "Say what is different from now on, or empty the boxes below it."),
        ({"in_force_from_on-day": "", "in_force_from_on-month": "", "in_force_from_on-year": ""}, "from which day"),
        ({"in_force_from_on-year": "2025"}, "A decision cannot apply from before it was made."),
        ({"owner": None}, "Choose who does it"),
        ({"due_on-day": "31", "due_on-month": "2"}, "There is no such day."),
        ({"outcome": "no_change"}, "Something changes for the home, so choose the outcome that says so."),
    ],
)
def test_bad_input_says_where_and_keeps_everything(world: World, changed: dict[str, str | None], said: str) -> None:
    held = begin(world)
    answer = send(sign_in(world["clinician"]), of(world, held), **typed_review(**changed))
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert "Chest clear." in text_of(answer)
    assert not Review.objects.exists()
    assert not Decision.objects.exists()


def test_sent_twice_it_is_one_review_and_one_decision(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    sent = hidden_in(client.get(of(world, held)), of(world, held)) | typed_review()
    assert [client.post(of(world, held), sent).status_code for _ in range(2)] == [303, 303]
    assert (Review.objects.count(), Decision.objects.count(), FollowUp.objects.count()) == (1, 1, 1)


def test_two_professions_keep_both_findings(world: World) -> None:
    held = begin(world)
    doctor, pharmacist = sign_in(world["clinician"]), sign_in(world["pharmacist"])
    send(doctor, of(world, held), how="in_person", outcome="no_change", notes="Chest clear.")
    page = words_of(pharmacist.get(of(world, held)))
    assert "Chest clear." in page, "a colleague's finding stands beside the form"
    send(pharmacist, of(world, held), how="not_with", outcome="other", notes="Two laxatives.")
    assert {(review.by_id, review.notes) for review in Review.objects.all()} == {
        (world["clinician"].membership_id, "Chest clear."),
        (world["pharmacist"].membership_id, "Two laxatives."),
    }
    send(doctor, f"/rounds/{held}/closing")
    summary = words_of(sign_in(world["nurse"]).get(f"/rounds/{held}"))
    assert "Chest clear." in summary
    assert "Two laxatives." in summary


def test_of_two_windows_one_wins_and_the_other_loses_nothing(world: World) -> None:
    held = begin(world)
    first, second = sign_in(world["clinician"]), sign_in(world["clinician"])
    here = of(world, held)
    mine, theirs = (hidden_in(client.get(here), here) for client in (first, second))
    first.post(here, mine | {"how": "in_person", "outcome": "no_change", "notes": "Fine this morning."})
    told = second.post(here, theirs | {"how": "phone", "outcome": "other", "notes": "Her daughter rang."})
    assert told.status_code == 409
    assert "was changed while you were writing" in words_of(told)
    assert "Fine this morning." in words_of(told)
    assert "Her daughter rang." in text_of(told)
    again = hidden_in(told, here) | {"how": "phone", "outcome": "other", "notes": "Fine; her daughter rang."}
    assert second.post(here, again).status_code == 303
    assert list(Review.objects.order_by("pk").values_list("notes", flat=True)) == [
        "Fine this morning.",
        "Fine; her daughter rang.",
    ]


def test_a_changed_review_needs_no_second_decision(world: World) -> None:
    held = begin(world)
    change_plan(world, held)
    client = sign_in(world["clinician"])
    assert (
        send(client, of(world, held), how="in_person", outcome="plan_changed", notes="And well hydrated.").status_code
        == 303
    )
    assert Decision.objects.count() == 1


def test_a_coordinator_types_for_a_named_clinician(world: World) -> None:
    held, client = begin(world), sign_in(world["coordinator"])
    here = of(world, held)
    assert "Choose the clinician whose review you type." in words_of(send(client, here, **typed_review()))
    send(client, here, **typed_review(for_whom=str(world["clinician"].membership_id)))
    decision = Decision.objects.get()
    assert decision.for_whom_id == world["clinician"].membership_id
    assert decision.by_id == world["coordinator"].membership_id


def test_a_coordinator_neither_reads_nor_changes_a_clinicians_review(world: World) -> None:
    held = begin(world)
    change_plan(world, held)
    client = sign_in(world["coordinator"])
    assert "Chest clear" not in text_of(client.get(of(world, held)))
    priya = str(world["clinician"].membership_id)
    told = send(client, of(world, held), **typed_review(for_whom=priya, notes="She says: better."))
    assert told.status_code == 422
    assert "Priya Shah has written this review already" in words_of(told)
    assert "She says: better." in text_of(told)
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("username", "status"), [("pharmacist", 200), ("nurse", 403), ("carer", 403), ("tor_clinician", 404), ("gp", 404)]
)
def test_who_reviews(world: World, username: str, status: int) -> None:
    assert sign_in(world[username]).get(of(world, begin(world))).status_code == status


def test_somebody_of_another_home_is_not_reviewed_in_this_round(world: World) -> None:
    held = begin(world)
    client = sign_in(world["clinician"])
    assert client.get(of(world, held, "joan")).status_code == 404


def test_not_reached_leaves_the_concern_and_carries_over(world: World) -> None:
    concern = worry(world)
    held, client = begin(world), sign_in(world["clinician"])
    refused = send(client, of(world, held), how="in_person", outcome="not_reached", answers=[concern])
    assert "nobody was with them" in words_of(refused)
    send(client, of(world, held), how="not_with", outcome="not_reached", answers=[concern])
    assert Concern.objects.get().ended_at is None
    assert send(client, f"/rounds/{held}/closing").status_code == 303
    assert "Not reached in the last round" in words_of(client.get(f"/rounds/{begin(world)}"))


def test_a_closed_round_takes_no_review(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    here = of(world, held)
    sent = hidden_in(client.get(here), here) | typed_review()
    send(client, f"/rounds/{held}/closing")
    assert "This round is over" in words_of(client.post(here, sent))
    assert not Review.objects.exists()


def test_looking_at_the_review_is_written_down(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    client.get(of(world, held))
    look = Look.objects.filter(page="review").get()
    assert look.membership_id == world["clinician"].membership_id
    assert look.subject_id is not None


def test_other_words_under_one_token_are_shown_beside_the_first(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    sent = hidden_in(client.get(of(world, held)), of(world, held)) | typed_review()
    client.post(of(world, held), sent)
    told = client.post(of(world, held), sent | {"notes": "Chest not clear."})
    assert told.status_code == 409
    assert "You have already sent this form, with other words" in words_of(told)
    assert "Chest clear." in words_of(told)
    assert "Chest not clear." in text_of(told)
    assert Review.objects.count() == 1


def test_what_applies_meanwhile_stands_before_whoever_reviews(world: World) -> None:
    ask = change_plan(world, begin(world))
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="Heart.", meanwhile="Drinks at meals.")
    client = sign_in(world["clinician"])
    page = words_of(client.get(f"/rounds/{models.Round.objects.get().ref}/people/{world.residents['margaret']}"))
    assert "In dispute: do this until it is settled Drinks at meals." in page
    assert f"Not this, it is disputed: {DRINKS}" in page


def moved_to(world: World, held: str) -> str:
    return f"{of(world, held)}/moving/{world.residents['albert']}"


def test_a_moved_review_asks_what_becomes_of_what_it_decided_before_anything_is_moved(world: World) -> None:
    """Leaving the second page leaves everything as it was: nothing is half done (H1, H34)."""
    worry(world)
    held, client = begin(world), sign_in(world["clinician"])
    send(client, of(world, held), **typed_review(answers=[]))
    page = words_of(client.get(f"{of(world, held)}/moving"))
    assert "What becomes of each is asked next, and nothing is moved before." in page
    answer = send(client, f"{of(world, held)}/moving", to_ref=world.residents["albert"])
    assert (answer.status_code, answer.url) == (303, moved_to(world, held))
    assert Decision.objects.get().ended_at is None
    page = words_of(client.get(answer.url))
    assert f"What becomes of what you decided: “{DRINKS}”?" in page
    assert "Move your review to Albert Okafor, Room 3" in page
    refused = send(client, answer.url, because="the next room")
    assert refused.status_code == 422
    assert "on the wrong person it stops in any case" in words_of(refused)
    assert Decision.objects.get().ended_at is None


@pytest.mark.parametrize("becomes", ["new", "leave"])
def test_what_becomes_of_it_is_done_with_the_move(world: World, becomes: str) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    send(client, of(world, held), **typed_review(answers=[]))
    made = {f"made_{thing.ref}": becomes for thing in Decision.objects.all()}
    made |= {f"made_{thing.ref}": {"new": "carried"}.get(becomes, becomes) for thing in FollowUp.objects.all()}
    answer = send(client, moved_to(world, held), because="the next room", **made)
    assert answer.status_code == 303
    assert {row.resident.ref for row in Decision.objects.filter(ended_at=None)} == (
        {world.residents["albert"]} if becomes == "new" else set()
    )
    if becomes == "leave":
        assert answer.url == f"/rounds/{held}/people/{world.residents['albert']}"
        page = words_of(client.get(answer.url))
        assert "What it decided was not carried over: decide again for the person below" in page
        assert "Outcome without its decision" in page
    margaret = words_of(client.get(f"/residents/{world.residents['margaret']}"))
    assert f"Do not do this, it was written on the wrong person: “{DRINKS}”" in margaret


def test_what_is_chosen_that_was_not_on_offer_is_refused(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    send(client, of(world, held), **typed_review(answers=[]))
    made = {f"made_{thing.ref}": "NOT0THERE0000000" for thing in Decision.objects.all()}
    assert send(client, moved_to(world, held), because="the next room", **made).status_code == 422
    assert Decision.objects.get().ended_at is None


def test_whoever_confirms_or_moves_what_is_closed_is_told_that_it_is_saved(world: World) -> None:
    held = begin(world)
    send(
        sign_in(world["coordinator"]),
        of(world, held),
        **(typed_review(answers=[]) | {"for_whom": world["clinician"].membership_id}),
    )
    client = sign_in(world["clinician"])
    assert send(client, f"{of(world, held)}/confirming").status_code == 303
    assert "Saved: you have confirmed it." in words_of(client.get(f"/rounds/{held}"))
    assert "Saved: you have confirmed it." not in words_of(client.get(f"/rounds/{held}"))


def test_an_outcome_hides_no_must_that_is_left(world: World) -> None:
    """A concern that the review did not answer, somebody not reached: the round says so while it is open."""
    worry(world)
    held, client = begin(world), sign_in(world["clinician"])
    assert send(client, of(world, held), how="not_with", outcome="not_reached").status_code == 303
    page = words_of(client.get(f"/rounds/{held}"))
    assert "a reason to see them that is a must is still there: Margaret Hill" in page
    assert "Nobody is left" not in page


def test_before_a_round_is_cancelled_it_names_what_stays_decided(world: World) -> None:
    held, client = begin(world), sign_in(world["clinician"])
    change_plan(world, held)
    page = words_of(client.get(f"/rounds/{held}/cancelling"))
    assert f"Stays decided: {Decision.objects.get().decided}" in page


def test_they_are_to_be_seen_again_on_a_day(world: World) -> None:
    """It is kept, shown with the review and filled in again; a day that has been is refused with all that was typed."""
    held, client = begin(world), sign_in(world["clinician"])
    day = {"see_again_on-day": "3", "see_again_on-month": "12", "see_again_on-year": "2026"}
    refused = send(client, of(world, held), **typed_review(**day | {"see_again_on-month": "11"}))
    assert refused.status_code == 422
    assert "Choose a day after today" in words_of(refused)
    assert DRINKS in text_of(refused)
    send(client, of(world, held), **typed_review(**day))
    assert Review.objects.get().see_again_on == date(2026, 12, 3)
    assert "See again: Thu 3 Dec 2026" in words_of(client.get(f"/rounds/{held}"))
    assert 'name="see_again_on-day" type="text" value="3"' in text_of(client.get(of(world, held)))


def test_an_urgent_concern_is_not_ticked_as_if_it_were_an_ordinary_one(world: World) -> None:
    """Whoever reviews says so themselves; whoever types for them is refused, and loses nothing (REQ-87)."""
    ref = raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Pale", help_now=True)
    held, client = begin(world), sign_in(world["coordinator"])
    page = client.get(of(world, held))
    assert f'value="{ref}" checked' not in text_of(page)
    assert "Help was asked for, and nobody has written down who was called." in words_of(page)
    priya = str(world["clinician"].membership_id)
    refused = send(client, of(world, held), **typed_review(for_whom=priya, answers=[ref]))
    assert refused.status_code == 422
    assert "nobody has written down who was spoken to" in words_of(refused)
    assert DRINKS in text_of(refused)
    assert not Review.objects.exists()
