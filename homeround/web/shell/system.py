"""How the system does, for administrators: the log, the worker, the post. Nothing about people in care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from homeround.accounts.actions import see_what_is_wrong
from homeround.accounts.queries import what_is_wrong
from homeround.accounts.rights import Right
from homeround.kernel.audit import looks, seal, triggers
from homeround.kernel.calendar.times import shown
from homeround.kernel.delivery import heartbeat, outbox
from homeround.kernel.refusals import NotAllowed
from homeround.web.forms import SeeOther
from homeround.web.jinja import plural
from homeround.web.requests import PageRequest


@dataclass(frozen=True)
class Sign:
    """One thing that is well or not: what, in words, and what to do when it is not."""

    what: str
    words: str
    is_well: bool
    do: str = ""


@require_GET
def system(request: PageRequest) -> HttpResponse:
    """The log's guards, the worker, what waits to be delivered, and what people say is wrong."""
    if not request.viewer.may(Right.INSTALLATION):
        raise NotAllowed("The administrators of this installation see this page.")
    context = {"signs": signs(request.at), "wrong": what_is_wrong(by=request.viewer)}
    return render(request, "pages/system.jinja", context)


@require_POST
def system_seen(request: PageRequest, ref: str) -> HttpResponse:
    """An administrator has seen what somebody said."""
    see_what_is_wrong(by=request.viewer, at=request.at, ref=ref)
    return SeeOther(reverse("system"))


def signs(at: datetime) -> list[Sign]:
    """What can be said of the system now, from stored facts."""
    missing = triggers.missing(connection)
    silent = heartbeat.worker_silent_since(at)
    late = len(outbox.undelivered(at=at))
    waiting = looks.waiting()
    return [
        Sign(
            "Guards of the log",
            f"{plural(len(missing), 'guard')} missing: changes may go unlogged" if missing else "all stand",
            not missing,
            "Stop Homeround and run `homeround migrate`.",
        ),
        Sign(
            "Seals of the log",
            f"{plural(seal.unsealed(), 'entry', 'entries')} since the last seal",
            is_well=True,
        ),
        Sign(
            "Looks not yet in the log",
            f"{waiting} wait in files" if waiting else "none",
            not waiting,
            "They are brought in when the log can be written again; look whether the disk is full.",
        ),
        Sign(
            "Worker",
            f"silent: no reminders sent since {shown(silent)}" if silent else "alive",
            silent is None,
            "Start `homeround worker`, or start Homeround again.",
        ),
        Sign(
            "Messages",
            f"{late} not delivered" if late else "all handed over in time",
            not late,
            "Check the mail server in HOMEROUND_MAIL_URL. Whoever relies on a message sees that it is late.",
        ),
    ]
