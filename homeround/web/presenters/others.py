"""Everybody else of a home, to choose from when an entry stands on the wrong person (H1)."""

from __future__ import annotations

from datetime import datetime

from homeround.accounts.rights import Kind
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import see_home
from homeround.ehch.residents.queries import list_of
from homeround.web.forms import Option
from homeround.web.presenters.person import line_of


def others_in(home_code: str, but: str, *, viewer: Viewer, at: datetime) -> list[Option]:
    """Who lives in the home but the person with the ref `but`, each with room and unit."""
    home = see_home(viewer=viewer, code=home_code, at=at, kind=Kind.LIVING)
    return [
        Option(person.ref, _words(line_of(person.ref, person.identity).called, person.room, person.unit))
        for person in list_of(home)
        if person.ref != but
    ]


def _words(called: str, room: str, unit: str) -> str:
    return ", ".join(part for part in (called, f"room {room}" if room else "", unit) if part)
