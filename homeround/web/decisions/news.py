"""What others made of a decision, for the practice that was asked or for those who decided: once read it is off the
list (REQ-20).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.accounts.rights import Reach
from homeround.ehch.decisions.access import must_read_news, see_decision
from homeround.ehch.decisions.actions import read_news
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.residents.queries import banner_of
from homeround.web.decisions.decision import ways_back
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
    must_read_news(seen)
    page = decision_page(seen)
    at_practice = request.viewer.reach is Reach.PRACTICE
    back = reverse("awaiting_reply") if at_practice else reverse("decision", args=[seen.ref])
    form = NewsForm(request, subject=seen.person.ref, back=back)

    def save() -> str:
        read_news(by=request.viewer, at=request.at, token=form.token, ref=seen.ref)
        return f"{back}?saved=news&about={page.ask_ref}"

    def context() -> Mapping[str, object]:
        found = page.news
        offered = {href for _, href in ways_back(seen, page)}
        take_settlement_back = reverse("take_back_settlement", args=[page.ref])
        return {
            "who": banner(banner_of(seen.person), request.at),
            "to_read": found is not None and found.is_unread and found.for_decider is not at_practice,
            "takes_back_settlement": take_settlement_back if take_settlement_back in offered else "",
            **shown_decision(page, seen.person),
        }

    return answer(request, form, save, "decisions/news.jinja", context)
