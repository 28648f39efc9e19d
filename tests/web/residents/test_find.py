"""The page "find a person": sent, never in an address; logged as a search; limited; the key `/` can be switched off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from homeround.kernel.models import Look
from tests.web.signing_in import sign_in
from tests.world import AT, World


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def test_a_search_is_logged_as_one_with_whom_it_found(world: World) -> None:
    client = sign_in(world["coordinator"], at=AT)
    page = client.post("/find", {"words": "marg"}, follow=True).content.decode()
    assert "2 people found" in page
    look = Look.objects.get()
    assert (look.kind, look.page) == ("search", "find")
    assert len(look.subjects) == 2
    client.post("/find", {"words": "nobody of this name"}, follow=True)
    assert Look.objects.count() == 1


def test_nothing_typed_stands_in_an_address(world: World) -> None:
    answer = sign_in(world["coordinator"], at=AT).post("/find", {"words": "Margaret"})
    assert answer["Location"] == "/find?again=yes"


def test_somebody_elsewhere_and_nobody_are_one_answer(world: World) -> None:
    client = sign_in(world["coordinator"], at=AT)
    pages = [client.post("/find", {"words": words}, follow=True).content.decode() for words in ("Petrov", "Petrow")]
    assert all("Nobody found" in page for page in pages)


def test_who_searches_without_end_is_stopped(world: World) -> None:
    client = sign_in(world["carer"], at=AT)
    for _ in range(60):
        assert client.post("/find", {"words": "marg"}).status_code == 303
    assert client.post("/find", {"words": "marg"}).status_code == 429


def test_the_page_tells_what_is_wrong(world: World) -> None:
    answer = sign_in(world["carer"], at=AT).post("/find", {"words": " "})
    assert answer.status_code == 422
    assert "Type part of a name" in answer.content.decode()


def test_the_key_can_be_switched_off(world: World) -> None:
    client = sign_in(world["carer"], at=AT)
    assert "data-key=/" in client.get("/find").content.decode()
    client.post("/find", {"keys": "off"})
    assert "data-key" not in client.get("/find").content.decode()
    client.post("/find", {"keys": "on"})
    assert "data-key=/" in client.get("/find").content.decode()


def test_a_member_of_an_mdt_has_a_way_to_their_people(world: World) -> None:
    page = sign_in(world["community"], at=AT).get("/my-people").content.decode()
    assert "Margaret Hill" in page
    assert "Petrov" not in page
    assert "on the MDT of no home" in sign_in(world["stranger"], at=AT).get("/my-people").content.decode()
