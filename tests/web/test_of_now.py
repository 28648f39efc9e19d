"""An answer that speaks of the moment is true of the moment at which it is sent (H16)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from homeround.ehch.deterioration.models import Concern
from homeround.web.forms import Choice
from homeround.web.forms.form import NOW_LASTS, Form
from homeround.web.urls import urlpatterns  # noqa: F401 - brings in every form
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, words_of
from tests.world import AT, World

TYPED = {"help_now": "no", "words": "Not herself since lunch.", "when": "now"}
CHOSEN = re.compile(r'value="now"[^>]* checked')
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World) -> str:
    return f"/residents/{world.residents['margaret']}/concerns/new"


def opened(client: Client, where: str) -> dict[str, str]:
    return hidden_in(client.get(where), where)


@pytest.mark.parametrize(
    ("later", "status"), [(timedelta(), 303), (NOW_LASTS, 303), (NOW_LASTS + SECOND, 422), (timedelta(days=1), 422)]
)
def test_just_now_is_asked_again_of_a_page_opened_long_ago(
    world: World, clock: time_machine.Traveller, later: timedelta, status: int
) -> None:
    client = sign_in(world["carer"])
    assert CHOSEN.search(text_of(client.get(address(world)))), "it is chosen on a page opened now"
    form = opened(client, address(world))
    clock.move_to(AT + later)
    answer = sign_in(world["carer"]).post(address(world), {**form, **TYPED})
    assert answer.status_code == status
    assert Concern.objects.count() == int(status == 303)
    if status == 422:
        assert "This page was opened Mon 16 Nov 2026, 10:00. Say when you noticed it." in words_of(answer)
        assert "Not herself since lunch." in text_of(answer), "nothing typed is lost"
        assert not CHOSEN.search(text_of(answer))
        again = hidden_in(answer, address(world))
        assert sign_in(world["carer"]).post(address(world), {**again, **TYPED}).status_code == 303, "now it is meant"


def test_help_needed_now_waits_for_no_such_question(world: World, clock: time_machine.Traveller) -> None:
    form = opened(sign_in(world["carer"]), address(world))
    clock.move_to(AT + timedelta(hours=3))
    answer = sign_in(world["carer"]).post(address(world), {**form, **TYPED, "help_now": "yes"})
    assert answer.status_code == 303
    assert Concern.objects.get().help_now


def test_words_that_were_kept_come_back_without_their_just_now(world: World, clock: time_machine.Traveller) -> None:
    send(sign_in(world["carer"]), address(world), **{**TYPED, "help_now": ""})
    clock.move_to(AT + timedelta(hours=14))
    client = sign_in(world["carer"])
    kept = re.search(r"kept=\w+", client.get(address(world)).content.decode())
    assert kept
    page = text_of(client.get(f"{address(world)}?{kept[0]}"))
    assert "Not herself since lunch." in page
    assert not CHOSEN.search(page)


def forms(base: type[Form] = Form) -> list[type[Form]]:
    return [form for sub in base.__subclasses__() for form in (sub, *forms(sub))]


def test_every_answer_in_words_of_the_moment_says_so() -> None:
    """Table: each choice of each form, by its label."""
    of_the_moment = [
        f"{form.__name__}.{name}.{option.value}"
        for form in forms()
        for name, field in form.fields.items()
        if isinstance(field, Choice)
        for option in field.options
        if option.label.lower().startswith("just now") and not option.means_now
    ]
    assert not of_the_moment
