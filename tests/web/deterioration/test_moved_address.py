"""An address of before a concern was moved leads whoever may see both people to where it is, and nobody else (H1)."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, get_resolver, reverse

from homeround.ehch.deterioration.actions import move_concern, raise_concern
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, text_of
from tests.world import AT, World

pytestmark = pytest.mark.usefixtures("clock")

TYPED = "She cries when anybody touches her left side."


def addresses() -> list[str]:
    """Every page about one concern."""
    patterns = [pattern for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)]
    found = [pattern.name or "" for pattern in patterns if str(pattern.pattern).startswith("concerns/<str:ref>")]
    assert len(found) > 6
    return [name for name in found if name != "call_remove"]


@pytest.fixture
def before(world: World) -> str:
    return raise_concern(by=world["nurse"], at=AT, ref=world.residents["winifred"], words="Pale.", help_now=False)


def moved(world: World, ref: str) -> str:
    return move_concern(by=world["nurse"], at=AT, ref=ref, to_ref=world.residents["albert"], because="The next room")


@pytest.mark.parametrize("name", addresses())
def test_a_page_of_before_leads_to_where_it_is(world: World, before: str, name: str) -> None:
    now = moved(world, before)
    for who in ("nurse", "coordinator"):
        answer = sign_in(world[who]).get(reverse(name, args=[before]))
        assert (answer.status_code, answer["Location"]) == (303, reverse("concern", args=[now])), who


def test_however_often_it_was_moved_it_leads_to_where_it_is_now(world: World, before: str) -> None:
    between = moved(world, before)
    now = move_concern(
        by=world["nurse"], at=AT, ref=between, to_ref=world.residents["margaret"], because="Neither of them"
    )
    for ref in (before, between):
        answer = sign_in(world["nurse"]).get(reverse("concern", args=[ref]))
        assert answer["Location"] == reverse("concern", args=[now])


@pytest.mark.parametrize("name", ["answer_new", "words_new", "concern_move", "concern_remove"])
def test_what_was_typed_into_a_form_of_before_is_given_back(world: World, before: str, name: str) -> None:
    client = sign_in(world["coordinator" if name == "answer_new" else "nurse"])
    address = reverse(name, args=[before])
    form = hidden_in(client.get(address), address)
    now = moved(world, before)
    answer = client.post(address, {**form, "words": TYPED, "because": TYPED})
    assert answer.status_code == 409
    assert TYPED in text_of(answer)
    assert reverse("concern", args=[now]) in text_of(answer)


def test_whoever_may_not_see_the_right_person_is_told_nothing(world: World, before: str) -> None:
    """The practice of whom it was raised about is not the practice of whom it is about."""
    client = sign_in(world["gp"])
    assert client.get(reverse("concern", args=[before])).status_code == 200
    moved(world, before)
    gone, never = (client.get(reverse("concern", args=[ref])) for ref in (before, "0" * 16))
    assert gone.status_code == never.status_code == 404
    assert "Moved to the person" not in text_of(gone)
