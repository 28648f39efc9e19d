"""Moving in, changing room and practice, leaving: each field's error, what was typed, what it starts or ends."""

from datetime import timedelta

import pytest
import time_machine

from homeround.directory.models import Body, PcnPractice
from homeround.ehch.residents.actions import correct_room, move_room, record_departure
from homeround.ehch.residents.models import Arrival, Departure, RegistrationStart, Resident, RoomStart, Stay
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.record import nhs_number
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, words_of
from tests.world import AT, World

NEW = {
    "basis": "moved_in",
    "arrived_on-day": "13",
    "arrived_on-month": "11",
    "arrived_on-year": "2026",
    "given": "Edith",
    "family": "Penrose",
    "known_as": "Edie",
    "born_on-day": "2",
    "born_on-month": "4",
    "born_on-year": "1933",
    "number_is_known": "yes",
    "nhs_number": "999 000 9998",
    "kind": "permanent",
    "place": "residential",
    "room": "21",
    "practice": "Y99901",
}

EXPECTED = {"basis": "expected", "expected_on-day": "1", "expected_on-month": "12", "expected_on-year": "2026"}


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def address(world: World) -> str:
    return f"/homes/{world.code('rose')}/residents/new"


def moved_in(world: World, **changed: str) -> str:
    """The page after sending the form with some answers changed."""
    typed = {**NEW, "nhs_number": nhs_number.made(777), **changed}
    client = sign_in(world["manager"])
    answer = send(client, address(world), **typed)
    return words_of(client.get(answer["Location"])) if answer.status_code == 303 else words_of(answer)


def test_the_confirmation_shows_both_due_dates_and_why(world: World) -> None:
    page = moved_in(world)
    assert "Lives here now Edie Penrose Room 21" in page
    assert "Due Tue 24 Nov 2026 In calendar days Fri 20 Nov 2026" in page
    assert "Day 0 is the day of arrival, Fri 13 Nov 2026." in page
    assert Arrival.objects.filter(stay__resident__ref__in=Resident.objects.values("ref")).count() == 2


def test_who_lives_here_already_starts_no_clock(world: World) -> None:
    page = moved_in(world, basis="living_here")
    assert "No clock runs: they lived here before they were written down" in page
    assert Arrival.objects.count() == 1


def test_who_is_expected_does_not_live_here_yet(world: World) -> None:
    page = moved_in(world, **EXPECTED)
    assert "No clock runs yet. It starts on the day they move in." in page
    assert Stay.objects.filter(basis="expected").count() == 1


def test_who_was_expected_arrives_without_being_typed_again(world: World) -> None:
    moved_in(
        world, **{"basis": "expected", "expected_on-day": "1", "expected_on-month": "12", "expected_on-year": "2026"}
    )
    ref = Resident.objects.latest("pk").ref
    client = sign_in(world["nurse"])
    today = words_of(client.get(f"/homes/{world.code('rose')}"))
    assert "Expected" in today
    assert "Expected Tue 1 Dec 2026 They have arrived" in today
    assert "Edie Penrose They have arrived They are not coming" in words_of(client.get(f"/residents/{ref}"))
    page = text_of(client.get(f"/residents/{ref}/arrival/new"))
    assert 'value="Y99901" checked' in page
    typed = {
        "arrived_on-day": "16", "arrived_on-month": "11", "arrived_on-year": "2026", "kind": "permanent",
        "place": "residential", "room": "22", "practice": "Y99901",
    }  # fmt: skip
    answer = send(client, f"/residents/{ref}/arrival/new", **typed)
    assert "Lives here now Edie Penrose Room 22" in words_of(client.get(answer["Location"]))
    assert Resident.objects.latest("pk").ref == ref
    assert client.get(f"/residents/{ref}/arrival/new").status_code == 404
    assert sign_in(world["carer"]).get(f"/residents/{ref}/arrival/new").status_code == 403


