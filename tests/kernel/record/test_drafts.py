"""What is typed and not sent is kept for its author alone, until it ends. H39."""

from datetime import timedelta

import pytest

from homeround.kernel.models import Draft
from homeround.kernel.policy import DRAFT_KEPT
from homeround.kernel.record import drafts
from tests.kernel.somebody import AT

pytestmark = pytest.mark.django_db

FORM = "/residents/000000000000000A/concerns/new"


def test_the_last_typed_is_kept_for_its_author_alone() -> None:
    drafts.keep(membership_id=11, form=FORM, content={"words": ["did not"]}, at=AT)
    drafts.keep(membership_id=11, form=FORM, content={"words": ["did not eat"]}, at=AT + timedelta(seconds=5))
    draft = drafts.kept(membership_id=11, form=FORM, at=AT + timedelta(minutes=1))
    assert draft is not None
    assert (draft.content, draft.saved_at) == ({"words": ["did not eat"]}, AT + timedelta(seconds=5))
    assert drafts.kept(membership_id=12, form=FORM, at=AT) is None
    assert drafts.kept(membership_id=11, form=f"{FORM}/other", at=AT) is None


def test_a_draft_that_was_sent_is_gone() -> None:
    drafts.keep(membership_id=11, form=FORM, content={"words": ["did not eat"]}, at=AT)
    drafts.discard(membership_id=11, form=FORM)
    assert drafts.kept(membership_id=11, form=FORM, at=AT) is None


def test_a_draft_ends() -> None:
    drafts.keep(membership_id=11, form=FORM, content={"words": ["did not eat"]}, at=AT)
    assert drafts.kept(membership_id=11, form=FORM, at=AT + DRAFT_KEPT) is None
    assert drafts.discard_ended(AT + DRAFT_KEPT - timedelta(seconds=1)) == 0
    assert drafts.discard_ended(AT + DRAFT_KEPT) == 1
    assert not Draft.objects.exists()
