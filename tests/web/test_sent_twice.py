"""A form sent twice does the thing once; other content under one token is shown, not swallowed (H35)."""

import pytest
from pytest_django import Settings

from homeround.accounts.models import Membership
from homeround.kernel.models import Draft
from homeround.kernel.record.sent import Sending
from homeround.web.session.sign_in_state import LOCKED_AT
from tests.web.conftest import People
from tests.web.forms import hidden
from tests.web.signing_in import sign_in

GRANT = "/tests/grant"


@pytest.fixture(autouse=True)
def _with_the_page(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.granting"


def test_sent_twice_is_done_once_with_the_same_answer(people: People) -> None:
    client = sign_in(people.maud)
    form = hidden(client.get(GRANT)) | {"who": "none", "role": "carer"}
    first = client.post(GRANT, form)
    again = client.post(GRANT, form)
    assert first.status_code == again.status_code == 303
    assert first["Location"] == again["Location"]
    assert Membership.objects.filter(user_id=people.nobody_yet).count() == 1


def test_other_words_under_the_token_are_shown_and_may_be_sent_anew(people: People) -> None:
    client = sign_in(people.maud)
    form = hidden(client.get(GRANT)) | {"who": "none", "role": "carer"}
    client.post(GRANT, form)
    other = client.post(GRANT, form | {"role": "home_nurse"})
    page = other.content.decode()
    assert other.status_code == 409
    assert "<dt>User name</dt><dd>none</dd>" in page
    assert "<dt>Role</dt><dd>Carer</dd>" in page
    anew = client.post(GRANT, hidden(other) | {"who": "none", "role": "home_nurse"})
    assert anew.status_code == 303
    assert Membership.objects.filter(user_id=people.nobody_yet).count() == 2


def test_what_the_action_refuses_stands_at_its_field(people: People) -> None:
    client = sign_in(people.maud)
    answer = client.post(GRANT, hidden(client.get(GRANT)) | {"who": "nobody-at-all", "role": "carer"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#who">' in page
    assert 'value="nobody-at-all"' in page


def test_nobody_grants_to_themselves(people: People) -> None:
    client = sign_in(people.maud)
    answer = client.post(GRANT, hidden(client.get(GRANT)) | {"who": "maud", "role": "carer"})
    assert answer.status_code == 403
    assert "Nobody can give a role to themselves" in answer.content.decode()


def test_sent_again_with_a_locked_screen_it_is_not_kept_to_be_sent_a_third_time(people: People) -> None:
    client = sign_in(people.maud)
    form = hidden(client.get(GRANT)) | {"who": "none", "role": "carer"}
    assert client.post(GRANT, form)["Location"]
    session = client.session
    session[LOCKED_AT] = 1
    session.save()
    assert "/lock" in client.post(GRANT, form)["Location"]
    assert not Draft.objects.exists()
    client.post(GRANT, form | {"who": "other words"})
    assert Draft.objects.exists(), "other words are kept"


def test_what_was_saved_is_remembered_with_its_answer_or_not_at_all(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine stops between what was done and what was answered."""
    client = sign_in(people.maud)
    form = hidden(client.get(GRANT)) | {"who": "none", "role": "carer"}

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Sending, "led_to", stops)
        with pytest.raises(KeyboardInterrupt):
            client.post(GRANT, form)
    assert not Membership.objects.filter(user_id=people.nobody_yet).exists()
    assert client.post(GRANT, form).status_code == 303
