"""One membership of the body: end it, help its holder to sign in again, or end all that they may do here at once."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from homeround.accounts.actions import cut_off, end_membership, help_to_sign_in
from homeround.accounts.colleagues import Member, left_to_nobody, member_of
from homeround.accounts.ways_in import way_in_to_hand_over
from homeround.web.forms import Form, Text, Tick, answer
from homeround.web.requests import PageRequest


class EndForm(Form):
    """Why."""

    how = Text(
        "Why does this end?", hint="For instance: left, another job, end of the booking.", needed="Say why.", most=64
    )


class HelpForm(Form):
    """What is lost."""

    also_second_step = Tick("Their phone or authenticator app is lost too")


@require_GET
def colleague(request: PageRequest, ref: str) -> HttpResponse:
    """Who they are here, and what can be done."""
    member = member_of(by=request.viewer, ref=ref.upper(), at=request.at)
    context = {
        "member": member,
        "way": way_in_to_hand_over(by=request.viewer, user_id=member.user_id, at=request.at),
    }
    return render(request, "accounts/colleague.jinja", context)


def colleague_ended(request: PageRequest, ref: str) -> HttpResponseBase:
    """End this role now."""
    member = member_of(by=request.viewer, ref=ref.upper(), at=request.at)
    form = EndForm(request, subject=member.ref, back=reverse("colleague", args=[member.ref]))

    def save() -> str:
        end_membership(
            by=request.viewer, at=request.at, token=form.token, membership_id=member.membership_id, how=form.how
        )
        return reverse("colleagues")

    return answer(request, form, save, "accounts/colleague_ended.jinja", _ending(request, member, whole=False))


def _ending(request: PageRequest, member: Member, *, whole: bool) -> dict[str, object]:
    """What the form says before somebody's role, or everything of theirs here, ends."""
    alone = left_to_nobody(by=request.viewer, member=member, whole=whole, at=request.at)
    return {"member": member, "all": whole, "alone": alone}


def colleague_cut_off(request: PageRequest, ref: str) -> HttpResponseBase:
    """End every role here and every sign-in, now."""
    member = member_of(by=request.viewer, ref=ref.upper(), at=request.at)
    form = EndForm(request, subject=member.ref, back=reverse("colleague", args=[member.ref]))

    def save() -> str:
        cut_off(by=request.viewer, at=request.at, token=form.token, username=member.username, how=form.how)
        return reverse("colleagues")

    return answer(request, form, save, "accounts/colleague_ended.jinja", _ending(request, member, whole=True))


def colleague_helped(request: PageRequest, ref: str) -> HttpResponseBase:
    """A new way in for somebody who cannot sign in."""
    member = member_of(by=request.viewer, ref=ref.upper(), at=request.at)
    back = reverse("colleague", args=[member.ref])
    form = HelpForm(request, subject=member.ref, back=back)

    def save() -> str:
        help_to_sign_in(
            by=request.viewer,
            at=request.at,
            token=form.token,
            username=member.username,
            also_second_step=form.also_second_step,
        )
        return back

    return answer(request, form, save, "accounts/colleague_helped.jinja", {"member": member})
