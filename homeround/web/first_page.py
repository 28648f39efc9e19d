"""Where each role lands: the page that answers its first question (docs/guide), as accounts/rights.py says."""

from typing import Final

from django.urls import reverse

from homeround.accounts.viewer import Viewer
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import open_to_the_signed_in
from homeround.web.session.sign_in_state import sign_in_state_of

OF_A_BODY: Final = frozenset({"home_today", "pcn_week", "our_pcn", "cover"})
"""First pages that are a body's: its code stands in the address."""


def first_page_of(viewer: Viewer) -> str:
    """The address of a viewer's first page."""
    name = viewer.capacity.first_page
    return reverse(name, args=[viewer.body_code] if name in OF_A_BODY else [])


@open_to_the_signed_in
def first_page(request: PageRequest) -> SeeOther:
    """Go to the first page of whoever asks; without a capacity, choose one first."""
    viewer = sign_in_state_of(request).viewer
    return SeeOther(reverse("capacity") if viewer is None else first_page_of(viewer))
