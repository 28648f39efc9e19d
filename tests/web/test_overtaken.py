"""Whoever answers by what a page showed, and it is otherwise by then, saves nothing and is shown what is so (H34, H38).

Table: each form that puts right, confirms or answers what somebody else may have changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from homeround.ehch.decisions.actions import (
    Deciding,
    answer_query,
    decide,
    reply_to_decision,
    take_back_answer,
)
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import raise_concern
from homeround.ehch.residents.actions import Somebody, correct_identity, move_room, register_with
from homeround.ehch.residents.actions.registering import Registering
from homeround.ehch.rounds.actions import Reviewing, record_review
from homeround.ehch.rounds.models import Review, ReviewConfirming, Round
from homeround.ehch.rounds.queries.versions import newest_version
from tests.ehch.rounds.open_things import held_on
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, words_of
from tests.world import AT, World

LATER = AT + timedelta(minutes=5)


@dataclass(frozen=True)
class Overtaken:
    """A form: who opens it, at which address, what they type; what happens meanwhile; and what must not have become
    of it. `before`: what has to be there first.
    """

    who: str
    address: Callable[[World], str]
    typed: Mapping[str, Any]
    meanwhile: Callable[[World], object]
    saved: Callable[[World], bool]
    before: Callable[[World], object] = field(default=lambda world: None)


def _decided(world: World) -> str:
    return decide(
        by=world["clinician"], at=AT, ref=world.residents["margaret"],
        decision=Deciding("plan", "Walk daily", "Legs swell.", "Sits.", AT.date(), replaces=NEW),
    )  # fmt: skip


def _ask() -> str:
    return str(Ask.objects.get().ref)


def _queried_and_answered(world: World) -> None:
    _decided(world)
    reply_to_decision(by=world["gp"], at=AT, ref=_ask(), kind="query", words="Since when?")
    answer_query(by=world["clinician"], at=AT, ref=_ask(), words="Since May.")


def _typed_review(world: World, notes: str, version: int | None = None) -> None:
    held = Round.objects.first()
    record_review(
        by=world["coordinator"], at=AT if version is None else LATER, ref=held.ref if held else held_on(world, AT),
        person=world.residents["margaret"], for_whom=world["clinician"].membership_id,
        review=Reviewing(how="in_person", outcome="no_change", notes=notes, read_version=version),
    )  # fmt: skip


def _types_otherwise(world: World) -> None:
    newest = newest_version(Round.objects.get().pk, Review.objects.get().resident_id, world["clinician"].membership_id)
    assert newest is not None
    _typed_review(world, "Morphine 10 mg four hourly", newest.pk)


def _identity(world: World) -> dict[str, Any]:
    return {
        "given": "Margaret", "family": "Hill", "known_as": "Peggy", "number_is_known": "yes",
        "nhs_number": "999 000 0018", "born_on-day": "3", "born_on-month": "5", "born_on-year": "1938",
        "because": "She likes to be called so",
    }  # fmt: skip


def of(world: World, page: str) -> str:
    return f"/residents/{world.residents['margaret']}/{page}"


def _gp_says_no(world: World) -> None:
    reply_to_decision(by=world["gp"], at=LATER, ref=_ask(), kind="do_not_adopt", words="Kidneys.", meanwhile="Rest.")


def _another_name(world: World) -> None:
    correct_identity(
        by=world["manager"], at=LATER, ref=world.residents["margaret"], because="A letter came",
        who=Somebody("Margaretha", "Hill", AT.date().replace(year=1938), nhs_number="", no_number_because="not known"),
        sure=True,
    )  # fmt: skip


FORMS: dict[str, Overtaken] = {
    "a decision is put right while the GP refuses it": Overtaken(
        "clinician", lambda world: f"/decisions/{Decision.objects.get().ref}/correction",
        {"decided": "Walk twice", "why": "Legs.", "from_on-day": "16", "from_on-month": "11", "from_on-year": "2026",
         "because": "A slip"},
        _gp_says_no, lambda world: Decision.objects.count() > 1, _decided,
    ),
    "a decision is withdrawn while the GP refuses it": Overtaken(
        "clinician", lambda world: f"/decisions/{Decision.objects.get().ref}/withdrawal", {"because": "A slip"},
        _gp_says_no, lambda world: Decision.objects.get().ended_at is not None, _decided,
    ),
    "the GP has read an answer that is taken back": Overtaken(
        "gp", lambda world: f"/replies/{_ask()}", {"kind": "read"},
        lambda world: take_back_answer(by=world["clinician"], at=LATER, ref=_ask(), because="No"),
        lambda world: Ask.objects.get().ended_at is not None, _queried_and_answered,
    ),
    "a clinician confirms what is typed anew": Overtaken(
        "clinician",
        lambda world: f"/rounds/{Round.objects.get().ref}/people/{world.residents['margaret']}/confirming", {},
        _types_otherwise, lambda world: ReviewConfirming.objects.exists(),
        lambda world: _typed_review(world, "Oxygen 2 l"),
    ),
    "a name is put right by two": Overtaken(
        "nurse", lambda world: of(world, "identity"), {"given": "Margret", "because": "typed wrongly"},
        _another_name, lambda world: "Margret Hill" in text_of(sign_in(world["nurse"]).get(of(world, ""[:0]))),
    ),
    "a room is changed by two": Overtaken(
        "nurse", lambda world: of(world, "room"), {"room": "9", "why": "moved"},
        lambda world: move_room(by=world["manager"], at=LATER, ref=world.residents["margaret"], room="12"),
        lambda world: "Room 9" in text_of(sign_in(world["nurse"]).get(of(world, "room"))),
    ),
    "a practice is changed by two": Overtaken(
        "nurse", lambda world: of(world, "registration"), {"registered": "not_known", "why": "changed"},
        lambda world: register_with(
            by=world["manager"], at=LATER, ref=world.residents["margaret"], registration=Registering("none")
        ),
        lambda world: "registration not known" in text_of(sign_in(world["nurse"]).get(of(world, "registration"))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_saved_and_the_page_shows_it_as_it_is(
    world: World, clock: time_machine.Traveller, name: str
) -> None:
    form = FORMS[name]
    form.before(world)
    address = form.address(world)
    client = sign_in(world[form.who])
    opened = hidden_in(client.get(address), address)
    clock.move_to(LATER + timedelta(minutes=1))
    form.meanwhile(world)
    answer = client.post(address, {**opened, **form.typed})
    assert answer.status_code == 409, words_of(answer)
    assert "Something has changed since you opened this page. Nothing is saved" in words_of(answer)
    assert not form.saved(world)
    for typed in form.typed.values():
        assert len(typed) < 4 or typed in text_of(answer) or typed in {"read", "moved", "changed"}, "nothing is lost"


def test_sent_again_from_the_page_that_shows_it_is_taken(world: World, clock: time_machine.Traveller) -> None:
    form = FORMS["a room is changed by two"]
    client, address = sign_in(world["nurse"]), of(world, "room")
    opened = hidden_in(client.get(address), address)
    clock.move_to(LATER)
    form.meanwhile(world)
    clock.shift(timedelta(minutes=1))
    shown = client.post(address, {**opened, **form.typed})
    assert client.post(address, {**hidden_in(shown, address), **form.typed}).status_code == 303
    assert form.saved(world)


def test_nothing_changed_meanwhile_is_no_hindrance(world: World, clock: time_machine.Traveller) -> None:
    _decided(world)
    client, address = sign_in(world["clinician"]), f"/decisions/{Decision.objects.get().ref}/withdrawal"
    opened = hidden_in(client.get(address), address)
    clock.move_to(LATER + timedelta(days=20))
    answer = sign_in(world["clinician"], at=LATER + timedelta(days=20)).post(address, {**opened, "because": "A slip"})
    assert answer.status_code == 303, "that it is late by now is no change of what was said"


def test_one_press_in_the_list_of_a_round_is_not_taken_over_what_came_meanwhile(
    world: World, clock: time_machine.Traveller
) -> None:
    held = held_on(world, AT)
    client, person = sign_in(world["clinician"]), world.residents["winifred"]
    address = f"/rounds/{held}/people/{person}/outcome"
    opened = hidden_in(client.get(f"/rounds/{held}"), address)
    clock.move_to(LATER)
    raise_concern(by=world["carer"], at=LATER, ref=person, words="Fell, not waking.", help_now=True)
    answer = client.post(address, {**opened, "came": "in_person"})
    assert answer.headers["Location"] == f"/rounds/{held}/people/{person}"
    assert not Review.objects.exists()
    assert "something about them waits for a clinician" in words_of(client.get(answer.headers["Location"]))


def test_read_in_one_press_is_not_taken_over_what_changed(world: World, clock: time_machine.Traveller) -> None:
    _queried_and_answered(world)
    client = sign_in(world["gp"])
    address = f"/replies/{_ask()}/read"
    opened = hidden_in(client.get("/replies"), address)
    clock.move_to(LATER)
    take_back_answer(by=world["clinician"], at=LATER, ref=_ask(), because="No")
    assert client.post(address, opened).headers["Location"] == f"/replies/{_ask()}"
    assert Ask.objects.get().ended_at is None


def test_what_two_save_at_the_same_moment_is_kept_once_and_the_other_is_told(
    world: World, clock: time_machine.Traveller
) -> None:
    """Whatever the database alone can see is no fault of the service: what was typed stands in the form (H25)."""
    address = reverse("room", args=[world.residents["margaret"]])
    first, second = sign_in(world["nurse"]), sign_in(world["manager"])
    assert send(first, address, why="moved", room="12").status_code == 303
    answer = send(second, address, why="moved", room="14")
    assert answer.status_code == 409
    page = words_of(answer)
    assert "It was saved at the same moment, and yours is not." in page
    assert 'value="14"' in text_of(answer)
