"""What is typed and not sent is kept for its author alone, until it ends. H39."""

from datetime import timedelta

import pytest

from homeround.kernel.models import Draft
from homeround.kernel.policy import DRAFT_KEPT
from homeround.kernel.record import drafts
from tests.kernel.somebody import AT

pytestmark = pytest.mark.django_db

FORM = "/residents/000000000000000A/concerns/new"


def keep(words: str, opened: str = "one-opened-form", *, after: timedelta = timedelta(0)) -> None:
    drafts.keep(membership_id=11, form=FORM, token=opened, content={"words": [words]}, at=AT + after)


def test_the_last_typed_is_kept_for_its_author_alone() -> None:
    keep("did not")
    keep("did not eat", after=timedelta(seconds=5))
    (draft,) = drafts.kept(membership_id=11, form=FORM, at=AT + timedelta(minutes=1))
    assert (draft.content, draft.saved_at) == ({"words": ["did not eat"]}, AT + timedelta(seconds=5))
    assert draft.ends_at == AT + timedelta(seconds=5) + DRAFT_KEPT
    assert drafts.kept(membership_id=12, form=FORM, at=AT) == []
    assert drafts.kept(membership_id=11, form=f"{FORM}/other", at=AT) == []


def test_two_tabs_keep_two_drafts_and_sending_one_leaves_the_other() -> None:
    keep("Tabone", "first-tab")
    keep("Tabtwo", "second-tab", after=timedelta(seconds=1))
    found = drafts.kept(membership_id=11, form=FORM, at=AT)
    assert [(draft.token, draft.content["words"]) for draft in found] == [
        ("second-tab", ["Tabtwo"]),
        ("first-tab", ["Tabone"]),
    ]
    drafts.discard(membership_id=11, form=FORM, token="second-tab")
    assert [draft.token for draft in drafts.kept(membership_id=11, form=FORM, at=AT)] == ["first-tab"]


def test_of_many_drafts_of_one_form_the_newest_are_kept() -> None:
    for number in range(drafts.AT_MOST + 2):
        keep(str(number), f"tab-number-{number}", after=timedelta(seconds=number))
    assert len(drafts.kept(membership_id=11, form=FORM, at=AT)) == drafts.AT_MOST
    assert drafts.kept(membership_id=11, form=FORM, at=AT)[0].content == {"words": [str(drafts.AT_MOST + 1)]}


def test_a_draft_ends() -> None:
    keep("did not eat")
    assert drafts.kept(membership_id=11, form=FORM, at=AT + DRAFT_KEPT) == []
    assert drafts.discard_ended(AT + DRAFT_KEPT - timedelta(seconds=1)) == 0
    assert drafts.discard_ended(AT + DRAFT_KEPT) == 1
    assert not Draft.objects.exists()
