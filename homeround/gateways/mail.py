"""Mail to people who use Homeround: says that something waits, and where; never what, about whom, or at which place.

Fulfils the ports `write_mail` and `send_mail` (config/wiring.py). The words are made when a message is sent, and the
message's ref is its Message-ID, so that a mail server can tell a repeat. H25; trust.md.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from homeround.accounts.queries import acts_somewhere, address_of
from homeround.accounts.ways_in import way_in_of
from homeround.kernel import stamp
from homeround.kernel.calendar.times import shown
from homeround.kernel.delivery.outbox import Message
from homeround.kernel.ports import Mail

SUBJECTS: Final[Mapping[str, str]] = {
    "awaiting reply": "Something awaits your reply in Homeround",
    "way in": "Your code for Homeround",
    "sign-in helped": "A colleague was helped to sign in to Homeround again",
    "sign-in changed": "How you sign in to Homeround has changed. If it was not you, tell your manager now",
}
"""What each purpose says. Another purpose has the words below."""

ABOUT_AN_ACCOUNT: Final = frozenset({"way in", "sign-in changed"})
"""Purposes that concern somebody's own account, whatever they act as."""

ANY_OTHER: Final = "Something waits for you in Homeround"
ONLY_A_NOTE: Final = (
    "This message says nothing about anybody on purpose. Answers to it are not read.\n"
    "For anything urgent use the phone numbers that Homeround shows."
)
IN_A_DEMO: Final = "Demonstration. No real people."


def write(message: Message) -> Mail | None:
    """Find the address and make the words of a message; None when there is nobody to send it to."""
    to = message.mailbox if message.user_id is None else _address_of(message.user_id, message.purpose)
    if not to:
        return None
    subject = SUBJECTS.get(message.purpose, ANY_OTHER)
    lines = [f"{subject}.", "", *_what_to_do(message), "", ONLY_A_NOTE]
    if stamp.is_demo():
        lines += ["", IN_A_DEMO]
    return Mail(to=to, subject=subject, text="\n".join(lines) + "\n", ref=message.ref)


def _address_of(user_id: int, purpose: str) -> str | None:
    """Where somebody's mail goes; nowhere once they act in no capacity, but for what concerns their own account."""
    if purpose not in ABOUT_AN_ACCOUNT and not acts_somewhere(user_id=user_id, at=timezone.now()):
        return None
    return address_of(user_id=user_id)


def _what_to_do(message: Message) -> list[str]:
    """Where to go; for a way in the code and how to use it."""
    ref = message.about.get("way_in")
    if ref is None:
        return ["Sign in to see what it is:", settings.BASE_URL]
    way = way_in_of(str(ref))
    if way is None:
        return ["It has been used, or is over. Your manager can give you a new one."]
    return [
        "With it you choose your own password. It works once, until " + shown(way.ends_at) + ":",
        f"{settings.BASE_URL}/way-in",
        f"User name: {way.username}",
        f"Code: {way.code}",
        "Did you not expect this? Do nothing, and tell your manager.",
    ]


def send(mail: Mail) -> None:
    """Hand a mail over to the server of HOMEROUND_MAIL_URL, or to a folder in a demo. Raises what the server says."""
    host = urlsplit(settings.BASE_URL).hostname
    EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        headers={"Message-ID": f"<{mail.ref}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
