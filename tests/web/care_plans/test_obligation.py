"""Saying that assessment or plan is done: by whom, on which day, why late; twice is told."""

from datetime import timedelta

import pytest
import time_machine

from homeround.ehch.care_plans.models import Completion
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, words_of
from tests.world import World

DONE = {
    "done_on-day": "16",
    "done_on-month": "11",
    "done_on-year": "2026",
    "document": "Blue folder in the office",
    "took_part": "Nell Nurse; Dr Poole",
    "person_took_part": "She chose her own words.",
}


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World, which: str = "assessment", person: str = "margaret") -> str:
    return f"/residents/{world.residents[person]}/obligations/{which}"


def test_the_nurse_marks_it_as_done(world: World) -> None:
    client = sign_in(world["nurse"])
    assert "4 working days left Due Fri 20 Nov 2026, in calendar days Wed 18 Nov 2026." in words_of(
        client.get(address(world))
    )
    assert send(client, address(world), **DONE).status_code == 303
    page = words_of(client.get(f"/residents/{world.residents['margaret']}"))
    assert "Holistic assessment ✓ Done Mon 16 Nov 2026" in page
    assert "Mark the assessment as done" not in page
    assert "Mark the plan as done" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"done_on-day": "17"}, "has not come yet"),
        ({"done_on-day": "10"}, "They arrived on Wed 11 Nov 2026"),
        ({"document": ""}, "Say where it is kept."),
        ({"took_part": ""}, "Say who of the team took part."),
        ({"person_took_part": ""}, "Say how they took part in it, or why they did not."),
    ],
)
def test_what_is_wrong_is_said(world: World, changed: dict[str, str], words: str) -> None:
    answer = send(sign_in(world["nurse"]), address(world), **{**DONE, **changed})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Completion.objects.exists()


def test_late_needs_the_reason(world: World, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=7))
    client = sign_in(world["nurse"])
    late = {**DONE, "done_on-day": "23"}
    answer = send(client, address(world), **late)
    assert answer.status_code == 422
    assert "It was due on Fri 20 Nov 2026: say why it came later." in text_of(answer)
    assert send(client, address(world), **late, late_because="She was in hospital").status_code == 303


def test_the_second_is_told_what_stands(world: World) -> None:
    second = sign_in(world["senior"])
    opened = hidden_in(second.get(address(world)), address(world))
    send(sign_in(world["nurse"]), address(world), **DONE)
    answer = second.post(address(world), {**DONE, **opened, "document": "Red folder"})
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Nell Nurse" in page
    assert "Blue folder in the office" in page
    assert "Red folder" in page


def test_a_coordinator_types_for_a_clinician(world: World) -> None:
    client = sign_in(world["coordinator"])
    assert send(client, address(world), **DONE).status_code == 422
    whom = str(world["clinician"].membership_id)
    assert send(client, address(world), **DONE, for_whom=whom).status_code == 303
    assert Completion.objects.get().for_whom_id == world["clinician"].membership_id


@pytest.mark.parametrize(
    ("who", "status"), [("senior", 200), ("clinician", 200), ("carer", 403), ("gp", 403), ("ivy_nurse", 404)]
)
def test_who_may(world: World, who: str, status: int) -> None:
    assert sign_in(world[who]).get(address(world)).status_code == status


def test_no_clock_no_form(world: World) -> None:
    client = sign_in(world["nurse"])
    assert "No clock runs for this person" in words_of(client.get(address(world, person="albert")))
    assert client.get(address(world, which="weight")).status_code == 404
