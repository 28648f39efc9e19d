"""Where a request comes from, and whether somebody has signed in on this device before.

The cookie of a known device lets nobody in: it only keeps tries made elsewhere from using up those made here, so that
somebody who knows a user name cannot keep the person out (OWASP, "device cookies"). It is signed, names nobody that can
be read, and ends after `limits.DEVICE_KNOWN`.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import unicodedata
from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from homeround.accounts.limits import DEVICE_KNOWN, Per
from homeround.accounts.sign_in_events import From

SALT: Final = "homeround.device"
MOST_PEOPLE: Final = 40
"""People a device remembers; on a shared tablet the longest ago is forgotten first."""


def client_address(request: HttpRequest) -> str:
    """The address a request came from; of IPv6 the network, because one device has many addresses in it."""
    found = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return str(address)


def where_from(request: HttpRequest) -> From:
    """Address and browser, for the list of one's own sign-ins."""
    return From(client_address(request), request.headers.get("User-Agent", "")[:200])


def keys_of(request: HttpRequest, account: str) -> Mapping[Per, str]:
    """Whose tries count together: those of this device when the account was used on it, else of account and address."""
    device, people = _read(request)
    if _digest(account) in people:
        return {Per.DEVICE: f"{device} {account}"}
    return {Per.ACCOUNT: account, Per.ADDRESS: client_address(request)}


def remember_device(request: HttpRequest, response: HttpResponseBase, account: str) -> None:
    """From now on this device is one on which the account has been used."""
    device, people = _read(request)
    kept = [*(person for person in people if person != _digest(account)), _digest(account)][-MOST_PEOPLE:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([device or secrets.token_urlsafe(12), kept], salt=SALT),
        max_age=DEVICE_KNOWN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, people = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=DEVICE_KNOWN
        )
    except (signing.BadSignature, TypeError, ValueError):
        return "", []
    return str(device), [str(person) for person in people]


def _digest(account: str) -> str:
    plain = unicodedata.normalize("NFKC", account).casefold()
    return hashlib.sha256(f"{settings.SECRET_KEY} {plain}".encode()).hexdigest()[:12]