def test_of_two_practices_with_one_name_the_right_one_is_filled_in(world: World) -> None:
    moved_in(
        world, **{"basis": "expected", "expected_on-day": "1", "expected_on-month": "12", "expected_on-year": "2026"}
    )
    ref = Resident.objects.latest("pk").ref
    with acting(SystemActor("test", "")):
        PcnPractice.objects.filter(practice=world.bodies["far"].pk).update(pcn=world.bodies["exe"].pk)
        Body.objects.filter(pk=world.bodies["far"].pk).update(name="Mill Practice")
    page = text_of(sign_in(world["nurse"]).get(f"/residents/{ref}/arrival/new"))
    assert 'value="Y99901" checked' in page


def test_what_is_wrong_is_listed_in_the_order_of_the_page(world: World) -> None:
    answer = send(
        sign_in(world["manager"]),
        address(world),
        **{**NEW, "basis": "", "born_on-month": "13", "room": "", "practice": ""},
    )
    page = text_of(answer)
    order = ["Say whether they moved in", "There is no such day.", "Enter their room", "Choose their GP practice"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"basis": ""}, "Say whether they moved in, are expected, or live here already."),
        ({"arrived_on-day": "17"}, "This day has not come yet."),
        ({"given": ""}, "Enter their first name, or the only name they have."),
        ({"family": "", "nhs_number": nhs_number.made(777)}, "Only one name was entered: Edith."),
        ({"born_on-year": "2031"}, "This date of birth is in the future."),
        ({"born_on-month": "13"}, "There is no such day."),
        ({"nhs_number": "999 000 0019"}, "NHS number"),
        ({"number_is_known": "no"}, "Say why the NHS number is not known yet."),
        ({"kind": ""}, "Choose what kind of stay this is."),
        ({"place": ""}, "Choose nursing or residential."),
        ({"room": ""}, "Enter their room, or what the room is called."),
        ({"practice": ""}, "Choose their GP practice, or say that it is not known."),
        ({"practice": "another", "practice_code": "X00000"}, "No practice fits"),
        ({"practice": "none"}, "Say what is known about their registration."),
        ({"until_on-day": "1", "until_on-month": "1", "until_on-year": "2026"}, "Enter the last day of the temporary"),
    ],
)
def test_every_field_says_what_is_wrong_and_keeps_what_was_typed(
    world: World, changed: dict[str, str], words: str
) -> None:
    client = sign_in(world["manager"])
    before = Resident.objects.count()
    answer = send(client, address(world), **{**NEW, **changed})
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page
    assert 'value="Penrose"' in page or "family" in changed
    assert Resident.objects.count() == before


def test_a_practice_that_is_not_of_the_network_is_found_by_its_code(world: World) -> None:
    moved_in(world, practice="another", practice_code="y99902")
    assert RegistrationStart.objects.latest("pk").practice_id == world.bodies["far"].pk
    other = {"number_is_known": "no", "no_number_because": "not come yet", "born_on-year": "1941"}
    moved_in(world, practice="none", why_none="applied_for", **other)
    assert RegistrationStart.objects.latest("pk").kind == "applied_for"


def test_sent_twice_it_is_one_person(world: World) -> None:
    client = sign_in(world["manager"])
    typed = {**NEW, "number_is_known": "no", "no_number_because": "not come yet"}
    typed |= hidden_in(client.get(address(world)), address(world))
    first, second = client.post(address(world), typed), client.post(address(world), typed)
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    other = client.post(address(world), {**typed, "room": "22"})
    assert other.status_code == 409
    assert "You have already sent this form" in text_of(other)


@pytest.mark.parametrize(
    ("who", "status"), [("senior", 200), ("carer", 403), ("coordinator", 403), ("ivy_manager", 404)]
)
def test_who_writes_down_that_somebody_moves_in(world: World, who: str, status: int) -> None:
    assert sign_in(world[who]).get(address(world)).status_code == status


def test_another_room(world: World) -> None:
    client = sign_in(world["senior"])
    page = f"/residents/{world.residents['margaret']}/room"
    assert send(client, page, room="").status_code == 422
    assert send(client, page, room="9", unit="Garden", why="moved").status_code == 303
    newest = RoomStart.objects.latest("pk")
    assert (newest.room, newest.unit) == ("9", "Garden")
    assert sign_in(world["carer"]).get(page).status_code == 403


