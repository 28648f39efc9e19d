"""Where each role lands: the page that answers its first question (docs/guide). A table, nothing chosen from a menu."""

from collections.abc import Callable, Mapping
from typing import Final

from django.urls import reverse

from homeround.accounts.rights import HOME_ROLES, PRACTICE_ROLES, Role
from homeround.accounts.viewer import Viewer
from homeround.web.forms.answer import SeeOther
from homeround.web.requests import PageRequest
from homeround.web.session.page_access import open_to_the_signed_in
from homeround.web.session.sign_in_state import sign_in_state_of


def _of_body(name: str) -> Callable[[Viewer], str]:
    return lambda viewer: reverse(name, args=[viewer.body_code])


def _of_person(name: str) -> Callable[[Viewer], str]:
    return lambda _viewer: reverse(name)


FIRST_PAGE: Final[Mapping[Role, Callable[[Viewer], str]]] = {
    **dict.fromkeys(HOME_ROLES, _of_body("home_today")),
    Role.COORDINATOR: _of_body("pcn_week"),
    Role.ROUND_CLINICIAN: _of_person("my_rounds"),
    Role.PHARMACIST: _of_person("my_rounds"),
    **dict.fromkeys(PRACTICE_ROLES, _of_person("awaiting_reply")),
    Role.CLINICAL_LEAD: _of_person("my_homes"),
    Role.PCN_MANAGER: _of_body("our_pcn"),
    Role.ICB_OFFICER: _of_body("cover"),
    Role.IG_LEAD: _of_person("who_looked"),
    Role.ADMINISTRATOR: _of_person("system"),
    Role.COMMUNITY_MEMBER: _of_person("asked_of_me"),
}


def first_page_of(viewer: Viewer) -> str:
    """The address of a viewer's first page."""
    return FIRST_PAGE[viewer.role](viewer)


@open_to_the_signed_in
def first_page(request: PageRequest) -> SeeOther:
    """Go to the first page of whoever asks; without a capacity, choose one first."""
    viewer = sign_in_state_of(request).viewer
    return SeeOther(reverse("capacity") if viewer is None else first_page_of(viewer))
