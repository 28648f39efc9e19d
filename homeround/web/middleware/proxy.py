"""Where a request came from: the client's own address, from a proxy in front only when that proxy is named.

Without this, everybody behind a proxy shares one address (a lock-out of one is a lock-out of all), or anybody writes
the header themselves and is never the same address twice.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
"""What only a proxy may say; from anybody else it is dropped."""


class ProxyMiddleware:
    """Sets REMOTE_ADDR to the client's address, and drops what an unnamed proxy says (HOMEROUND_TRUSTED_PROXY)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        meta = request.META
        if is_trusted(meta.get("REMOTE_ADDR", "")):
            meta["REMOTE_ADDR"] = client_of(meta["REMOTE_ADDR"], meta.pop("HTTP_X_FORWARDED_FOR", ""))
        else:
            for header in FORWARDED:
                meta.pop(header, None)
        return self.get_response(request)


def client_of(peer: str, forwarded: str) -> str:
    """The last address on the way that no trusted proxy has: what stands before it anybody may have written."""
    client = peer
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        if _address(hop) is None:
            return client
        client = hop
        if not is_trusted(hop):
            return client
    return client


def is_trusted(address: str) -> bool:
    """Whether this is the address of a named proxy."""
    found = _address(address)
    return found is not None and any(found in network for network in settings.TRUSTED_PROXIES)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
