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
from homeround.kernel.record.sent import first_answer
from homeround.kernel.record.words import writable
from homeround.web.forms.signature import NOT_TYPED, Signature, new_token, signature_in, token_in

LONGEST: Final = 200_000
"""Characters of one form that are kept; more than anybody types."""

Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class KeptText:
    """What was kept for its author on one form, and when."""

    number: int
    token: str
    typed: Typed
    saved_at: datetime
    ends_at: datetime


def keep(sent: QueryDict, *, signature: Signature, at: datetime, token: str = "") -> datetime | None:
    """Keep what was typed into a form for the one whose form it is, under the form's token; returns until when.

    None when there is nothing worth keeping, or more than anybody types.
    """
    typed = typed_in(sent)
    if not any(value.strip() for values in typed.values() for value in values):
        return None
    if sum(len(value) for values in typed.values() for value in values) > LONGEST:
        return None
    return drafts.keep(
        membership_id=signature.membership_id,
        form=signature.form,
        token=token or token_in(sent) or new_token(),
        content=typed,
        at=at,
    )


def keep_what_was_sent(request: HttpRequest, *, at: datetime, to_its_page: bool = False) -> Signature | None:
    """Keep the text of a form that cannot be taken now; the signature says whose it is. None when nothing was kept:
    also when this very form was done before, so that nobody sends its text a second time.

    `to_its_page`: only of a form that was sent to its own address.
    """
    signature = signature_in(request.POST) if request.method == "POST" else None
    if to_its_page and signature is not None and signature.form != request.path:
        return None
    if signature is None or _was_done(request.POST, signature):
        return None
    return signature if keep(request.POST, signature=signature, at=at) is not None else None


def _was_done(sent: QueryDict, signature: Signature) -> bool:
    first = first_answer(
        membership_id=signature.membership_id, form=signature.form, token=token_in(sent), typed=typed_in(sent)
    )
    return first is not None


def kept_for(viewer: Viewer, *, form: str, at: datetime) -> list[KeptText]:
    """What this viewer left unsaved on a form, the newest first: one for each time it was opened."""
    return [
        KeptText(found.number, found.token, found.content, found.saved_at, found.ends_at)
        for found in drafts.kept(membership_id=viewer.membership_id, form=form, at=at)
    ]


def forget(viewer: Viewer, *, form: str, token: str) -> None:
    """Drop what was kept of an opened form: it has been saved, or its author does not want it."""
    drafts.discard(membership_id=viewer.membership_id, form=form, token=token)


def typed_in(sent: QueryDict) -> dict[str, list[str]]:
    """What a person typed, without what the page put there for itself, and only what can be written down."""
    return {
        writable(name): [writable(str(value)) for value in values]
        for name, values in sent.lists()
        if name not in NOT_TYPED
    }
