"""A page was printed: said by its script when the browser prints, and written down as a look of its own kind. H57.

What was shown travels in the page, signed and for its viewer alone, so nothing has to be read again. Without
JavaScript a print cannot be told from the page that was opened.
"""

from __future__ import annotations

from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from homeround.kernel.audit.noticed import shown_so_far, write_printed
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import is_polled
from homeround.web.session.screen_lock import LONGEST
from homeround.web.session.sign_in_state import sign_in_state_of

SALT: Final = "homeround.printed"


def shown_in(request: HttpRequest) -> str:
    """What the page says of itself when it is printed; empty when it shows nobody.

    A refusal shows nobody, whatever door had opened before: else its bytes would tell what is not theirs from what is
    not there.
    """
    if getattr(request, "is_refused", False):
        return ""
    shown, viewer, match = shown_so_far(), sign_in_state_of(request).viewer, request.resolver_match
    if not shown or viewer is None or match is None:
        return ""
    return signing.dumps([viewer.membership_id, match.url_name, shown], salt=SALT, compress=True)


@is_polled
@require_POST
def printed(request: PageRequest) -> HttpResponse:
    """Write it down. What is not this viewer's page, or none of ours, changes nothing."""
    try:
        membership_id, page, shown = signing.loads(request.POST.get("shown", ""), salt=SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError):
        return HttpResponse(status=204)
    if membership_id == request.viewer.membership_id:
        write_printed(request.viewer, page=page, shown=shown, at=request.at)
    return HttpResponse(status=204)
