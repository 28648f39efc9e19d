"""Concerns on the screen: help first, who reads and when, to be phoned until somebody was spoken to."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from homeround.ehch.decisions.actions import Deciding, reply_to_decision
from homeround.ehch.decisions.models import Ask
from homeround.ehch.decisions.words import NEW
from homeround.ehch.deterioration.actions import (
    add_words,
    answer_concern,
    mark_read,
    move_concern,
    raise_concern,
    record_call,
)
from homeround.ehch.deterioration.models import Concern, ReadBy
from homeround.ehch.rounds.actions import Reviewing, confirm_review, open_round, record_review
from tests.web.residents.full_home import cost, fill
from tests.web.round_of_rose import WORRY, begin, worry
from tests.web.signing_in import sign_in
from tests.web.walking import hidden_in, send, text_of, words_of
from tests.world import AT, World

WORDS = "She is not quite herself."


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    """It is Monday, 10:00 in London."""


def form(world: World, person: str = "margaret") -> str:
    return f"/residents/{world.residents[person]}/concerns/new"


def raised(world: World, client: Client, *, help_now: str = "no") -> str:
    """The concern's address after sending the form."""
    answer = send(client, form(world), help_now=help_now, words=WORDS, when="now")
    assert answer.status_code == 303, words_of(answer)
    return f"/concerns/{Concern.objects.latest('pk').ref}"


def test_the_first_question_and_the_numbers_are_there_before_any_answer(world: World) -> None:
    page = text_of(sign_in(world["carer"]).get(form(world)))
    order = [
        "Do they need help now?",
        "Yes, now",
        'href="tel:999"',
        'href="tel:01632960100"',
        "What have you noticed?",
        "Concerns are read by the care coordinators of Exe PCN.",
        "Save the concern",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_who_reads_it_and_when_changes_with_the_hour(world: World, clock: time_machine.Traveller) -> None:
    assert "They are at work now." in words_of(sign_in(world["carer"]).get(form(world)))
    clock.move_to(AT + timedelta(days=4, hours=10))
    page = words_of(sign_in(world["carer"]).get(form(world)))
    assert "They are next at work Mon 23 Nov 2026, 09:00. If it cannot wait until then, call NHS 111." in page


def test_nobody_to_read_is_said_before_saving(world: World) -> None:
    from homeround.ehch.alignment.actions import align_home  # noqa: PLC0415 - only here

    align_home(by=world["icb"], at=AT, code=world.code("rose"), pcn_code=None, from_on=AT.date(), agreed_with="nobody")
    page = words_of(sign_in(world["carer"]).get(form(world)))
    assert "Nobody reads concerns: no hours recorded for the manager of Rose House." in page
    assert "01632 960010" in page


def test_the_confirmation_names_person_and_room_and_leads_to_moving_it(world: World) -> None:
    client = sign_in(world["carer"])
    address = raised(world, client)
    page = client.get(f"{address}?saved=yes")
    saved = "Concern saved for Margaret Hill Room 1 Concerns are read by the care coordinators of Exe PCN."
    assert saved in words_of(page)
    assert f'href="{address}/move"' in text_of(page)


def test_yes_now_saves_at_the_tap_without_words_and_they_follow(world: World) -> None:
    client = sign_in(world["carer"])
    answer = send(client, form(world), help_now="yes", when="now")
    address = f"/concerns/{Concern.objects.get().ref}"
    assert (answer.status_code, answer["Location"]) == (303, f"{address}/calls/new?saved=yes")
    page = words_of(client.get(answer["Location"]))
    assert page.index("Call now Call 999") < page.index("Concern saved for Margaret Hill")
    assert "It has no words yet. Write what you noticed" in page
    for place in (address, f"/homes/{world.code('rose')}", f"/residents/{world.residents['margaret']}"):
        assert "No words yet" in words_of(client.get(place)), place
    assert send(client, f"{address}/words", words="").status_code == 422
    assert send(client, f"{address}/words", words="She fell in the bathroom.").status_code == 303
    for place in (address, f"/homes/{world.code('rose')}", f"/residents/{world.residents['margaret']}"):
        found = words_of(client.get(place))
        assert "She fell in the bathroom." in found, place
        assert "No words yet" not in found, place
    assert "To be phoned" in words_of(client.get(address)), "words are no phone call"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"words": WORDS}, WORDS),
        ({"words": WORDS, "when": "earlier"}, WORDS),
        ({"words": WORDS, "when": "earlier", "noticed-day": "31", "noticed-month": "2", "noticed-year": "2026"},
         f"{WORDS}\nNoticed: 31 2 2026"),
        ({"words": "x" * 4001}, ""),
    ],
)  # fmt: skip
def test_help_now_waits_for_nothing_else_on_the_form(world: World, typed: dict[str, str], kept: str) -> None:
    client = sign_in(world["carer"])
    assert send(client, form(world), help_now="yes", **typed).status_code == 303
    concern = Concern.objects.get()
    assert (concern.help_now, concern.words) == (True, kept)
    back = text_of(client.get(f"/concerns/{concern.ref}/words?kept=use"))
    assert ("x" * 4001 in back) is (kept == ""), "what could not be taken comes back where words are added"


