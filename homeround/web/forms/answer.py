"""The one way in which a form page answers: shows the form, or saves what was sent, or shows it again with what is
wrong.

A view opens its door, makes its form and calls `answer(request, form, save, template, context)`. `save` makes one
action call and gives the address to go to. Whatever the action refuses, nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from homeround.kernel.record.sent import first_answer, sending
from homeround.kernel.refusals import ChangedMeanwhile, Invalid, SaidOtherwise
from homeround.web.forms import drafts
from homeround.web.forms.drafts import typed_in
from homeround.web.forms.form import KEPT, Form
from homeround.web.forms.signature import signature_in, token_in
from homeround.web.jinja import TOLD, clock
from homeround.web.requests import PageRequest

Context = Mapping[str, object] | Callable[[], Mapping[str, object]]


@dataclass(frozen=True)
class StandsNow:
    """What is kept already, to be compared with what was typed: by whom and when, field by field."""

    heading: str
    words: str
    by: str
    at: datetime | None
    rows: list[tuple[str, str]]


class SeeOther(HttpResponseRedirect):
    """Go and read the result with GET."""

    status_code = 303


def answer(
    request: PageRequest, form: Form, save: Callable[[], str], template: str, context: Context | None = None
) -> HttpResponseBase:
    """Show `template` with `form`, or save what was sent and go to the address that `save` gives."""
    if not form.is_sent:
        return _opened(request, form, template, context)
    if not form.belongs:
        return opened_elsewhere(request, back=form.back)
    if form.is_overtaken:
        return _overtaken(request, form, template, context)
    if not form.read():
        _keep(request, form)
        return _again(request, form, template, context, status=422)
    try:
        where = done_once(form, save)
    except Invalid as refusal:
        form.refuse(refusal)
        _keep(request, form)
        return _again(request, form, template, context, status=422)
    except ChangedMeanwhile as refusal:
        stands = StandsNow(
            heading=f"{refusal.what} was changed while you were writing",
            words=refusal.then,
            by=refusal.by,
            at=refusal.at,
            rows=form.in_words(refusal.stands),
        )
        form.renew()
        _keep(request, form)
        return _again(request, form, template, context, status=409, stands=stands)
    except SaidOtherwise as refusal:
        stands = StandsNow(
            heading="You have already sent this form, with other words",
            words="What you sent first is saved. If what you wrote now is new, save it as well; "
            "if it is not, leave this page.",
            by="you",
            at=None,
            rows=form.in_words(refusal.first),
        )
        form.renew()
        _keep(request, form)
        return _again(request, form, template, context, status=409, stands=stands)
    if form.drafted:
        drafts.forget(request.viewer, form=request.path, token=form.token)
    return SeeOther(where)


def _overtaken(request: PageRequest, form: Form, template: str, context: Context | None) -> HttpResponse:
    stands = StandsNow(
        heading="Something has changed since you opened this page. Nothing is saved",
        words="The page shows it as it is now, and what you wrote is still here. If it still holds, press again.",
        by="",
        at=None,
        rows=form.in_words({name: str(value) for name, value in form.rests_on.items()}),
    )
    form.renew()
    _keep(request, form)
    return _again(request, form, template, context, status=409, stands=stands)


def done_once(form: Form, save: Callable[[], str]) -> str:
    """Save, and remember where it led in the same transaction: the same form sent again is led there too (sent.py)."""
    with sending(form=form.request.path, token=form.token, typed=form.typed) as one:
        where = save()
        one.led_to(where)
    return where


def answered_before(request: PageRequest) -> HttpResponse | None:
    """The first answer of a form that is sent again with the same content, whatever its door says now; else None."""
    token, signature = token_in(request.POST), signature_in(request.POST)
    if not token or signature is None or not signature.is_of(request.viewer):
        return None
    first = first_answer(
        membership_id=request.viewer.membership_id, form=request.path, token=token, typed=typed_in(request.POST)
    )
    if first is None:
        return None
    messages.success(request, f"Saved at {clock(first.done_at)}. It was sent twice and is saved once.", TOLD)
    return SeeOther(first.address or reverse("first_page"))


def opened_elsewhere(request: PageRequest, *, back: str = "") -> HttpResponse:
    """Say that a form was opened by somebody else or in another capacity: nothing was saved, the text is kept for its
    author.
    """
    signature = signature_in(request.POST)
    kept = drafts.keep_what_was_sent(request, at=request.at) is not None
    viewer = request.viewer
    own = signature is not None and signature.user_id == viewer.user_id
    here = signature is not None and signature.is_of(viewer)
    words = {
        "own": own,
        "here": here,
        "capacity": signature.capacity if own and signature is not None else "",
        "membership_id": signature.membership_id if own and signature is not None else None,
        "form": signature.form if own and signature is not None else "",
        "kept": kept,
        "back": back,
    }
    return render(request, "pages/opened_elsewhere.jinja", words, status=409)


def _keep(request: PageRequest, form: Form) -> None:
    """Keep what was sent and not saved: the person may leave the page that says what is wrong with it."""
    if form.drafted:
        sent_with = token_in(request.POST)
        if sent_with != form.token:
            drafts.forget(request.viewer, form=request.path, token=sent_with)
        drafts.keep(request.POST, signature=form.own_signature, at=request.at, token=form.token)


def _opened(request: PageRequest, form: Form, template: str, context: Context | None) -> HttpResponse:
    if form.drafted:
        form.kept = drafts.kept_for(request.viewer, form=request.path, at=request.at)
        wanted = request.GET.get(KEPT, "")
        for kept in form.kept:
            if wanted in {"use", str(kept.number)}:
                form.fill_with(kept)
                break
    return _again(request, form, template, context, status=200)


def _again(
    request: PageRequest,
    form: Form,
    template: str,
    context: Context | None,
    *,
    status: int,
    stands: StandsNow | None = None,
) -> HttpResponse:
    given = context() if callable(context) else context or {}
    return render(request, template, {**given, "form": form, "stands": stands}, status=status)
