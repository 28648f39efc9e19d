"""What others made of a decision that the practice was asked about: once read it is off the list (REQ-20)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Reach, Right
from homeround.ehch.decisions.access import see_decision
from homeround.ehch.decisions.actions import read_news
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms import Form, answer
from homeround.web.presenters.decisions import shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class NewsForm(Form):
    """One button."""

    drafted = False


@require_http_methods(["GET", "POST"])
def news(request: PageRequest, ref: str) -> HttpResponseBase:
    """What has become of the decision, and one tap to say that it is read."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    if request.viewer.reach is not Reach.PRACTICE:
        raise NotAllowed("This is for the registered practice. The decision says whether it has been read there.")
    seen.person.must_have(Right.REPLIES)
    page = decision_page(seen)
    form = NewsForm(request, subject=seen.person.ref, back=reverse("awaiting_reply"))

    def save() -> str:
        read_news(by=request.viewer, at=request.at, token=form.token, ref=seen.ref)
        return f"{reverse('awaiting_reply')}?saved=news"

    def context() -> Mapping[str, object]:
        return {"who": banner(banner_of(seen.person), request.at), **shown_decision(page, seen.person)}

    return answer(request, form, save, "decisions/news.jinja", context)