def test_return_in_a_box_asks_for_no_help(world: World) -> None:
    """A browser presses the first button of a form on Return: that one is disabled, so nothing is sent."""
    page = text_of(sign_in(world["carer"]).get(form(world)))
    own = page[page.index(f'action="{form(world)}"') :]
    assert own.index('<button type="submit" disabled') < own.index('name="help_now"')


def test_the_numbers_are_those_of_the_hour_and_the_person(world: World, clock: time_machine.Traveller) -> None:
    def listed() -> list[str]:
        page = text_of(sign_in(world["carer"]).get(form(world)))
        return re.findall(r'href="tel:(\d+)"', page[page.index('class="hr-ring"') : page.index("</main>")])

    practice = listed()[1]
    assert listed() == ["999", practice, "01632960100", "111"]
    clock.move_to(AT + timedelta(hours=12))
    assert listed() == ["999", "111"], "the practice and the coordinators have gone home"


def test_an_urgent_one_stands_as_to_be_phoned_until_somebody_was_spoken_to(world: World) -> None:
    client = sign_in(world["carer"])
    address = raised(world, client, help_now="yes")
    page = words_of(client.get(f"{address}/calls/new?saved=yes"))
    assert page.index("Call now") < page.index("Concern saved for Margaret Hill") < page.index("Write down who you")
    called = {"called": "NHS 111"}
    assert send(client, f"{address}/calls/new", **called).status_code == 422
    send(client, f"{address}/calls/new", **called, answered="no")
    assert "Nobody has written down yet who was spoken to" in words_of(client.get(address)), "nobody answered"
    send(client, f"{address}/calls/new", **called, answered="yes", spoke_to="Nurse Kemp", words="Doctor comes")
    page = words_of(client.get(address))
    assert "Call now" not in page
    assert "Called NHS 111, spoke to Nurse Kemp Doctor comes" in page


