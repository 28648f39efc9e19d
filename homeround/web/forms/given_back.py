"""What somebody typed into a form that cannot be taken any more, on the page that says so: the person it is about died,
the home is another PCN's now, the round was closed. Their own words are theirs to copy. Hazard H39.

The form itself is gone for them, so a text that is only kept could never be read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from homeround.kernel.record.sent import led_to_just_now
from homeround.web.forms.drafts import KeptText, keep_what_was_sent, kept_for
from homeround.web.forms.fields import Text
from homeround.web.forms.form import Form
from homeround.web.session.sign_in_state import sign_in_state_of


@dataclass(frozen=True)
class GivenBack:
    """The words of one opened form, field by field, when they were kept and until when (UTC)."""

    words: tuple[tuple[str, str], ...]
    saved_at: datetime
    ends_at: datetime


def given_back(request: HttpRequest, *, to_its_page: bool = False) -> list[GivenBack]:
    """What was just sent to this address and cannot be taken is kept, and given back with what was kept of it before,
    the newest first. Only to its author, in the same capacity, while signed in and not locked.

    `to_its_page`: only of a form that was sent to its own address.
    """
    standing = sign_in_state_of(request)
    at: datetime = request.at  # type: ignore[attr-defined]
    keep_what_was_sent(request, at=at, to_its_page=to_its_page)
    if standing.viewer is None or standing.locked:
        return []
    found = [_words(kept) for kept in kept_for(standing.viewer, form=request.path, at=at)]
    return [text for text in found if text.words]


def saved_just_now(request: HttpRequest) -> bool:
    """Whether this address is where a form of this member led to that was saved a moment ago: what they did has changed
    who sees it, and "nothing was changed" would be untrue.
    """
    standing = sign_in_state_of(request)
    if request.method == "POST" or standing.viewer is None:
        return False
    at: datetime = request.at  # type: ignore[attr-defined]
    return led_to_just_now(membership_id=standing.viewer.membership_id, address=request.get_full_path(), at=at)


def _words(kept: KeptText) -> GivenBack:
    labels = {name: field.label for form in _forms() for name, field in form.fields.items() if isinstance(field, Text)}
    words = (
        (labels[name], text.strip())
        for name, texts in kept.typed.items()
        if name in labels
        for text in texts
        if text.strip()
    )
    return GivenBack(tuple(words), kept.saved_at, kept.ends_at)


def _forms(of: type[Form] = Form) -> Iterator[type[Form]]:
    for form in of.__subclasses__():
        yield form
        yield from _forms(form)