def test_another_practice_takes_over_from_today(world: World) -> None:
    ref = world.residents["margaret"]
    assert (
        send(
            sign_in(world["coordinator"]), f"/residents/{ref}/registration", practice="Y99901", why="changed"
        ).status_code
        == 303
    )
    client = sign_in(world["nurse"])
    typed = {"practice": "another", "practice_code": "Y99902", "gp_name": "Dr Dunn", "why": "changed"}
    assert send(client, f"/residents/{ref}/registration", **typed).status_code == 303
    assert sign_in(world["outside_gp"]).get(f"/residents/{ref}").status_code == 200
    assert sign_in(world["gp"]).get(f"/residents/{ref}").status_code == 404
    assert sign_in(world["outside_gp"]).get(f"/residents/{ref}/registration").status_code == 403


def test_leaving_asks_who_it_is_and_says_what_it_closes(world: World) -> None:
    client = sign_in(world["nurse"])
    page = f"/residents/{world.residents['margaret']}/departure"
    words = words_of(client.get(page))
    assert "Margaret Hill Born Sun 27 Mar 1938" in words
    assert "Assessment or plan that is due died, moved to another home, left" in words
    day = {"left_on-day": "15", "left_on-month": "11", "left_on-year": "2026"}
    answer = send(client, page, kind="died", **day)
    assert answer.status_code == 422
    assert "Check name and date of birth, then tick this." in text_of(answer)
    assert send(client, page, kind="died", is_them="yes", **day).status_code == 303
    assert Departure.objects.get().kind == "died"
    assert sign_in(world["carer"]).get(page).status_code == 403


@pytest.mark.parametrize("who", ["nurse", "clinician"])
def test_where_somebody_went_is_read_and_kept_when_the_day_is_put_right(world: World, who: str) -> None:
    ref, to = world.residents["margaret"], "To her daughter in Exmouth"
    record_departure(by=world["nurse"], at=AT, ref=ref, kind="left", left_on=AT.date(), words=to)
    page = f"/residents/{ref}"
    assert f"Where to, or why: {to}" in words_of(sign_in(world[who]).get(page))
    client = sign_in(world["nurse"])
    address = f"{page}/departure/correction"
    form = client.get(address)
    assert f'value="{to}"' in text_of(form)
    day = {"left_on-day": "15", "left_on-month": "11", "left_on-year": "2026"}
    sent = {**hidden_in(form, address), "kind": "left", "words": to, "because": "A day too late.", **day}
    assert client.post(address, sent).status_code == 303
    assert f"Where to, or why: {to}" in words_of(client.get(page))


def test_a_change_of_room_stands_in_what_happened(world: World) -> None:
    """The room she moved in to is not told as a move; each later one is, by whom and when."""
    person = world.residents["winifred"]
    move_room(by=world["nurse"], at=AT - timedelta(hours=2), ref=person, room="14", unit="Garden")
    move_room(by=world["nurse"], at=AT - timedelta(hours=1), ref=person, room="15")
    page = words_of(sign_in(world["nurse"]).get(f"/residents/{person}"))
    happened = page.partition("What happened")[2]
    assert happened.index("Moved to Room 15") < happened.index("Moved to Room 14, Garden")
    assert happened.count("Moved to") == 2
    correct_room(by=world["nurse"], at=AT, ref=person, room="16", because="Mistyped.")
    happened = words_of(sign_in(world["nurse"]).get(f"/residents/{person}")).partition("What happened")[2]
    assert "Moved to Room 16" in happened
    assert "Moved to Room 15" not in happened
    assert "Put right: the room" in happened


def test_two_who_can_be_mixed_up_in_one_room_are_told_apart_by_their_births(world: World) -> None:
    """Checking the room alone would not tell them apart (H1)."""
    for who in ("margaret", "margaret_h"):
        move_room(by=world["nurse"], at=AT, ref=world.residents[who], room="9")
    page = words_of(sign_in(world["carer"]).get(f"/homes/{world.code('rose')}/concerns/new"))
    for name, born in (("Margaret Hill", "born Sun 27 Mar 1938"), ("Margaret Hall", "born Wed 2 Jul 1941")):
        assert f"Room 9 {name} Could be mixed up: check the room and who was {born}" in page
