"""Mail that the demo would have sent: read from the folder in which it is kept instead."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from homeround.web.requests import PageRequest
from homeround.web.session.page_access import open_to_anybody

NEWEST = 50
SEPARATOR = b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Kept:
    """One message as it would have left."""

    to: str
    subject: str
    date: str
    text: str


@open_to_anybody
@require_GET
def outgoing_mail(request: PageRequest) -> HttpResponse:
    """The newest messages first."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    mails = kept_in(Path(folder)) if folder else []
    return render(request, "demo/mail.jinja", {"mails": mails[:NEWEST]})


def kept_in(folder: Path) -> list[Kept]:
    """All messages of a folder of Django's file back end, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(part) for file in files for part in reversed(file.read_bytes().split(SEPARATOR)) if part.strip()]


def _read(raw: bytes) -> Kept:
    mail = message_from_bytes(raw, policy=policy.default)
    body = mail.get_body(preferencelist=("plain",))
    text = body.get_content() if body is not None else ""
    return Kept(str(mail["To"] or ""), str(mail["Subject"] or ""), str(mail["Date"] or ""), text)
