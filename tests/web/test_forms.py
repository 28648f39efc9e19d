"""The form of every page: it belongs to one person, capacity and subject (H38), and loses nothing that was typed."""

import re
from datetime import timedelta

import pytest
import time_machine

from homeround.kernel.models import Draft
from tests.web.conftest import People
from tests.web.forms import FORM, hidden, sent, typed_words
from tests.web.signing_in import sign_in


def test_a_good_form_is_saved_and_read_with_get(people: People) -> None:
    client = sign_in(people.cora)
    answer = client.post(FORM, sent(client))
    assert (answer.status_code, answer["Location"]) == (303, "/demo/patterns#saved")


def test_a_form_sent_by_the_pages_script_is_told_where_to_go(people: People) -> None:
    client = sign_in(people.cora)
    answer = client.post(FORM, sent(client), headers={"X-Asked-By": "form"})
    assert (answer.status_code, answer["X-Go-To"]) == (204, "/demo/patterns#saved")


def test_a_form_of_one_cannot_be_saved_by_another(people: People) -> None:
    form = sent(sign_in(people.cora), words="Cora wrote this.")
    maud = sign_in(people.maud)
    answer = maud.post(FORM, form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was saved" in page
    assert "cannot be saved in your name" in page
    assert "Cora wrote this." not in page
    assert typed_words(maud.get(f"{FORM}?kept=use")) == ""
    assert typed_words(sign_in(people.cora).get(f"{FORM}?kept=use")) == "Cora wrote this."


def test_a_form_of_one_capacity_cannot_be_saved_in_another(people: People) -> None:
    form = sent(sign_in(people.amina), words="As coordinator.")
    client = sign_in(people.amina_manager)
    answer = client.post(FORM, form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You opened this form as <strong>care coordinator, Exe Example PCN</strong>" in page
    back = client.post("/capacity", {"membership": people.amina.membership_id, "next": f"{FORM}?kept=use"})
    assert typed_words(client.get(back["Location"])) == "As coordinator."


def test_a_form_about_one_subject_cannot_be_sent_to_another_page(people: People) -> None:
    client = sign_in(people.cora)
    form = sent(client)
    form["signature"] = form["signature"][:-2] + "xx"
    answer = client.post(FORM, form)
    assert answer.status_code == 409
    assert "Nothing was saved" in answer.content.decode()


def test_what_is_wrong_stands_on_top_and_at_its_field_and_nothing_is_lost(people: People) -> None:
    client = sign_in(people.cora)
    answer = client.post(FORM, sent(client, words="Only this.", help_now="", **{"review_on-day": "31"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: A form" in page
    assert '<a href="#help_now">' in page
    assert '<a href="#review_on-day">' in page
    assert page.count("Say whether they need help now.") == 2
    assert "There is no such day." in page
    assert typed_words(answer) == "Only this."
    assert 'value="31"' in page


def test_a_refused_form_is_kept_too(people: People) -> None:
    client = sign_in(people.cora)
    client.post(FORM, sent(client, words="Refused, not lost.", help_now=""))
    assert typed_words(client.get(f"{FORM}?kept=use")) == "Refused, not lost."


def test_a_field_that_an_answer_opens_is_asked_only_then(people: People) -> None:
    client = sign_in(people.cora)
    assert client.post(FORM, sent(client)).status_code == 303
    opened = client.post(FORM, sent(client, help_now="other"))
    assert "Say what else." in opened.content.decode()


def test_an_answer_that_was_not_offered_is_refused(people: People) -> None:
    client = sign_in(people.cora)
    assert "Choose one of the answers" in client.post(FORM, sent(client, reader="anybody")).content.decode()


def test_what_an_action_asks_about_is_asked_on_the_page(people: People) -> None:
    client = sign_in(people.cora)
    form = sent(client, words="It was yesterday.")
    answer = client.post(FORM, form)
    assert "I am sure about the day" in answer.content.decode()
    assert client.post(FORM, form | {"sure": "yes"}).status_code == 303


def test_what_was_changed_meanwhile_stands_beside_what_was_typed(people: People) -> None:
    client = sign_in(people.cora)
    answer = client.post(FORM, sent(client, words="I changed this."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "She ate nothing at lunch." in page
    assert "Saved by Sam Carer, Mon 16 Nov 2026, 09:57" in page
    assert typed_words(answer) == "I changed this."


def test_other_words_under_one_token_are_shown_beside_the_first(people: People) -> None:
    client = sign_in(people.cora)
    form = sent(client, words="Said before.")
    answer = client.post(FORM, form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "She ate little at lunch." in page
    assert "<dd>Today</dd>" in page
    assert typed_words(answer) == "Said before."
    assert form["token"] not in page, "sent again, it is a new sending"


def test_a_draft_is_offered_used_and_dropped(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    form = sent(client, words="Half a thought")
    assert client.post("/drafts", form).json() == {"kept_at": "10:00", "until": "Mon 23 Nov 2026"}
    clock.shift(timedelta(minutes=2))
    page = client.get(FORM)
    assert "We kept what you wrote here at 10:00, Mon 16 Nov 2026" in page.content.decode()
    assert typed_words(page) == ""
    assert "is kept until Mon 23 Nov 2026" in " ".join(page.content.decode().split())
    assert typed_words(client.get(f"{FORM}?kept=use")) == "Half a thought"
    kept = re.findall(r'name="draft" value="(\d+)"', page.content.decode())
    assert client.post("/drafts/discard", hidden(page) | {"draft": kept[0]})["Location"] == FORM
    assert "We kept" not in client.get(FORM).content.decode()


def test_two_tabs_of_one_form_keep_both_texts(people: People, clock: time_machine.Traveller) -> None:
    client = sign_in(people.cora)
    tabs = [sent(client, words="Tabone"), sent(client, words="Tabtwo")]
    for tab in tabs:
        client.post("/drafts", tab)
        clock.shift(timedelta(minutes=1))
    page = client.get(FORM)
    kept = re.findall(r'href="\?kept=(\d+)"', page.content.decode())
    assert [typed_words(client.get(f"{FORM}?kept={number}")) for number in kept] == ["Tabtwo", "Tabone"]
    assert client.post(FORM, tabs[0]).status_code == 303
    (left,) = re.findall(r'href="\?kept=(\d+)"', client.get(FORM).content.decode())
    assert typed_words(client.get(f"{FORM}?kept={left}")) == "Tabtwo"


def test_a_text_that_was_put_back_is_that_opened_form_again(people: People) -> None:
    client = sign_in(people.cora)
    client.post("/drafts", sent(client, words="Half a thought"))
    again = sent(client, f"{FORM}?kept=use", words="A whole thought")
    assert client.post(FORM, again).status_code == 303
    assert not Draft.objects.exists()


def test_a_text_that_meets_another_version_is_kept_once(people: People) -> None:
    client = sign_in(people.cora)
    form = sent(client, words="I changed this.")
    client.post("/drafts", form)
    assert client.post(FORM, form).status_code == 409
    assert Draft.objects.get().content["words"] == ["I changed this."]


def test_saving_ends_the_draft(people: People) -> None:
    client = sign_in(people.cora)
    form = sent(client)
    client.post("/drafts", form)
    client.post(FORM, form)
    assert not Draft.objects.exists()


def test_a_draft_holds_no_password_and_nothing_hidden(people: People) -> None:
    client = sign_in(people.cora)
    client.post("/drafts", sent(client) | {"password": "secret"})
    assert not {"password", "signature", "token", "csrfmiddlewaretoken"} & set(Draft.objects.get().content)


def test_a_draft_of_somebody_else_is_refused(people: People) -> None:
    form = sent(sign_in(people.cora))
    assert sign_in(people.maud).post("/drafts", form).status_code == 409
    assert sign_in(people.maud).post("/drafts/discard", form).status_code == 404
    assert not Draft.objects.exists()


def test_text_of_a_person_is_never_markup(people: People) -> None:
    client = sign_in(people.cora)
    answer = client.post(FORM, sent(client, words="</textarea><script>alert(1)</script>", help_now=""))
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("method", ["put", "delete"])
def test_unusual_methods_change_nothing(people: People, method: str) -> None:
    answer = getattr(sign_in(people.cora), method)("/my-rights")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
    assert "This page does not take that" in answer.content.decode()
