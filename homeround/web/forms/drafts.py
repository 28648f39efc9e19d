"""What somebody typed that is not saved yet: kept by the server for its author alone, given back on the same form.
Hazard H39.

Whose it is comes from the form's signature, so it also works for a form sent while locked, after a capacity ended,
or signed out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, QueryDict

from homeround.accounts.viewer import Viewer
from homeround.kernel.record import drafts
from homeround.web.forms.signature import NOT_TYPED, Signature, signature_in

LONGEST: Final = 200_000
"""Characters of one form that are kept; more than anybody types."""

Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class KeptText:
    """What was kept for its author on one form, and when."""

    typed: Typed
    saved_at: datetime


def keep(sent: QueryDict, *, signature: Signature, at: datetime) -> bool:
    """Keep what was typed into a form for the one whose form it is; False when there is nothing worth keeping."""
    typed = typed_in(sent)
    if not any(value.strip() for values in typed.values() for value in values):
        return False
    if sum(len(value) for values in typed.values() for value in values) > LONGEST:
        return False
    drafts.keep(membership_id=signature.membership_id, form=signature.form, content=dict(typed), at=at)
    return True


def keep_what_was_sent(request: HttpRequest, *, at: datetime, to_its_page: bool = False) -> Signature | None:
    """Keep the text of a form that cannot be taken now; the signature says whose it is. None when nothing was kept.

    `to_its_page`: only of a form that was sent to its own address.
    """
    signature = signature_in(request.POST) if request.method == "POST" else None
    if to_its_page and signature is not None and signature.form != request.path:
        return None
    return signature if signature is not None and keep(request.POST, signature=signature, at=at) else None


def kept_for(viewer: Viewer, *, form: str, at: datetime) -> KeptText | None:
    """What this viewer left unsaved on a form, if anything."""
    found = drafts.kept(membership_id=viewer.membership_id, form=form, at=at)
    return None if found is None else KeptText(typed=found.content, saved_at=found.saved_at)


def forget(viewer: Viewer, *, form: str) -> None:
    """Drop what was kept: it has been saved, or its author does not want it."""
    drafts.discard(membership_id=viewer.membership_id, form=form)


def typed_in(sent: QueryDict) -> dict[str, list[str]]:
    """What a person typed, without what the page put there for itself."""
    return {name: [str(value) for value in values] for name, values in sent.lists() if name not in NOT_TYPED}
