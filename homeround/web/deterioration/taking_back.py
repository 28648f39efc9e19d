"""Ways back on a page of their own, each with its reason: a concern raised, removed or answered in error, and a call
recorded in error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import reverse

from homeround.ehch.deterioration.access import ConcernInSight, see_call, see_concern
from homeround.ehch.deterioration.actions import put_back_concern, remove_call, remove_concern, reopen_concern
from homeround.ehch.deterioration.queries import concern_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.forms import Form, LongText, answer
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class RemoveForm(Form):
    """Why it is removed."""

    because = LongText("Why is it removed?", needed="Say why this is removed.", most=300, rows=2)


class PutBackForm(Form):
    """Why it stands after all."""

    because = LongText("Why is it put back?", needed="Say why it is put back.", most=300, rows=2)


class ReopenForm(Form):
    """Why it is not answered after all."""

    because = LongText("Why is it not answered after all?", needed="Say why.", most=300, rows=2)


@dataclass(frozen=True)
class TakingBack:
    """What a page says that takes something back: its heading, what will be so afterwards, its button."""

    heading: str
    afterwards: str
    button: str


REMOVE = TakingBack(
    "Remove a concern that was raised in error",
    "It will be open for nobody. It stays on the record, marked as removed, with your name and the reason. If it is "
    "about somebody else, move it instead.",
    "Remove the concern",
)
PUT_BACK = TakingBack(
    "Put a removed concern back",
    "It stands again as it did: since when it was raised, with the calls and who has read it. That it was removed, and "
    "why, stays on the record.",
    "Put the concern back",
)
REOPEN = TakingBack(
    "Open the concern again",
    "It waits for an answer again, since it was raised. The answer stays on the record, marked as taken back, with "
    "your name and the reason.",
    "Open it again",
)
REMOVE_CALL = TakingBack(
    "Remove a call that was recorded in error",
    "If help was needed and nobody else was spoken to, somebody has to be phoned again. The call stays on the record, "
    "marked as removed, with your name and the reason.",
    "Remove the call",
)


def concern_remove(request: PageRequest, ref: str) -> HttpResponseBase:
    """Say that a concern was raised in error."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_stand()
    seen.must_remove()
    form = RemoveForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def act() -> None:
        remove_concern(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, because=form.because)

    return _answer(request, form, seen, REMOVE, act)


def concern_put_back(request: PageRequest, ref: str) -> HttpResponseBase:
    """Say that a concern was removed by mistake."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_remove()
    form = PutBackForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def act() -> None:
        put_back_concern(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, because=form.because)

    return _answer(request, form, seen, PUT_BACK, act)


def concern_reopen(request: PageRequest, ref: str) -> HttpResponseBase:
    """Say that a concern was answered in error."""
    seen = see_concern(viewer=request.viewer, ref=ref, at=request.at)
    seen.must_stand()
    seen.must_answer()
    form = ReopenForm(request, subject=seen.ref, back=reverse("concern", args=[seen.ref]))

    def act() -> None:
        reopen_concern(by=request.viewer, at=request.at, token=form.token, ref=seen.ref, because=form.because)

    return _answer(request, form, seen, REOPEN, act)


def call_remove(request: PageRequest, ref: str, call: str) -> HttpResponseBase:
    """Say that a call was recorded in error."""
    found = see_call(viewer=request.viewer, ref=ref, call=call, at=request.at)
    found.concern.must_stand()
    found.must_remove()
    form = RemoveForm(request, subject=found.ref, back=reverse("concern", args=[found.concern.ref]))

    def act() -> None:
        remove_call(
            by=request.viewer,
            at=request.at,
            token=form.token,
            ref=found.concern.ref,
            call=found.ref,
            because=form.because,
        )

    return _answer(request, form, found.concern, REMOVE_CALL, act, call=found.ref)


def _answer(
    request: PageRequest, form: Form, seen: ConcernInSight, what: TakingBack, act: Callable[[], None], *, call: str = ""
) -> HttpResponseBase:
    def save() -> str:
        act()
        return reverse("concern", args=[seen.ref])

    def context() -> dict[str, object]:
        page = concern_page(seen)
        return {
            "who": banner(banner_of(seen.person), request.at),
            "page": page,
            "call": next((call_made for call_made in page.calls if call_made.ref == call), None),
            "what": what,
        }

    return answer(request, form, save, "deterioration/taking_back.jinja", context)
