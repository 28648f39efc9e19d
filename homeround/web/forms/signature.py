"""What ties a form to the person and capacity it was opened for, to its address, and to whom it is about. Hazard H38.

It travels in a hidden field and is checked before anything typed is used. Two more hidden fields go with it: the token
under which the form is sent once, and Django's own against foreign pages.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from django.core import signing
from django.http import QueryDict

from homeround.accounts.viewer import Viewer

SIGNATURE: Final = "signature"
TOKEN: Final = "token"  # noqa: S105 - the name of a field
CSRF: Final = "csrfmiddlewaretoken"
NOT_TYPED: Final = frozenset({SIGNATURE, TOKEN, CSRF, "password"})
_SALT: Final = "homeround.web.forms.signature"


@dataclass(frozen=True)
class Signature:
    """Whose form this is: the user and membership it was opened for, its address, and the ref of whom it is about.

    `shown`: a digest of what the page showed that the form rests on; it is no part of whose form it is.
    """

    user_id: int
    membership_id: int
    capacity: str
    form: str
    subject: str
    shown: str = field(default="", compare=False)

    def written(self) -> str:
        """The text of the hidden field."""
        parts = [self.user_id, self.membership_id, self.capacity, self.form, self.subject, self.shown]
        return signing.dumps(parts, salt=_SALT)

    def is_of(self, viewer: Viewer) -> bool:
        """Whether this very person, in this very capacity, opened the form."""
        return self.user_id == viewer.user_id and self.membership_id == viewer.membership_id


def signature_for(
    viewer: Viewer, *, form: str, subject: str, rests_on: Mapping[str, object] | None = None
) -> Signature:
    """The signature of a form opened now. `rests_on`: what the page shows by which the form is answered."""
    capacity = f"{viewer.role_words}, {viewer.body_name}"
    return Signature(viewer.user_id, viewer.membership_id, capacity, form, subject, digest_of(rests_on))


def digest_of(rests_on: Mapping[str, object] | None) -> str:
    """The same facts always as the same text, and other facts as another; empty where a form rests on nothing."""
    if not rests_on:
        return ""
    return hashlib.sha256(json.dumps(rests_on, sort_keys=True, default=str).encode()).hexdigest()[:32]


def signature_in(sent: QueryDict) -> Signature | None:
    """The signature that came with a form; None when there is none or it is not ours."""
    try:
        user_id, membership_id, capacity, form, subject, shown = signing.loads(sent.get(SIGNATURE, ""), salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Signature(user_id, membership_id, capacity, form, subject, shown)


def opened_at(sent: QueryDict) -> datetime | None:
    """When the form that was sent had been opened (UTC, to the second); None when its signature is not ours."""
    if signature_in(sent) is None:
        return None
    stamp = sent.get(SIGNATURE, "").rsplit(":", 2)[1]
    return datetime.fromtimestamp(signing.b62_decode(stamp), UTC)


def new_token() -> str:
    """A fresh token: under it a form is sent once, however often the button is pressed."""
    return secrets.token_urlsafe(16)


def token_in(sent: QueryDict) -> str:
    """The token that came with a form; empty when there is none or it is none of ours by its shape."""
    token = sent.get(TOKEN, "")
    return token if re.fullmatch("[A-Za-z0-9_-]{8,64}", token) else ""
