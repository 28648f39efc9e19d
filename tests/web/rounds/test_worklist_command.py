"""`homeround worklist` says what the page of the worklist says in the same minute, line by line. H27, H3, H46."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.urls import reverse

from homeround.cli.worklist import command
from homeround.ehch.decisions.actions import (
    Deciding,
    correct_decision,
    decide,
    reply_to_decision,
    settle_dispute,
    withdraw_decision,
)
from homeround.ehch.decisions.models import Ask, Decision
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import (
    answer_concern,
    move_concern,
    raise_concern,
    record_call,
    reopen_concern,
)
from homeround.ehch.residents.actions import go_to_hospital, return_from_hospital
from homeround.ehch.rounds.actions import Reviewing, move_review, record_review
from homeround.kernel.audit.noticed import Looks
from tests.web.round_of_rose import begin, see
from tests.web.signing_in import sign_in
from tests.world import AT, World

DAY, TODAY = timedelta(days=1), AT.date()
ORDER, MEANWHILE, WATCH = "Water tablet twice.", "Half a tablet.", "Take her temperature each evening."


def ordered(world: World, **changed: Any) -> str:
    deciding: dict[str, Any] = {"decided": ORDER, "in_force_from_on": TODAY, "replaces": NEW} | changed
    decision = Deciding(kind="medicine", because="Dry.", before="One tablet.", **deciding)
    return decide(by=world["clinician"], at=AT, ref=world.residents["margaret"], decision=decision)


def stops(world: World) -> None:
    first = ordered(world, decided="Water tablet.")
    ordered(world, decided="Stop the water tablet.", in_force_from_on=TODAY + 5 * DAY, replaces=first, stops=True)


def disputed(world: World) -> str:
    ref = ordered(world)
    ask = Ask.objects.get(decision__ref=ref).ref
    reply_to_decision(by=world["gp"], at=AT, ref=ask, kind="do_not_adopt", words="No.", meanwhile=MEANWHILE)
    return ref


def settled(world: World) -> None:
    ref = disputed(world)
    settle_dispute(by=world["clinician"], at=AT, ref=ref, words="Called.", settled_as="stopped", from_now_on="")


def corrected(world: World) -> None:
    decision = Deciding("medicine", MEANWHILE, "Dry.", "", TODAY)
    correct_decision(by=world["clinician"], at=AT, ref=ordered(world), because="Wrong dose.", decision=decision)


def moved(world: World) -> None:
    held = begin(world)
    decision = Deciding("medicine", ORDER, "Dry.", "One tablet.", TODAY, NEW)
    review = Reviewing(how="in_person", outcome="medicine_changed", decision=decision)
    person, albert = world.residents["margaret"], world.residents["albert"]
    record_review(by=world["clinician"], at=AT, ref=held, person=person, review=review)
    move_review(by=world["clinician"], at=AT, ref=held, person=person, to_ref=albert, because="Next room.")


def typed(world: World) -> None:
    decision = Deciding("medicine", ORDER, "Dry.", "One tablet.", TODAY, NEW)
    record_review(
        by=world["coordinator"], for_whom=world["clinician"].membership_id, at=AT, ref=begin(world),
        person=world.residents["margaret"],
        review=Reviewing(how="in_person", outcome="medicine_changed", decision=decision),
    )  # fmt: skip
    assert Decision.objects.filter(for_whom__isnull=False).exists()


def worried(world: World, *, help_now: bool = False) -> str:
    person = world.residents["margaret"]
    return raise_concern(by=world["carer"], at=AT, ref=person, words="Hot and sleepy.", help_now=help_now)


def answered(world: World) -> str:
    return answer_concern(by=world["clinician"], at=AT, ref=worried(world), words=WATCH)


def answered_after_a_call(world: World) -> None:
    ref = worried(world, help_now=True)
    record_call(by=world["carer"], at=AT, ref=ref, service="111", spoke_to="a nurse", words="Keep her cool.")
    answer_concern(by=world["clinician"], at=AT, ref=ref, words=WATCH)


def answer_taken_back(world: World) -> None:
    reopen_concern(by=world["clinician"], at=AT, ref=answered(world), because="About another.")


def answer_about_another(world: World) -> None:
    albert = world.residents["albert"]
    move_concern(by=world["carer"], at=AT, ref=answered(world), to_ref=albert, because="Next room.")


def in_hospital(world: World) -> None:
    go_to_hospital(by=world["nurse"], at=AT, ref=world.residents["margaret"], went_on=TODAY)


def back(world: World) -> None:
    ordered(world, until_on=TODAY + 9 * DAY)
    in_hospital(world)
    person, at = world.residents["margaret"], AT + timedelta(minutes=1)
    return_from_hospital(by=world["nurse"], at=at, ref=person, back_on=TODAY, how="admitted")


KINDS: dict[str, tuple[Callable[[World], object], int, str]] = {
    # what is so; how many days later it is read; what both say of it
    "nothing": (lambda _: None, 0, "New here, not yet reviewed"),
    "a decision": (ordered, 0, ORDER),
    "up to a last day": (lambda world: ordered(world, until_on=TODAY + DAY), 0, "Until Tue 17 Nov 2026"),
    "ended": (lambda world: ordered(world, until_on=TODAY), 2, "Ended"),
    "to come": (lambda world: ordered(world, in_force_from_on=TODAY + 3 * DAY), 0, "From Thu 19 Nov 2026"),
    "to stop": (stops, 0, "Stops"),
    "in dispute": (disputed, 0, f"Not this, it is disputed: {ORDER}"),
    "settled": (settled, 0, "Stopped"),
    "withdrawn": (
        lambda world: withdraw_decision(by=world["clinician"], at=AT, ref=ordered(world), because="Wrong chart."),
        0,
        "Before it: “One tablet”. Ask the PCN or the practice whether that is right again.",
    ),
    "corrected": (corrected, 0, "Do not do this, it was wrong and was corrected"),
    "on the wrong person": (moved, 0, "Do not do this, it was written on the wrong person"),
    "not confirmed": (typed, 0, "Priya Shah has not confirmed it yet."),
    "an answer": (answered, 0, "Answer to a concern"),
    "an answer after a call": (answered_after_a_call, 0, "Before it: called 111, spoke to a nurse: Keep her cool."),
    "an answer taken back": (answer_taken_back, 0, f"Do not do this, the answer was taken back: “{WATCH}”"),
    "an answer about another": (answer_about_another, 0, "Do not do this, it was an answer about somebody else"),
    "in hospital": (in_hospital, 0, "In hospital since Mon 16 Nov 2026"),
    "before hospital": (back, 0, "From before the hospital stay, until Wed 25 Nov 2026"),
    "seen this week": (lambda world: see(world, begin(world)), 6, "This week, Mon 16 Nov 2026"),
    "seen last week": (lambda world: see(world, begin(world)), 7, "Mon 16 Nov 2026, 1 week ago"),
}


SIGN = re.compile(r"<span[^>]*aria-hidden=.true.[^>]*>.*?</span>", re.DOTALL)


def _words(markup: str) -> str:
    markup = SIGN.sub("", markup)
    return re.sub(r" ([:,)])", r"\1", " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split()))


def _cells(page: str, label: str) -> list[str]:
    return re.findall(rf'data-label="{label}">(.*?)</t[dh]>', page, re.DOTALL)


def _by_page(page: str) -> dict[str, tuple[list[str], list[str], str]]:
    """By person, as their cell names them: what we do, why, and the last review."""
    found = {}
    for row in re.findall(r"<tr class=\"nhsuk-table__row\">(.*?)</tr>", page, re.DOTALL):
        who, _, applies = _cells(row, "Person")[0].partition('<ul class="hr-applies')
        why = [_reason(item) for item in re.findall(r"<li.*?</li>", "".join(_cells(row, "Why")), re.DOTALL)]
        does = [_words(item) for item in re.findall(r"<li>.*?</li>", applies, re.DOTALL)]
        found[_words(who)] = (does, why, _words(_cells(row, "Last review")[0]))
    return found


def _printed(world: World, who: str, *args: str) -> str:
    done = CliRunner().invoke(command, ["--home", world.code("rose"), "--as", who, *args])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("who", ["coordinator", "carer"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_command_says_what_the_page_says(
    world: World, clock: time_machine.Traveller, looks: Looks, kind: str, who: str
) -> None:
    become, days, says = KINDS[kind]
    become(world)
    clock.shift(days * DAY + timedelta(minutes=5))
    page = _by_page(sign_in(world[who]).get(reverse("worklist", args=[world.code("rose")])).content.decode())
    listed, text = json.loads(_printed(world, who, "--json")), _printed(world, who)
    assert len(page) == len(listed) == 5
    for (person, (does, why, last)), row, block in zip(page.items(), listed, _blocks(text), strict=True):
        assert row["room"] in person
        assert row["away"] in person
        assert row["last_review"] == last
        assert f"(last review: {last})" in block
        assert [_of_json(line) for line in row["applies_now"]] == does
        marked = [(line["mark"], line["does"], line["note"], line["not_this"]) for line in row["applies_now"]]
        assert all(part in block for parts in marked for part in parts), block
        assert len(why) == len(row["reasons"])
        assert all(reason in block for reason in why), block
    shown = " ".join(word for person, (does, why, last) in page.items() for word in (person, *does, *why, last))
    if not (who == "carer" and kind == "in dispute"):  # a carer does not read the decision that is disputed
        assert says in shown
        assert says in text


def _of_json(line: dict[str, Any]) -> str:
    not_this = f"Not this, it is disputed: {line['not_this']}" if line["not_this"] else ""
    return " ".join(filter(None, (line["mark"], line["does"], not_this, line["note"])))


REASON = re.compile(
    r'__strength">(.*?)</span>.*?__words">(.*?)</span>\s*<span class="hr-reason__from">(.*?)</span>', re.DOTALL
)


def _reason(markup: str) -> str:
    """A reason of the page in the order in which the command prints it."""
    found = REASON.search(markup)
    assert found
    strength, words, says = found.groups()
    return f"{strength.lower()}: {_words(words)} ({_words(says)})"


def _blocks(text: str) -> list[str]:
    """What is printed about each person."""
    return re.split(r"\n(?! )", text.partition("\n\n")[2].rstrip("\n"))
