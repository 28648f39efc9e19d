"""The clinician somebody typed for confirms that the decision is theirs, or corrects or withdraws it; where they act in
the home no more, a colleague looks at it in their place.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeround.ehch.decisions.access import may_confirm, may_take_back, see_decision
from homeround.ehch.decisions.actions import confirm_typed
from homeround.ehch.decisions.queries import decision_page
from homeround.ehch.decisions.words import Confirms
from homeround.ehch.residents.queries import banner_of
from homeround.kernel.refusals import NotHere
from homeround.web.forms import Form, answer
from homeround.web.presenters.decisions import replies_to, shown_decision
from homeround.web.presenters.person import banner
from homeround.web.requests import PageRequest


class ConfirmationForm(Form):
    """One button."""

    drafted = False


@require_http_methods(["GET", "POST"])
def confirmation(request: PageRequest, ref: str) -> HttpResponseBase:
    """Confirm a decision that a colleague typed. Whoever only waits for that reads whose it is."""
    seen = see_decision(viewer=request.viewer, ref=ref, at=request.at)
    page = decision_page(seen)
    if page.typed_by is None:
        raise NotHere
    back = reverse("decision", args=[seen.ref])
    form = ConfirmationForm(request, subject=seen.person.ref, back=back, rests_on=replies_to(page))

    def save() -> str:
        said = "confirmed" if may_confirm(seen) is Confirms.THEIRS else "looked-at"
        confirm_typed(by=request.viewer, at=request.at, token=form.token, ref=seen.ref)
        return f"{back}?saved={said}"

    def context() -> Mapping[str, object]:
        is_over = page.confirmed_at is not None or page.taken_back is not None
        return {
            "who": banner(banner_of(seen.person), request.at),
            "confirms": Confirms.NOTHING if is_over else may_confirm(seen),
            "takes_back": may_take_back(seen),
            **shown_decision(page, seen.person),
        }

    return answer(request, form, save, "decisions/confirmation.jinja", context)