def test_somebody_who_is_not_on_the_list_can_be_named(world: World) -> None:
    client = sign_in(world["carer"])
    address = raised(world, client, help_now="yes")
    typed = {"called": "somebody else", "answered": "yes", "spoke_to": "Pat"}
    assert send(client, f"{address}/calls/new", **typed).status_code == 422
    assert send(client, f"{address}/calls/new", **typed, other="St Jude's Hospice").status_code == 303
    assert "Called St Jude's Hospice, spoke to Pat" in words_of(client.get(address))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"words": WORDS, "when": "now"}, "Press “Yes, now” if they need help now"),
        ({"help_now": "no", "when": "now"}, "Write what you noticed."),
        ({"help_now": "no", "words": WORDS, "when": "earlier"}, "Say on which day and at what time."),
        ({"help_now": "no", "words": WORDS, "when": "earlier", "noticed-day": "17", "noticed-month": "11",
          "noticed-year": "2026", "noticed-time": "09:00"}, "has not come yet"),
        ({"help_now": "no", "words": WORDS, "when": "earlier", "noticed-day": "12", "noticed-month": "11",
          "noticed-year": "2026", "noticed-time": "09:00"}, "say that you are sure"),
        ({"help_now": "no", "words": "x" * 4001, "when": "now"}, "at most 4000"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(world: World, typed: dict[str, str], words: str) -> None:
    answer = send(sign_in(world["carer"]), form(world), **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert typed.get("words", "") in text_of(answer)
    assert not Concern.objects.exists()


def test_sent_twice_it_is_one_concern(world: World) -> None:
    client = sign_in(world["carer"])
    typed = {"help_now": "no", "words": WORDS, "when": "now", **hidden_in(client.get(form(world)), form(world))}
    assert client.post(form(world), typed).status_code == client.post(form(world), typed).status_code == 303
    assert Concern.objects.count() == 1
    other = client.post(form(world), {**typed, "words": "Something else"})
    assert other.status_code == 409
    assert WORDS in text_of(other)
    assert "Something else" in text_of(other)


def test_a_form_opened_for_one_person_cannot_be_saved_for_another(world: World) -> None:
    client = sign_in(world["carer"])
    typed = {"help_now": "no", "words": WORDS, "when": "now", **hidden_in(client.get(form(world)), form(world))}
    assert client.post(form(world, "margaret_h"), typed).status_code == 409
    assert not Concern.objects.exists()


def test_the_coordinator_marks_it_read_and_answers_it(world: World) -> None:
    address = raised(world, sign_in(world["carer"]))
    client = sign_in(world["coordinator"])
    assert "I have read this" in words_of(client.get(address))
    assert send(client, address).status_code == 303
    assert send(sign_in(world["coordinator"]), f"{address}/answer", words="").status_code == 422
    assert "Amina has read this" in words_of(sign_in(world["carer"]).get(address))
    assert send(client, f"{address}/answer", words="Priya sees her today.").status_code == 303
    page = words_of(sign_in(world["carer"]).get(address))
    assert "Amina has answered" in page
    assert "Priya sees her today." in page
    second = sign_in(world["clinician"]).get(f"{address}/answer")
    assert second.status_code == 200


def test_reading_in_the_home_does_not_count_as_read(world: World) -> None:
    address = raised(world, sign_in(world["carer"]))
    client = sign_in(world["nurse"])
    assert "I have read this" not in words_of(client.get(address))
    typed = hidden_in(client.get(f"{address}/calls/new"), f"{address}/calls/new")
    assert client.post(address, typed).status_code == 409
    assert not ReadBy.objects.exists()
    assert client.get(f"{address}/answer").status_code == 403


def test_moving_it_keeps_the_words_and_leaves_only_that_there_was_one(world: World) -> None:
    client = sign_in(world["carer"])
    address = raised(world, client)
    page = text_of(client.get(f"{address}/move"))
    assert "Margaret Hall, room 2" in page
    assert ">Margaret Hill, room 1<" not in page
    answer = send(client, f"{address}/move", to_ref=world.residents["margaret_h"], because="Like names")
    assert answer.status_code == 303
    moved = words_of(client.get(answer["Location"]))
    assert "Concern saved for Margaret Hall Room 2" in moved
    assert WORDS in moved
    first = words_of(client.get(f"/residents/{world.residents['margaret']}"))
    assert WORDS not in first
    assert "An entry was removed: it was about somebody else" in first
    assert client.get(address)["Location"] == answer["Location"].partition("?")[0]


def test_a_person_of_another_home_cannot_be_chosen(world: World) -> None:
    client = sign_in(world["carer"])
    address = raised(world, client)
    answer = send(client, f"{address}/move", to_ref=world.residents["joan"], because="x")
    assert answer.status_code == 422
    assert Concern.objects.get().resident.ref == world.residents["margaret"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("agency", 200), ("nurse", 200), ("coordinator", 200), ("clinician", 200), ("gp", 403), ("community", 403),
     ("clerk", 403), ("ivy_carer", 404), ("outside_gp", 404), ("exe_manager", 404)],
)  # fmt: skip
def test_who_may_raise_one(world: World, who: str, status: int) -> None:
    assert sign_in(world[who]).get(form(world)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [("gp", 200), ("clerk", 403), ("community", 200), ("ivy_nurse", 404), ("outside_gp", 404)]
)
def test_who_may_read_one(world: World, who: str, status: int) -> None:
    address = raised(world, sign_in(world["carer"]))
    assert sign_in(world[who]).get(address).status_code == status


def test_the_pages_cost_the_same_at_any_size(world: World) -> None:
    client = sign_in(world["carer"])
    address = raised(world, client)
    pages = (form(world), address, f"{address}/move")
    few = [len(cost(client, page)) for page in pages]
    fill(world, 195)
    assert [len(cost(client, page)) for page in pages] == few


def test_the_review_of_a_round_answers_by_what_applies_now_and_copies_nothing(world: World) -> None:
    """H27: the decision goes into dispute after the answer; the carer reads what applies, not what was decided then."""
    address = raised(world, sign_in(world["carer"]))
    concern = Concern.objects.get()
    held = open_round(
        by=world["clinician"], at=AT, code=world.code("rose"), mode="in_person",
        home_representative="Nell Nurse", medical_input="Dr Hart",
    )  # fmt: skip
    decision = Deciding(
        "medicine", "Half the dose", in_force_from_on=AT.date(), because="Sleepy", replaces=NEW, before="The full dose"
    )
    review = Reviewing("in_person", "medicine_changed", decision=decision, answers=(concern.ref,))
    record_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"], review=review)
    page = words_of(sign_in(world["carer"]).get(address))
    assert "Seen on the round" in page
    assert "Half the dose" in page
    ask = Ask.objects.get()
    reply_to_decision(
        by=world["gp_colleague"],
        at=AT,
        ref=ask.ref,
        kind="do_not_adopt",
        words="No.",
        meanwhile="The full dose as before",
    )
    page = words_of(sign_in(world["carer"]).get(address))
    assert "The full dose as before" in page
    assert "Half the dose" not in page


def test_what_was_typed_for_somebody_is_no_answer_of_theirs_with_a_tick(world: World) -> None:
    ref, held = worry(world), begin(world)
    review = Reviewing("in_person", "no_change", answers=(ref,))
    record_review(
        by=world["coordinator"], at=AT, ref=held, person=world.residents["margaret"], review=review,
        for_whom=world["clinician"].membership_id,
    )  # fmt: skip
    address = reverse("concern", args=[ref])
    for who in ("carer", "nurse", "clinician"):
        page = words_of(sign_in(world[who]).get(address))
        assert "Answered for Priya, typed by Amina" in page
        assert "Not confirmed by Priya Shah yet" in page
        assert "✓" not in page
    confirm = reverse("review_confirming", args=[held, world.residents["margaret"]])
    assert f"Answers the concern {WORRY}" in words_of(sign_in(world["clinician"]).get(confirm))
    confirm_review(by=world["clinician"], at=AT, ref=held, person=world.residents["margaret"])
    assert "Not confirmed" not in words_of(sign_in(world["nurse"]).get(address))


def test_help_that_was_called_heads_its_page_until_the_pcn_has_answered(world: World) -> None:
    """A call is no answer: the concern does not turn into an ordinary one (REQ-87)."""
    ref = raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Cannot wake", help_now=True)
    address, person = reverse("concern", args=[ref]), f"/residents/{world.residents['margaret']}"
    record_call(by=world["carer"], at=AT, ref=ref, service="NHS 111", spoke_to="Ana", words="")
    for page in (address, person):
        assert "Help was called: not read yet" in words_of(sign_in(world["nurse"]).get(page))
    mark_read(by=world["coordinator"], at=AT, ref=ref)
    for page in (address, person):
        assert "Help was called: Amina has read this, no answer yet" in words_of(sign_in(world["nurse"]).get(page))


def test_an_answer_without_a_call_says_that_nobody_wrote_one_down(world: World) -> None:
    ref = raise_concern(by=world["carer"], at=AT, ref=world.residents["margaret"], words="Cannot wake", help_now=True)
    answer_concern(by=world["clinician"], at=AT, ref=ref, words="I was with her.")
    said = "Help was asked for. Nobody wrote down who was called."
    assert said in words_of(sign_in(world["carer"]).get(reverse("concern", args=[ref])))


def test_what_happened_says_that_words_were_added_since_somebody_read_it(world: World) -> None:
    concern = worry(world)
    mark_read(by=world["coordinator"], at=AT, ref=concern)
    add_words(by=world["carer"], at=AT, ref=concern, words="Now very hot.")
    page = words_of(sign_in(world["nurse"]).get(f"/residents/{world.residents['margaret']}"))
    assert page.lower().count("added to since amina read it: not read yet") == 2
    assert "Concern, not read yet" not in page


def test_an_answer_about_somebody_else_is_said_not_to_be_done(world: World, clock: time_machine.Traveller) -> None:
    """For two weeks, to everybody who may have begun it, where they look for what to do (H1, H34)."""
    client = sign_in(world["carer"])
    concern = raised(world, client)
    ref = concern.rsplit("/", maxsplit=1)[-1]
    answer_concern(by=world["clinician"], at=AT, ref=ref, words="Stop her insulin tonight.")
    move_concern(by=world["carer"], at=AT, ref=ref, to_ref=world.residents["albert"], because="a slip")
    said = "Do not do this, it was an answer about somebody else: “Stop her insulin tonight.”"
    hers, home = f"/residents/{world.residents['margaret']}", f"/homes/{world.code('rose')}"
    for who in ("carer", "nurse"):
        assert said in words_of(sign_in(world[who]).get(hers))
        assert said in words_of(sign_in(world[who]).get(home))
    assert said not in words_of(client.get(f"/residents/{world.residents['albert']}"))
    clock.move_to(AT + timedelta(days=15))
    assert said not in words_of(sign_in(world["nurse"], at=AT + timedelta(days=15)).get(hers))
